#!/usr/bin/env python3
"""Every comparison with another reader, over the shared samples (where they are) and our own; one table at the end.

usage: tools/compare/all.py [--release FOLDER] [--shared FOLDER] [--record FILE]

FOLDER holds `stripout`, `examples/layers` and `examples/passages`. openpyxl and xlrd are installed into target/compare. Every
difference is written to target/compare/NAME.txt, and to FILE with the reasons of reasons.csv. Compared are words or cells, and
the strings that `identify` recognises in what either reader read. Exit status 1 when one of them is below 99 %.
"""
import argparse
import csv
import datetime
import email
import os
import re
import subprocess
import sys
import venv
from collections import namedtuple
from pathlib import Path

from pairs import identified

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NEEDED = ["openpyxl==3.1.5", "xlrd==2.0.2"]
NO_REASON = "No reason is known."
Result = namedtuple("Result", "name against words valid agree naming differences told below")
# comparison -> (against, folders of the shared samples, own fixtures)
COMPARISONS = {
    "pdf": ("pdftotext", ["data/hostile/pdf", "data/hostile/made/pdf", "data/procurement"], ["pdf"]),
    "xlsx": ("openpyxl, xlrd", ["data/hostile/xlsx", "data/procurement"], ["xlsx", "xls"]),
    "delimited": ("Python csv", ["data/hostile/csv", "data/hostile/made/csv", "data/procurement", "data/civic"], ["csv"]),
    "mail": ("Python email", ["data/hostile/mail"], ["mail"]),
}


def python_in(folder):
    """A Python with what the comparisons import."""
    python = folder / "venv/bin/python"
    if not python.exists():
        venv.create(folder / "venv", with_pip=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *NEEDED], check=True)
    return python


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--release", type=Path, default=ROOT / "target/release")
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("STRIPOUT_SHARED", ROOT.parent / "shared")))
    parser.add_argument("--record", type=Path, help="write what was found to this file")
    args = parser.parse_args()
    args.shared = args.shared.resolve()
    release = args.release.resolve()
    for program in ("stripout", "examples/layers", "examples/passages"):
        if not (release / program).exists():
            sys.exit(f"error: `{release / program}` is not there\nhint: make compare")
    if not args.shared.is_dir():
        print(f"shared corpora not found: {args.shared}; own fixtures only", file=sys.stderr)
    work = ROOT / "target/compare"
    work.mkdir(parents=True, exist_ok=True)
    python = python_in(work)
    env = {**os.environ, "LAYERS": str(release / "examples/layers"), "PASSAGES": str(release / "examples/passages")}
    reasons, results = known_reasons(), []
    for name, (against, folders, fixtures) in COMPARISONS.items():
        paths = [args.shared / it for it in folders] + [ROOT / "fixtures/formats" / it for it in fixtures]
        if name == "mail":
            # The samples that Python's own tests of `email` use, where they are installed.
            paths.append(Path(email.__file__).parent.parent / "test/test_email/data")
        paths = [str(it) for it in paths if it.is_dir()]
        more = ["--reader", f"{release}/stripout read-pdf --memory 1073741824 --seconds 60"] if name == "pdf" else []
        pairs = work / f"{name}.pairs.jsonl"
        pairs.unlink(missing_ok=True)
        done = subprocess.run([python, HERE / f"{name}.py", *more, *paths], env={**env, "PAIRS": str(pairs)}, capture_output=True, text=True, check=False)
        (work / f"{name}.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
        # Each ends with its counts and its share.
        said = [line for line in done.stdout.splitlines() if re.search(r"\d %|\d%", line)]
        words = said[-1] if said else f"failed: {(done.stderr.splitlines() or ['no word'])[-1]}"
        valid, agree, naming, differences = identified(release / "stripout", pairs)
        below = bool(done.returncode) or not valid or agree < 0.99 * valid
        results.append(Result(name, against, words, valid, agree, naming, differences, done.stdout, below))
    for it in results:
        print(f"{it.name:<11}{it.against:<16}{it.words}; identified strings the same in {it.agree} of {it.valid} samples, {it.naming} of them name something{'   BELOW 99 %' if it.below else ''}")
    print(f"every difference: {work}/*.txt")
    if args.record:
        args.record.write_text(record(results, [args.shared, ROOT, Path(email.__file__).parent.parent.parent], reasons), encoding="utf-8")
    return any(it.below for it in results)


def known_reasons():
    """(comparison, name of the file) -> why it differs."""
    with open(HERE / "reasons.csv", encoding="utf-8", newline="") as file:
        return {(row["comparison"], row["file"]): row["reason"] for row in csv.DictReader(file)}


def record(results, roots, reasons):
    """Markdown: the counts, and every difference with the reason that reasons.csv gives for it."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    lines = [f"# Comparisons, {datetime.date.today()}", "", f"`make compare` at {commit}; load average {os.getloadavg()[0]:.1f}. Wanted: at least 99 % of the valid samples, words and identified strings alike.", "",
             "| read | against | words, cells | valid samples | identified strings the same | samples that name something |", "| --- | --- | --- | --- | --- | --- |"]
    lines += [f"| {it.name} | {it.against} | {it.words} | {it.valid} | {it.agree} | {it.naming} |" for it in results]
    for it in results:
        lines += ["", f"## {it.name}", ""]
        for path, theirs, ours in it.differences:
            lines.append(f"- identified, {short(path, roots)}: only theirs {theirs}, only ours {ours}. {reasons.get((it.name, Path(path).name), NO_REASON)}")
        for line in it.told.splitlines()[:-1]:
            path, found, rest = line.partition(": ")
            if found and not line.startswith(" ") and Path(path).is_absolute():
                lines.append(f"- {short(path, roots)}: {rest}" + ("" if "not compared" in rest or "refuses it" in rest else f" {reasons.get((it.name, Path(path).name), NO_REASON)}"))
            elif line.strip():
                lines.append(f"    {line.strip()}")
    return "\n".join(lines) + "\n"


def short(path, roots):
    """Where a sample lies, without the place of this machine."""
    for root in roots:
        if Path(path).is_relative_to(root):
            return str(Path(path).relative_to(root))
    return Path(path).name


if __name__ == "__main__":
    sys.exit(main())
