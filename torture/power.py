"""A power cut: what had reached the disk at a random moment, and nothing else.

The register lies on a file system inside a file. At the cut the program is stopped and that file copied: what was not yet
synced is in the memory of the inner file system and so not in the copy. Mounting the copy replays its journal, as after a
real cut. What a run that had ended had promised must be there.
"""

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path

from program import REGISTER, Count, Failed, Program

MIB = 1 << 20


def power(program: Program, work: Path, wanted: dict, inputs: list[Path], cuts: int, seed: int) -> Count:
    count = Count("power cut")
    if os.geteuid() != 0:
        print("NOT RUN: power cuts (mounting an image takes root)")
        return count
    chance = random.Random(seed)
    blank = work / "blank.img"
    with blank.open("wb") as image:
        image.truncate(32 * MIB)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(blank)], check=True)
    start = time.monotonic()
    with mounted(blank_copy(blank, work / "clock.img"), work / "clock-disk") as home:
        for path in inputs:
            program.screen(home, path)
    whole = time.monotonic() - start
    while count.runs < cuts and count.vacuous < cuts:
        promised, cut = blow(program, work, blank, inputs, chance.uniform(0, whole))
        try:
            with mounted(cut, work / "after") as home:
                there = program.parts_whole(home, wanted) if (home / REGISTER).exists() else 0
                lost = promised - sources(program, home)
                if lost:
                    raise Failed(f"lost {len(lost)} of {len(promised)} promised sources, {there} there")
                program.whole(home, wanted)
        except Failed as error:
            count.wrong.append(f"power cut: {error}")
        # Before the first promise there is nothing to lose.
        count.vacuous += not promised
        count.runs += bool(promised)
    return count


def blow(program: Program, work: Path, blank: Path, inputs: list[Path], after: float) -> tuple[set[str], Path]:
    """What was promised before the cut, and the disk as it was then."""
    image = blank_copy(blank, work / "disk.img")
    cut = work / "cut.img"
    promised: list[str] = []
    running: list[subprocess.Popen] = []
    over = threading.Event()
    with mounted(image, work / "disk") as home:

        def work_through():
            for path in inputs:
                if over.is_set():
                    return
                child = subprocess.Popen(program.screening(home, path), stdout=subprocess.DEVNULL)
                running[:] = [child]
                if child.wait() == 0:
                    promised.append(path.name)

        worker = threading.Thread(target=work_through)
        worker.start()
        time.sleep(after)
        over.set()
        for child in list(running):
            with contextlib.suppress(ProcessLookupError):
                child.send_signal(signal.SIGSTOP)
        known = set(promised)
        shutil.copyfile(image, cut)
        for child in list(running):
            with contextlib.suppress(ProcessLookupError):
                child.send_signal(signal.SIGKILL)
        worker.join()
    return known, cut


def sources(program: Program, home: Path) -> set[str]:
    if not (home / REGISTER).exists():
        return set()
    told = program.run("export", "sources", "--format", "jsonl", "--register", home / REGISTER, check=(0,)).stdout
    return {Path(json.loads(line)["source"]).name for line in told.splitlines()}


def blank_copy(blank: Path, to: Path) -> Path:
    shutil.copyfile(blank, to)
    return to


@contextlib.contextmanager
def mounted(image: Path, at: Path):
    at.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "loop", str(image), str(at)], check=True)
    home = at / "home"
    home.mkdir(exist_ok=True)
    os.sync()
    try:
        yield home
    finally:
        subprocess.run(["umount", str(at)], check=True)
