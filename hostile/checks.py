"""A batch of files through the program, and everything that must hold of it."""

import hashlib
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus import Made
from program import Run, listed, screen

# docs/errors.md: all were read, some failed, all failed.
CODES = {0, 1, 5}
# docs/contract.md: of a run, and of the child that reads a PDF; and four times the input.
OWN_MIB, CHILD_MIB = 256, 512
SECONDS, SECONDS_A_MB = 60, 10
TABLES = ["sources", "sightings", "leads", "problems"]
# Of every run another.
VOLATILE = {"read_at", "found_at", "seen_at"}
# Rows of a table that are kept to show how two of them differ.
SHOWN = 20_000


@dataclass
class Result:
    wrong: list = field(default_factory=list)
    # kind -> what became of its files
    states: dict = field(default_factory=dict)
    slowest: tuple = (0.0, "")
    own: float = 0.0
    largest: float = 0.0
    singly: int = 0

    def add(self, other: "Result"):
        self.wrong += other.wrong
        for kind, states in other.states.items():
            self.states.setdefault(kind, Counter()).update(states)
        self.slowest = max(self.slowest, tuple(other.slowest))
        self.own, self.largest, self.singly = max(self.own, other.own), max(self.largest, other.largest), self.singly + other.singly


@dataclass
class Entry:
    """A file, and the name it goes by in the batch."""

    made: Made
    name: str


@dataclass
class Rows:
    """Rows of a table in any order, without keeping them: how many, and the sum of their digests."""

    count: int = 0
    digests: int = 0
    # The first rows, to show one that is strange.
    some: list = field(default_factory=list)

    @classmethod
    def of(cls, rows: Iterator[dict]) -> "Rows":
        all_of_them = cls()
        for row in rows:
            plain = json.dumps({name: value for name, value in row.items() if name not in VOLATILE}, sort_keys=True)
            all_of_them.count += 1
            all_of_them.digests += int.from_bytes(hashlib.sha256(plain.encode("utf-8", "surrogatepass")).digest(), "big")
            if all_of_them.count <= SHOWN:
                all_of_them.some.append(plain)
        return all_of_them

    def __eq__(self, other) -> bool:
        return (self.count, self.digests) == (other.count, other.digests)


def seconds_for(size: int) -> float:
    return max(SECONDS, SECONDS_A_MB * size / 1e6)


def batch(program: Path, entries: list[Entry], result: Result, label: str):
    with tempfile.TemporaryDirectory(prefix="stripout-hostile-") as held:
        home = Path(held)
        folder, out = home / "evidence", home / "out"
        folder.mkdir()
        out.mkdir()
        for entry in entries:
            (folder / entry.name).write_bytes(entry.made.path.read_bytes())
        before = tree(folder)
        register = out / "r.db"
        first = screen(program, home, folder, register)
        fault(first, label, result)
        states = told(first, entries, label, result)
        for entry in entries:
            result.states.setdefault(entry.made.kind, Counter())[states.get(entry.made.sha256, "lost")] += 1
        limits(program, home, folder, entries, first, label, result)
        if first.code not in CODES:
            return
        exported = registered(program, home, register, entries, states, label, result)
        twice(program, home, folder, register, states, exported, label, result)
        left(home, out, before, folder, label, result)


def tree(folder: Path) -> dict:
    return {path.relative_to(folder): (path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*")}


def fault(run: Run, label: str, result: Result):
    if run.code not in CODES:
        result.wrong.append(f"{label}: exit {run.code}: {run.said[-400:]}")
    if "panicked" in run.said or "RUST_BACKTRACE" in run.said:
        result.wrong.append(f"{label}: a panic: {run.said[-400:]}")


def told(run: Run, entries: list[Entry], label: str, result: Result) -> dict[str, str]:
    """What the summary says of each input; each is told of once."""
    counts = Counter(one["sha256"] for one in run.inputs)
    for entry in entries:
        if counts[entry.made.sha256] != 1:
            result.wrong.append(f"{label}: {entry.made.path}: told of {counts[entry.made.sha256]} times")
    if len(run.inputs) != len(entries):
        result.wrong.append(f"{label}: {len(run.inputs)} inputs of {len(entries)}")
    for one in run.inputs:
        if one["status"]["state"] != "read" and not one["problems"]:
            result.wrong.append(f"{label}: {one['path']}: {one['status']['state']}, and no word why")
        for problem in one["problems"]:
            if not (problem["code"] and problem["what"] and problem["because"] and problem["hint"]):
                result.wrong.append(f"{label}: {one['path']}: a problem without code, reason or next step: {problem}")
    return {one["sha256"]: one["status"]["state"] for one in run.inputs}


def limits(program, home, folder, entries, run, label, result):
    """A run within the bounds of one file proves all of its files; else each is run by itself: halving would run a slow one
    half a dozen times."""
    largest = max(entry.made.size for entry in entries)
    if run.seconds <= SECONDS and within(run, largest):
        keep(run, label, result)
    elif len(entries) > 1:
        for entry in entries:
            limits(program, home, folder, [entry], apart(program, home, folder, entry, label, result), label, result)
    else:
        result.singly += 1
        name, size = f"{label}: {entries[0].made.path}", entries[0].made.size
        if run.seconds > seconds_for(size):
            result.wrong.append(f"{name}: {run.seconds:.0f} s for {size} bytes")
        if not within(run, size):
            result.wrong.append(f"{name}: {run.own:.0f} MiB, with its children {run.largest:.0f} MiB, for {size} bytes")
        keep(run, name, result)


def apart(program, home, folder, entry, label, result) -> Run:
    """One of a batch, into a register of its own."""
    with tempfile.TemporaryDirectory(dir=home) as held:
        some = Path(held)
        (some / "in").mkdir()
        shutil.copy(folder / entry.name, some / "in" / entry.name)
        run = screen(program, some, some / "in", some / "r.db")
        fault(run, f"{label}: {entry.made.path}", result)
        return run


def within(run: Run, size: int) -> bool:
    more = 4 * size / (1 << 20)
    return run.own <= OWN_MIB + more and run.largest <= CHILD_MIB + more


def keep(run: Run, label: str, result: Result):
    result.slowest = max(result.slowest, (run.seconds, label))
    result.own, result.largest = max(result.own, run.own), max(result.largest, run.largest)


def registered(program, home, register, entries, states, label, result) -> dict[str, Rows]:
    """Each input stands in the register: as a source, or among what could not be read, and never as both."""
    sources = Counter(row["sha256"] for row in listed(program, home, register, "sources"))
    unread = {row["sha256"] for row in listed(program, home, register, "problems")}
    for entry in entries:
        state, digest = states.get(entry.made.sha256), entry.made.sha256
        if state == "failed":
            if sources[digest] or digest not in unread:
                result.wrong.append(f"{label}: {entry.made.path} failed: {sources[digest]} sources, problems {'listed' if digest in unread else 'not listed'}")
        elif sources[digest] != 1:
            result.wrong.append(f"{label}: {entry.made.path}: {state}, and {sources[digest]} sources")
    return {table: Rows.of(listed(program, home, register, table)) for table in TABLES}


def twice(program, home, folder, register, states, exported, label, result):
    """Screened again into the same register nothing changes; into a new one, on one thread, the same comes out."""
    again = screen(program, home, folder, register)
    fault(again, f"{label}, again", result)
    for one in again.inputs:
        before, now = states.get(one["sha256"]), one["status"]["state"]
        if now != ("failed" if before == "failed" else "already-read"):
            result.wrong.append(f"{label}, again: {one['path']}: {before}, then {now}")
    other = register.with_name("other.db")
    fault(screen(program, home, folder, other, "--threads", "1"), f"{label}, on one thread", result)
    for of, path in (("again", register), ("on one thread", other)):
        for table in TABLES:
            rows, before = Rows.of(listed(program, home, path, table)), exported[table]
            if rows != before:
                strange = sorted(set(rows.some) ^ set(before.some))
                result.wrong.append(f"{label}, {of}: {table} differ: {before.count} rows, then {rows.count}, as {strange[0][:400] if strange else 'one after the first'}")


def left(home, out, before, folder, label, result):
    if tree(folder) != before:
        result.wrong.append(f"{label}: the folder of evidence was changed")
    strange = [path for name in ("tmp", "user") for path in (home / name).rglob("*")]
    strange += [path for path in home.iterdir() if path.name not in ("evidence", "out", "tmp", "user")]
    strange += [path for path in out.rglob("*") if path.name.endswith((".tmp", ".part", "-journal")) or path.parent == out and not path.name.startswith(("r.", "other."))]
    if strange:
        result.wrong.append(f"{label}: left behind: {strange[:5]}")
