"""A disk that is full: the register and its copies on a file system that grows step by step."""

import os
import subprocess
from pathlib import Path

from program import Count, Failed, Program

STORAGE = 4


def full(program: Program, work: Path, wanted: dict, steps: int) -> Count:
    count = Count("full disk")
    if os.geteuid() != 0:
        print("NOT RUN: full disk (mounting a tmpfs takes root)")
        return count
    home = work / "full"
    home.mkdir()
    needed = most_held(program, work)
    for step in range(steps):
        size = 4096 + (needed * step // steps) // 4096 * 4096
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(home)]
        subprocess.run(mount, check=True)
        try:
            done = program.screen(home, check=())
            if done.returncode == 0:
                count.vacuous += 1
            else:
                count.runs += 1
            if done.returncode not in (0, STORAGE):
                raise Failed(f"exit {done.returncode}: {done.stderr[-300:]}")
            if done.returncode == STORAGE and "store-full" not in done.stderr:
                raise Failed(f"it does not say that the disk is full: {done.stderr[-300:]}")
            subprocess.run(["mount", "-o", "remount,size=256m", str(home)], check=True)
            program.parts_whole(home, wanted)
            program.whole(home, wanted)
        except Failed as error:
            count.wrong.append(f"full at {size} bytes: {error}")
        finally:
            subprocess.run(["umount", str(home)], check=True)
    return count


def most_held(program: Program, work: Path) -> int:
    """What a run holds on disk at its end, its log included."""
    home = work / "measure"
    home.mkdir()
    program.screen(home)
    return sum(-(-path.stat().st_size // 4096) * 4096 for path in home.rglob("*") if path.is_file())
