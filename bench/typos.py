#!/usr/bin/env python3
"""Recall on machine-made misspellings beside camera words.

usage: typos.py [STRIPOUT]

Seeded slips of typists and scanners: two letters swapped, one dropped or doubled, a neighbouring key, a look-alike
glyph, a space, hyphen or dot put in. Prints `typos typos_NAME_SLIPS recall` lines, and for comparison the recall of a
plain search for the name.
"""
import json
import random
import subprocess
import sys

CASES = 400
NAMES = ["hikvision", "dahua", "uniview", "huawei"]
TEXT = "CCTV supply {} camera NVR"
KEYS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"]
GLYPHS = {"i": "1l", "l": "1i", "o": "0", "s": "5", "e": "c", "u": "v", "v": "u", "h": "b", "n": "m", "a": "o", "d": "cl", "w": "vv"}


def main(stripout="target/release/stripout"):
    rng = random.Random(20261121)
    rows, owner = [], {}
    for name in NAMES:
        for slips in (1, 2):
            for number in range(CASES):
                key = f"{name}-{slips}-{number}"
                owner[key] = (name, slips, misspelt(rng, name, slips))
                rows.append({"id": key, "text": TEXT.format(owner[key][2]), "kind": "spend"})
    done = subprocess.run(
        [stripout, "identify", "--jsonl", "-"], input="\n".join(map(json.dumps, rows)) + "\n", capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        sys.exit(f"error: `{stripout} identify --jsonl` exits {done.returncode}: {done.stderr[-300:]}")
    found = {row["id"]: {it["maker"] for it in row["mentions"]} for row in map(json.loads, done.stdout.splitlines())}
    for name in NAMES:
        for slips in (1, 2):
            mine = [(key, written) for key, (it, n, written) in owner.items() if (it, n) == (name, slips)]
            recall = sum(name in found.get(key, ()) for key, _ in mine) / len(mine)
            plain = sum(name in written for _, written in mine) / len(mine)
            print(f"typos typos_{name}_{slips} {recall:.3f}")
            print(f"typos plain_search_{name}_{slips} {plain:.3f}")


def misspelt(rng, name, slips):
    """`slips` slips, so that the result is not the name itself; written as a name, with a capital."""
    while True:
        word = name
        for _ in range(slips):
            word = rng.choice(SLIPS)(rng, word)
        if word != name:
            return word[0].upper() + word[1:]


def swap(rng, word):
    at = rng.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2:]


def drop(rng, word):
    at = rng.randrange(len(word))
    return word[:at] + word[at + 1:]


def double(rng, word):
    at = rng.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def neighbour(rng, word):
    at = rng.randrange(len(word))
    for row in KEYS:
        if word[at] in row:
            here = row.index(word[at])
            return word[:at] + rng.choice(row[max(0, here - 1):here] + row[here + 1:here + 2]) + word[at + 1:]
    return word


def glyph(rng, word):
    places = [at for at, letter in enumerate(word) if letter in GLYPHS]
    if not places:
        return word
    at = rng.choice(places)
    choices = GLYPHS[word[at]]
    # "cl" for d and "vv" for w are two glyphs for one, the others are alternatives
    letter = choices if word[at] in "dw" else rng.choice(choices)
    return word[:at] + letter + word[at + 1:]


def part(rng, word):
    at = rng.randrange(1, len(word))
    return word[:at] + rng.choice(" -.") + word[at:]


SLIPS = [swap, drop, double, neighbour, glyph, part]

if __name__ == "__main__":
    main(*sys.argv[1:])
