"""`kill -9` at random moments of a screen."""

import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

from program import Count, Failed, Program


def touched(home: Path) -> bool:
    return any(path.is_file() and path.stat().st_size for path in home.rglob("*"))


def kill(program: Program, work: Path, wanted: dict, runs: int, seed: int) -> Count:
    count = Count("kill -9 at a random moment")
    chance = random.Random(seed)
    clock = work / "clock"
    clock.mkdir()
    start = time.monotonic()
    program.screen(clock)
    whole = time.monotonic() - start
    shutil.rmtree(clock)
    while count.runs < runs and count.vacuous < 3 * runs:
        home = work / "killed"
        home.mkdir()
        child = subprocess.Popen(program.screening(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        begun = time.monotonic()
        try:
            # How long a run takes changes with what else runs on the machine, so blows too late or too early move the next.
            ended = child.wait(timeout=chance.uniform(0, whole)) == 0
            whole = time.monotonic() - begun
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            ended = child.wait() == 0
        early = not ended and not touched(home)
        whole *= 1.1 if early else 1
        vacuous = ended or early
        count.vacuous += vacuous
        count.runs += not vacuous
        try:
            program.parts_whole(home, wanted)
            program.whole(home, wanted)
        except Failed as error:
            count.wrong.append(f"kill: {error}")
        shutil.rmtree(home)
    return count
