#!/usr/bin/env python3
"""Every comparison with another reader, over the shared samples (where they are) and our own; one table at the end.

usage: tools/compare/all.py [--release FOLDER] [--shared FOLDER]

FOLDER holds `stripout`, `examples/layers` and `examples/passages`. openpyxl and xlrd are installed into target/compare. Every
difference is written to target/compare/NAME.txt. Exit status 1 when one of them is below 99 %.
"""
import argparse
import email
import os
import re
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NEEDED = ["openpyxl==3.1.5", "xlrd==2.0.2"]
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
    args = parser.parse_args()
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
    rows, below = [], False
    for name, (against, folders, fixtures) in COMPARISONS.items():
        paths = [args.shared / it for it in folders] + [ROOT / "fixtures/formats" / it for it in fixtures]
        if name == "mail":
            # The samples that Python's own tests of `email` use, where they are installed.
            paths.append(Path(email.__file__).parent.parent / "test/test_email/data")
        paths = [str(it) for it in paths if it.is_dir()]
        more = ["--reader", f"{release}/stripout read-pdf --memory 1073741824 --seconds 60"] if name == "pdf" else []
        done = subprocess.run([python, HERE / f"{name}.py", *more, *paths], env=env, capture_output=True, text=True, check=False)
        report = work / f"{name}.txt"
        report.write_text(done.stdout + done.stderr, encoding="utf-8")
        # Each ends with its counts and its share.
        said = [line for line in done.stdout.splitlines() if re.search(r"\d %|\d%", line)]
        rows.append((name, against, said[-1] if said else f"failed: {(done.stderr.splitlines() or ['no word'])[-1]}", "" if done.returncode == 0 else "BELOW 99 %"))
        below |= done.returncode != 0
    width = max(len(row[2]) for row in rows)
    print(f"{'':<11}{'against':<16}{'result':<{width + 2}}")
    for name, against, said, note in rows:
        print(f"{name:<11}{against:<16}{said:<{width + 2}}{note}")
    print(f"every difference: {work}/*.txt")
    return below


if __name__ == "__main__":
    sys.exit(main())
