#!/usr/bin/env python3
"""Compares the cells that Stripout reads from delimited files with those of Python's csv.

    cargo build --release -p stripout-read --example passages
    python3 tools/compare/delimited.py FOLDER_OR_FILE...

A sample is valid when Python decodes it (UTF-16 with its mark, UTF-8, else windows-1252), finds a row, and meets no open
quote, no NUL and no half of a surrogate pair. It agrees when every cell that Python finds is among our cells as often, or is the name of a column, and we
have none that Python lacks; a list of one column is text to us, so there a cell may be part of a passage. White space is not
compared, and payees that were blacked out are not counted. Every difference is printed; exit status 1 below 99 %.
"""

import collections
import csv
import io
import json
import os
import re
import subprocess
import sys

from pairs import note

csv.field_size_limit(1 << 30)
# What English text in windows-1252 holds; other bytes are of some other encoding.
USUAL = {chr(n) for n in range(128)} | set("£–—‘’“”…•éèêáàâíóöúüñç®™©°½¼¾€·´¬²³×\u00a0")
# A payee that was blacked out is no name; Stripout leaves it out.
BLACKED_OUT = re.compile(r"\bredact(ed|ions?)?\b|personal data", re.IGNORECASE)
# Rows in which a header of two lines may begin.
HEADERS = 20
SUFFIXES = (".csv", ".tsv", ".psv", ".ssv")


def ours(path):
    """(cells with their number, names of columns, codes of problems)"""
    tool = os.environ.get("PASSAGES", "target/release/examples/passages")
    done = subprocess.run([tool, path], capture_output=True, check=False, timeout=600)
    cells, names, problems = collections.Counter(), set(), []
    for line in done.stdout.decode("utf-8").splitlines():
        found = json.loads(line)
        if "problem" in found:
            problems.append(found["problem"])
            continue
        names.add(clean(found["name"]))
        if clean(found["text"]):
            cells[clean(found["text"])] += 1
    if done.returncode:
        problems.append(f"exit {done.returncode}")
    return cells, names, problems


def clean(text):
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", text).strip()


def is_half_a_pair(data):
    """Whether the bytes are UTF-8 but for code points that no text may hold."""
    try:
        data.decode("utf-8-sig", errors="surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def theirs(path):
    """(cells of every row, cells of the first rows)"""
    with open(path, "rb") as file:
        data = file.read()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            if is_half_a_pair(data):
                raise csv.Error("it holds one half of a surrogate pair") from None
            text = data.decode("windows-1252")
            if set(text) - USUAL:
                raise csv.Error("its encoding is unknown")
    head = "\n".join(text.splitlines()[:20])
    # Python's own sniffer takes letters for delimiters; the commonest of the usual ones is the better guess.
    delimiter = max(",\t;|", key=head.count)
    if "\0" in text:
        raise csv.Error("it holds NUL")
    # Python takes a quote for one behind a blank only when told to, as its sniffer would tell it.
    blank = f'{delimiter} "' in text
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=blank)
    rows = list(reader)
    return collections.Counter(clean(cell) for row in rows for cell in row if clean(cell)), rows


def paths(arguments):
    for argument in arguments:
        if os.path.isfile(argument):
            yield argument
        for folder, _, names in sorted(os.walk(argument)):
            yield from (os.path.join(folder, name) for name in sorted(names) if name.lower().endswith(SUFFIXES))


def main(arguments):
    same = valid = 0
    for path in paths(arguments):
        try:
            want, rows = theirs(path)
        except (UnicodeDecodeError, csv.Error) as error:
            print(f"{path}: not compared: Python refuses it: {error}")
            continue
        if not want:
            print(f"{path}: not compared: Python finds no cell")
            continue
        cells, names, problems = ours(path)
        valid += 1
        note(path, "\n".join(sorted(want)), "\n".join(sorted({*cells, *names})))
        # The row of headers gives the names of the columns, and each name once more than it stands in a cell.
        missing = want - cells
        for name in names:
            missing.pop(name, None)
        # A header of two lines names a column by both.
        for upper, lower in zip(rows[:HEADERS], rows[1:]):
            for pair in zip(upper, lower):
                if clean(" ".join(pair)) in names:
                    for cell in pair:
                        missing.pop(clean(cell), None)
        # A column without a cell has no passage that could bear its name.
        for column, name in enumerate(rows[0]):
            if not any(clean(row[column]) for row in rows[1:] if column < len(row)):
                missing.pop(clean(name), None)
        for text in [text for text in missing if BLACKED_OUT.search(text)]:
            del missing[text]
        more = cells - want
        if max(map(len, rows)) == 1:
            run, other = " ".join(cells), " ".join(row[0] for row in rows if row)
            missing = {text: n for text, n in missing.items() if text not in run}
            more = {text: n for text, n in more.items() if text not in clean(other)}
        if not missing and not more:
            same += 1
            continue
        print(f"{path}: {sum(want.values())} cells in {len(rows)} rows, {sum(missing.values())} missing, {sum(more.values())} only ours; problems: {sorted(set(problems))}")
        for label, some in (("missing", missing), ("only ours", more)):
            if some:
                print(f"    {label}: {[text[:60] for text in list(some)]}")
    share = same / valid if valid else 0
    print(f"{valid} valid samples, {same} agree ({share:.1%})")
    return 0 if share >= 0.99 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
