#!/usr/bin/env python3
"""Our words of PDFs against those of pdftotext, every difference listed.

usage: tools/compare/pdf.py [--reader COMMAND] [--verbose] PATH...

A sample is valid when pdftotext reads it without complaint and finds a word in it. What is compared are the sets of
words of four and more letters and of tokens like model numbers (letters and digits, six and more). Words that a line
break parts are looked for joined, as different readers break lines differently. COMMAND reads a PDF from standard
input and answers as `stripout read-pdf` does.
Exit status 1 when fewer than 99 % of the valid samples hold every word that pdftotext finds.
"""
import argparse
import json
import pathlib
import re
import shlex
import subprocess
import sys
import time
import unicodedata

from pairs import note

WORD = re.compile(r"[^\W\d_]{4,}")
MODEL = re.compile(r"(?=[A-Z0-9/-]*[A-Z])(?=[A-Z0-9/-]*[0-9])[A-Z0-9][A-Z0-9/-]{4,}[A-Z0-9]")

# Samples where pdftotext gives characters that the page does not show; each is named in the report.
REFERENCE_WRONG = {
    "PDFJS-7562-reduced.pdf": "gives the codes of a font without a character map as if they were characters",
    "simpletype3font.pdf": "gives the codes of a font whose shapes are a square and a triangle",
}


def normal(text):
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "")
    return "".join(c for c in text if unicodedata.category(c) not in ("Co", "Cf"))


def words(text):
    text = normal(text)
    return {w.lower() for w in WORD.findall(text)} | set(MODEL.findall(text))


def squeezed(text):
    return re.sub(r"[\W_]+", "", normal(text)).lower()


def pdftotext(path):
    try:
        done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, timeout=15)
    except subprocess.TimeoutExpired:
        return False, ""
    return done.returncode == 0 and not done.stderr.strip(), done.stdout.decode("utf-8", "replace")


def ours(path, reader):
    with open(path, "rb") as file:
        try:
            done = subprocess.run(reader, stdin=file, capture_output=True, timeout=60)
        except subprocess.TimeoutExpired:
            return "more than 60 s", 0, ""
    text, pages, end = [], 0, f"exit {done.returncode}"
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        line = json.loads(line)
        if line == "end":
            end = "end"
        elif "fault" in line:
            end = line["fault"]
        elif "page" in line:
            pages += 1
            page = line["page"]
            text += [page["text"], page.get("hidden", ""), page.get("ocr", "")]
    return end, pages, "\n".join(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", default="target/release/stripout read-pdf --memory 1073741824 --seconds 60")
    parser.add_argument("--verbose", action="store_true", help="name the samples that are equal too")
    parser.add_argument("paths", nargs="+", type=pathlib.Path)
    options = parser.parse_args()
    reader = shlex.split(options.reader)
    files = sorted(f for p in options.paths for f in (p.rglob("*.pdf") if p.is_dir() else [p]))
    valid = equal = found = wanted = pages = 0
    ends, spent = {}, 0.0
    for path in files:
        clean, reference = pdftotext(path)
        start = time.monotonic()
        end, n, text = ours(path, reader)
        spent += time.monotonic() - start
        pages += n
        ends[end] = ends.get(end, 0) + 1
        want = words(reference)
        if not clean or not want:
            continue
        if path.name in REFERENCE_WRONG:
            print(f"{path}: not compared, pdftotext {REFERENCE_WRONG[path.name]}")
            continue
        valid += 1
        note(path, reference, text)
        have, run = words(text), squeezed(text)
        missing = sorted(w for w in want - have if squeezed(w) not in run)
        split = sorted(w for w in want - have if squeezed(w) in run)
        extra = sorted(w for w in have - want if squeezed(w) not in squeezed(reference))
        wanted += len(want)
        found += len(want) - len(missing)
        equal += not missing
        if missing or split or extra or options.verbose:
            print(f"{path}: {end}, {len(want)} words, {len(missing)} missing, {len(split)} parted otherwise, {len(extra)} only ours")
            for name, some in (("missing", missing), ("parted otherwise", split), ("only ours", extra)):
                if some:
                    print(f"    {name}: {' '.join(some)}")
    share = equal / valid if valid else 0.0
    print(f"{len(files)} files: {', '.join(f'{n} {end}' for end, n in sorted(ends.items()))}")
    print(f"{valid} valid samples, {equal} with every word of pdftotext ({share:.1%}); words found {found} of {wanted}")
    print(f"{pages} pages in {spent:.2f} s with the start of the program each time")
    return 0 if share >= 0.99 else 1


if __name__ == "__main__":
    sys.exit(main())
