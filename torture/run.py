"""Blows to a screen while it writes: killed, failing system calls, a full disk, a cut of power.

After each blow the run is repeated to its end; then `verify` must be clean and every export equal to that of an
undisturbed run. Prints one table; exits 1 when anything was lost, doubled or half-written.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import evidence
from faults import blows
from full import full
from killed import kill
from power import power
from program import HEAD, Program

KINDS = ["kill", "faults", "full", "power"]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stripout", type=Path, required=True, help="the program")
    parser.add_argument("--only", choices=KINDS, action="append", help="one kind of blow; may be given again")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--steps", type=int, default=50, help="sizes of the full disk")
    parser.add_argument("--cuts", type=int, default=100, help="power cuts")
    parser.add_argument("--every", type=int, default=1, help="strike only every Nth system call")
    return parser.parse_args()


def main() -> int:
    given = arguments()
    if os.geteuid() == 0 and "STRIPOUT_TORTURE_NAMESPACE" not in os.environ and shutil.which("unshare"):
        # Mounts of a namespace of our own go when we do, however we go.
        os.environ["STRIPOUT_TORTURE_NAMESPACE"] = "1"
        command = ["unshare", "--mount", "--propagation", "private", sys.executable, *sys.argv]
        os.execvp("unshare", command)
    kinds = given.only or KINDS
    counts = []
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="stripout-torture-") as folder:
        work = Path(folder)
        small, large = work / "small", work / "large"
        inputs = evidence.make(small, big=False)
        evidence.make(large, big=True)
        binary = given.stripout.resolve()
        on_small, on_large = Program(binary, small), Program(binary, large)
        wanted_small = undisturbed(on_small, work)
        wanted_large = undisturbed(on_large, work)
        print(HEAD, flush=True)
        for kind in kinds:
            match kind:
                case "kill":
                    done = [kill(on_large, work, wanted_large, given.kills, given.seed)]
                case "faults":
                    done = blows(on_small, work, wanted_small, given.every)
                case "full":
                    done = [full(on_large, work, wanted_large, given.steps)]
                case _:
                    done = [power(on_small, work, wanted_small, inputs, given.cuts, given.seed)]
            for count in done:
                print(count.row(), flush=True)
                counts.append(count)
    wrong = [text for count in counts for text in count.wrong]
    struck, vacuous = sum(count.runs for count in counts), sum(count.vacuous for count in counts)
    for text in wrong[:40]:
        print(f"WRONG {text}")
    seconds = time.monotonic() - start
    print(f"{struck} blows, {vacuous} vacuous, {len(wrong)} wrong, in {seconds:.0f} s (seed {given.seed})")
    return 1 if wrong or not struck else 0


def undisturbed(program: Program, work: Path) -> dict:
    home = work / "undisturbed"
    home.mkdir()
    program.screen(home)
    state = program.state(home)
    program.same(home, state)
    if not state["sightings"]:
        raise SystemExit("the evidence gives no sighting: nothing could be lost")
    shutil.rmtree(home)
    return state


if __name__ == "__main__":
    sys.exit(main())
