"""The program under torture, and what its register holds."""

import hashlib
import json
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

REGISTER = "r.db"
# Of every run another: when it read, and the places it was told to read from.
VOLATILE = ("read_at", "found_at", "seen_at")
TEMPORARY = re.compile(r"\.(part|tmp|part-journal)$|-journal$")


class Failed(Exception):
    """The program did what it must not."""


@dataclass
class Program:
    binary: Path
    evidence: Path
    tables: list[str] = field(default_factory=list)

    def __post_init__(self):
        told = self.run("export", "no-such-table").stderr
        # Alerts are listed, not exported.
        self.tables = [name for name in re.search(r"one of ([a-z, -]+)", told)[1].split(", ") if name != "alerts"]

    def command(self, *arguments) -> list[str]:
        return [str(self.binary), *map(str, arguments)]

    def run(self, *arguments, check=()) -> subprocess.CompletedProcess:
        done = subprocess.run(self.command(*arguments), capture_output=True, text=True, timeout=300)
        if check and done.returncode not in check:
            raise Failed(f"{arguments[0]}: exit {done.returncode}, {done.stdout[-300:]}{done.stderr[-300:]}")
        return done

    def screening(self, home: Path, *inputs) -> list[str]:
        return self.command("screen", *(inputs or (self.evidence,)), "--register", home / REGISTER, "--quiet")

    def screen(self, home: Path, *inputs, check=(0,)):
        return self.run(*self.screening(home, *inputs)[1:], check=check)

    def verify(self, home: Path):
        self.run("verify", "--register", home / REGISTER, "--quiet", check=(0,))

    def state(self, home: Path) -> dict[str, list[str]]:
        """Every table as it is exported, without what each run has for itself, in a fixed order."""
        state = {}
        for table in self.tables:
            told = self.run("export", table, "--format", "jsonl", "--register", home / REGISTER, check=(0,)).stdout
            rows = [json.loads(line) for line in told.splitlines()]
            for row in rows:
                for name in VOLATILE:
                    row.pop(name, None)
            state[table] = sorted(json.dumps(row, sort_keys=True) for row in rows)
        return state

    def whole(self, home: Path, wanted: dict[str, list[str]]):
        """Screens to the end, and holds the register and the kept copies against an undisturbed run."""
        self.screen(home)
        self.same(home, wanted)

    def same(self, home: Path, wanted: dict[str, list[str]]):
        self.verify(home)
        differs(self.state(home), wanted)
        left = temporary(home)
        if left:
            raise Failed(f"temporary files left: {left}")
        copies(home, wanted)

    def parts_whole(self, home: Path, wanted: dict[str, list[str]]) -> int:
        """After a blow, before any repair: what is registered is registered whole. Works on a copy. Sources there."""
        if not (home / REGISTER).exists():
            return 0
        look = home.with_name(home.name + "-look")
        shutil.rmtree(look, ignore_errors=True)
        shutil.copytree(home, look)
        try:
            state = self.state(look)
            known = {json.loads(row)["sha256"] for row in state["sources"]}
            differs(state, {table: [row for row in rows if json.loads(row)["sha256"] in known]
                            for table, rows in wanted.items()})
            self.verify(look)
            copies(look, state)
            return len(known)
        finally:
            shutil.rmtree(look)


def differs(state: dict[str, list[str]], wanted: dict[str, list[str]]):
    for table, rows in wanted.items():
        have = state[table]
        if have == rows:
            continue
        lost = len(set(rows) - set(have))
        doubled = len(have) - len(set(have))
        strange = len(set(have) - set(rows))
        raise Failed(f"{table}: lost {lost}, doubled {doubled}, strange {strange} of {len(rows)}")


def temporary(home: Path) -> list[str]:
    return [str(path.relative_to(home)) for path in home.rglob("*") if TEMPORARY.search(path.name)]


def copies(home: Path, state: dict[str, list[str]]):
    """Every copy that the register names is there with its bytes."""
    folder = (home / REGISTER).with_suffix(".evidence")
    for row in map(json.loads, state["sources"]):
        if not row.get("copy"):
            continue
        path = folder / row["copy"]
        if not path.exists():
            raise Failed(f"the copy {row['copy']} of {row['source']} is lost")
        if hashlib.sha256(path.read_bytes()).hexdigest() != row["sha256"]:
            raise Failed(f"the copy of {row['source']} has other bytes")


@dataclass
class Count:
    """One line of the table."""

    name: str
    runs: int = 0
    vacuous: int = 0
    wrong: list[str] = field(default_factory=list)

    def row(self) -> str:
        lost = sum("lost" in text and "lost 0" not in text for text in self.wrong)
        doubled = sum("doubled" in text and "doubled 0" not in text for text in self.wrong)
        others = len(self.wrong) - sum(
            ("lost" in text and "lost 0" not in text) or ("doubled" in text and "doubled 0" not in text)
            for text in self.wrong
        )
        return f"{self.name:<44}{self.runs:>7}{self.vacuous:>9}{lost:>6}{doubled:>9}{others:>8}"


HEAD = f"{'blow':<44}{'runs':>7}{'vacuous':>9}{'lost':>6}{'doubled':>9}{'others':>8}"
