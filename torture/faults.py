"""Each writing system call of a small run, once killed, once failing with EIO, once with ENOSPC."""

import collections
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from program import Count, Failed, Program

CALLS = (
    "write", "writev", "pwrite64", "copy_file_range", "sendfile", "fsync", "fdatasync", "ftruncate", "fallocate",
    "rename", "link", "linkat", "unlink", "mkdir",
)
STORAGE = 4
BLOWS = {"KILL": "signal=KILL", "EIO": "error=EIO", "ENOSPC": "error=ENOSPC"}


def traced(program: Program, home: Path, log: Path, *options) -> subprocess.CompletedProcess:
    command = ["strace", "-f", "-y", "-o", str(log), *options, *program.screening(home), "--threads", "1"]
    return subprocess.run(command, capture_output=True, text=True, timeout=300)


def calls(log: Path) -> collections.Counter:
    """How often the busiest thread makes each call: strace counts by thread."""
    seen = collections.Counter()
    for line in log.read_text(errors="replace").splitlines():
        found = re.match(r"(\d+) +(\w+)\(", line)
        if found:
            seen[found.groups()] += 1
    most = collections.Counter()
    for (_, call), number in seen.items():
        most[call] = max(most[call], number)
    return most


def blows(program: Program, work: Path, wanted: dict, every: int) -> Iterator[Count]:
    """`every` 1 strikes each call, 2 every second one. Each kind of blow is counted as soon as it is through."""
    if not shutil.which("strace"):
        print("NOT RUN: strace is not installed (apt-get install strace)")
        return
    log = work / "strace.log"
    home = work / "traced"
    home.mkdir()
    first = traced(program, home, log, "-e", "trace=" + ",".join(CALLS))
    if first.returncode != 0:
        raise SystemExit(f"strace cannot run the program: {first.stderr[-500:]}")
    numbers = calls(log)
    shutil.rmtree(home)
    for call in CALLS:
        for blow in BLOWS if numbers[call] else ():
            yield one(program, work, wanted, call, numbers[call], blow, every)


def one(program: Program, work: Path, wanted: dict, call: str, number: int, blow: str, every: int) -> Count:
    count = Count(f"{call} ({number} calls), {blow}")
    log = work / "strace.log"
    for when in range(1, number + 1, every):
        home = work / "struck"
        home.mkdir()
        done = traced(program, home, log, "-e", f"trace={call}", "-e", f"inject={call}:{BLOWS[blow]}:when={when}")
        struck = [line for line in log.read_text(errors="replace").splitlines() if "(INJECTED)" in line or "SIGKILL" in line]
        # A call that is not about the register: what is printed, a pipe between threads.
        inside = [line for line in struck if str(home) in line or "SIGKILL" in line]
        if struck:
            count.runs += 1
        else:
            count.vacuous += 1
        try:
            if blow != "KILL" and done.returncode not in ((0, STORAGE) if inside else (0, 2, STORAGE)):
                raise Failed(f"exit {done.returncode}: {done.stderr[-300:]}")
            program.parts_whole(home, wanted)
            if done.returncode == 0:
                program.same(home, wanted)
            program.whole(home, wanted)
        except Failed as error:
            count.wrong.append(f"{call} {when} {blow}: {error} [{'; '.join(struck[:2])}]")
        shutil.rmtree(home)
    return count
