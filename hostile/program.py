"""One run of the program, watched: how it ended, how long it took, how much memory it and its children held."""

import json
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

# Ends a run that would never end; a hang is told long before.
PATIENCE = 1_800
EVERY = 0.02


@dataclass
class Run:
    code: int
    seconds: float
    # Of the program itself, and the largest of it and all processes below it; MiB.
    own: float
    largest: float
    out: str
    said: str
    inputs: list = field(default_factory=list)


def environment(home: Path) -> dict:
    """Nothing of ours, and every place where a program would leave something is inside."""
    for name in ("tmp", "user"):
        (home / name).mkdir(parents=True, exist_ok=True)
    return {"PATH": os.environ["PATH"], "HOME": str(home / "user"), "TMPDIR": str(home / "tmp"), "RUST_BACKTRACE": "0"}


def run(command: list, home: Path) -> Run:
    started = time.monotonic()
    with open(home / "stdout", "wb") as out, open(home / "stderr", "wb") as said:
        child = subprocess.Popen(list(map(str, command)), stdin=subprocess.DEVNULL, stdout=out, stderr=said, env=environment(home), cwd=home)
        own = [0.0, 0.0]
        ended = threading.Event()
        watcher = threading.Thread(target=watch, args=(child.pid, own, ended))
        watcher.start()
        # What `wait4` tells of memory would begin with our own, which the child had before it became the program.
        _, status, _ = os.wait4(child.pid, 0)
        ended.set()
        child.returncode = os.waitstatus_to_exitcode(status)
        watcher.join()
    done = Run(child.returncode, time.monotonic() - started, own[0], max(own), (home / "stdout").read_text("utf-8", "replace"), (home / "stderr").read_text("utf-8", "replace"))
    (home / "stdout").unlink()
    (home / "stderr").unlink()
    return done


def below(process: int):
    """Processes that a process started, and those that they did."""
    try:
        started = [int(one) for task in Path(f"/proc/{process}/task").iterdir() for one in (task / "children").read_text().split()]
    except OSError:
        return
    for one in started:
        yield one
        yield from below(one)


def watch(process: int, own: list, ended: threading.Event):
    started = time.monotonic()
    while not ended.wait(EVERY):
        own[0] = max(own[0], high_water(process))
        own[1] = max([own[1], *map(high_water, below(process))])
        if time.monotonic() - started > PATIENCE:
            os.kill(process, 9)
            return


def high_water(process: int) -> float:
    try:
        with open(f"/proc/{process}/status", encoding="utf-8") as file:
            for line in file:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def screen(program: Path, home: Path, folder: Path, register: Path, *more) -> Run:
    done = run([program, "screen", folder, "--register", register, "--json", "--quiet", "--ocr", "never", *more], home)
    # Lines of JSON may hold other signs that end a line.
    for line in filter(None, done.out.split("\n")):
        row = json.loads(line)
        if row.get("type") == "summary":
            done.inputs = row["summary"]["inputs"]
    return done


def listed(program: Path, home: Path, register: Path, table: str) -> Iterator[dict]:
    """Row by row: a small archive may hold millions of names."""
    out = home / f"{table}.jsonl"
    done = run([program, "export", table, "--format", "jsonl", "--register", register, "--out", out], home)
    if done.code != 0:
        raise RuntimeError(f"export {table}: exit {done.code}: {done.said[-300:]}")
    with open(out, encoding="utf-8", newline="\n") as file:
        yield from map(json.loads, file)
    out.unlink()
