"""Makes hostile files of every kind and screens them; prints one table, and what was wrong.

Exits 1 when the program panicked, hung, took too much, left something behind, reached outside, or said nothing of an input.
"""

import argparse
import datetime
import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "bench"))

from checks import Entry, Result, batch  # noqa: E402
from corpus import gathered, make, wrongly_named  # noqa: E402
from journal import Journal  # noqa: E402
from outside import can_trace, strange_calls  # noqa: E402

STATES = ["read", "warnings", "partial", "failed", "lost"]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stripout", type=Path, required=True, help="the program")
    parser.add_argument("--folder", type=Path, required=True, help="where the set is made")
    parser.add_argument("--count", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int, default=50, help="files screened at once")
    parser.add_argument("--traced", type=int, default=10, help="one in so many batches is run under strace as well")
    parser.add_argument("--only", action="append", help="only this kind; may be given again")
    parser.add_argument("--also", type=Path, help="a folder of hostile files that others made, put to the same checks")
    parser.add_argument("--journal", type=Path, help="what each batch gave; batches in which it says nothing was wrong are not run again")
    parser.add_argument("--record", type=Path, help="write the table to this file")
    return parser.parse_args()


def batches(given, made, prefix):
    """Files of all kinds mixed, in an order that the seed decides; wrongly named ones apart, as their bytes are the same."""
    chance = random.Random(f"{given.seed}-{prefix}")
    right = [Entry(one, one.path.name) for one in made]
    wrong = [Entry(one, f"{n:05}-wrong{f'.{ending}' if ending else ''}") for n, (one, ending) in enumerate(wrongly_named(made, given.seed))]
    for label, entries in ((prefix, right), (f"{prefix}, wrongly named", wrong)):
        chance.shuffle(entries)
        for at in range(0, len(entries), given.batch):
            # Names of different folders may be the same.
            some = [Entry(entry.made, f"{at + n:05}-{entry.name}"[:230]) for n, entry in enumerate(entries[at:at + given.batch])]
            yield label, f"{label}, batch {at // given.batch + 1}", some


def put_to(given, made, prefix, trace, journal):
    results: dict[str, Result] = {}
    traced = 0
    for n, (label, name, entries) in enumerate(batches(given, made, prefix)):
        traces = trace and n % given.traced == 0
        result = journal.right(entries, traces)
        if not result:
            result, started = Result(), time.monotonic()
            batch(given.stripout, entries, result, name)
            if traces:
                result.wrong += strange_calls(given.stripout, entries, f"{name}, strace")
            journal.add(entries, traces, result)
            for text in result.wrong:
                print(f"WRONG {text}", flush=True)
            print(f"{name}: {len(entries)} files in {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
        results.setdefault(label, Result()).add(result)
        traced += len(entries) if traces else 0
    return results, traced


def table(label: str, result: Result) -> list[str]:
    rows = [f"{label}", f"{'kind':<12}{'files':>8}" + "".join(f"{state:>10}" for state in STATES)]
    whole = Counter()
    for kind, states in [*sorted(result.states.items()), ("all", whole)]:
        rows.append(f"{kind:<12}{sum(states.values()):>8}" + "".join(f"{states[state]:>10}" for state in STATES))
        whole.update(states)
    slowest = f"slowest run {result.slowest[0]:.1f} s"
    rows.append(f"{slowest}; most memory {result.own:.0f} MiB, of a child {result.largest:.0f} MiB; {result.singly} looked at singly; {len(result.wrong)} wrong")
    return [*rows, ""]


def main() -> int:
    given = arguments()
    given.stripout, given.folder = given.stripout.resolve(), given.folder.resolve()
    started, load = time.monotonic(), os.getloadavg()
    trace = can_trace()
    journal = Journal(given.journal, given.stripout)
    if not trace:
        print("NOT RUN: strace is not installed or may not trace", file=sys.stderr)
    made = make(given.folder, given.count, given.seed)
    if given.only:
        made = [one for one in made if one.kind in given.only]
    results, traced = put_to(given, made, "made here", trace, journal)
    if given.also and given.also.is_dir():
        others, more = put_to(given, gathered(given.also), "made by others", trace, journal)
        results, traced = {**results, **others}, traced + more
    elif given.also:
        print(f"not found: {given.also}; only what is made here", file=sys.stderr)
    lines = [line for label, result in results.items() for line in table(label, result)]
    wrong = [text for result in results.values() for text in result.wrong]
    files = sum(sum(sum(states.values()) for states in result.states.values()) for result in results.values())
    lines.append(f"{files} inputs, {traced} of them also under strace; {len(wrong)} wrong; {time.monotonic() - started:.0f} s (seed {given.seed})")
    lines += journal.programs()
    print("\n".join(lines))
    if given.record:
        record(given, lines, wrong, load)
    return 1 if wrong or not files else 0


def record(given, lines, wrong, load):
    version = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    text = [f"# Hostile files, {datetime.date.today()}", "", f"`make hostile` at {version}, seed {given.seed}; load average {load[0]:.1f} at the start, {os.getloadavg()[0]:.1f} at the end; {os.cpu_count()} cores.", "What is checked, and what each word means: `hostile/README.md`.", "", "```text", *lines, "```", ""]
    text += ["Wrong:", "", *(f"- {it}" for it in wrong)] if wrong else ["Nothing was wrong."]
    given.record.write_text("\n".join(text) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
