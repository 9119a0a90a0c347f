#!/usr/bin/env python3
"""Make the corpora that `run.py` measures on, into bench/corpus/. The same inputs give the same bytes.

usage: corpus.py [--scale 1.0] [--data ../data] [--shared ../../shared] [--out corpus]

  ocds-500.jsonl      500 MB of OCDS releases, one a line: real ones of the shared samples where they are there, else those of
                      examples/evidence. Every line has an ocid of its own; 1 line in 463 names a maker in its first description.
  ocds-500.jsonl.gz   the same, gzip -6
  ocds-500.jsonl.zst  the same, zstd -3 with a window of 128 KiB
  ocds-1000-line.json 1 GB: one release package on one line
  spend-*.csv         300 MB of spend files, one file a publisher, rows as published and repeated
  names-300.txt       names of at least five characters: labels, model numbers, misspellings
  names-3000.txt      the same and 2,700 more of the last two kinds
  corpus.json         what was made from what
"""
import argparse
import csv
import hashlib
import io
import json
import random
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SEED = 20261121
ONE_LINE_IN = 463
SPEND_BODIES = ["harrogate", "sheffield", "leeds", "calderdale", "gateshead", "oxford"]


def main():
    args = arguments()
    out = args.out
    out.mkdir(parents=True, exist_ok=True)
    releases, releases_from = ocds_releases(args.shared)
    spend, spend_from = spend_files(args.shared)
    recipe = {
        "made_by": hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12],
        "scale": args.scale,
        "releases": {"from": releases_from, "distinct": len(releases)},
        "spend": {"from": spend_from, "files": len(spend)},
        "catalogue": fingerprint(args.data),
    }
    manifest = out / "corpus.json"
    if manifest.exists() and json.loads(manifest.read_text()).get("recipe") == recipe:
        print(f"{out} is up to date", file=sys.stderr)
        return

    short, long = name_lists(args.data, releases)
    (out / "names-300.txt").write_text("\n".join(short) + "\n", encoding="utf-8")
    (out / "names-3000.txt").write_text("\n".join(long) + "\n", encoding="utf-8")

    for old in out.glob("spend-*.csv"):
        old.unlink()
    lines = write_jsonl(out / "ocds-500.jsonl", releases, short, int(500_000_000 * args.scale))
    write_package(out / "ocds-1000-line.json", releases, short, int(1_000_000_000 * args.scale))
    rows = write_spend(out, spend, int(300_000_000 * args.scale))
    compress(out / "ocds-500.jsonl")

    made = {path.name: path.stat().st_size for path in sorted(out.iterdir()) if path.name != manifest.name}
    manifest.write_text(json.dumps({"recipe": recipe, "bytes": made, "ocds": lines, "spend": rows}, indent=1) + "\n")
    print(manifest.read_text(), file=sys.stderr)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1.0, help="shrink the corpora, for trying things out")
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="the catalogue's folder")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder of the shared samples")
    parser.add_argument("--out", type=Path, default=HERE / "corpus")
    return parser.parse_args()


def fingerprint(data):
    """Changes when a name or model of the catalogue does."""
    digest = hashlib.sha256()
    for path in catalogue_files(data, "makers", "brands", "models"):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def catalogue_files(data, *folders):
    return [path for folder in folders for path in sorted((data / folder).glob("*.toml"))]


# --- releases ---------------------------------------------------------------------------------------------------------


def ocds_releases(shared):
    """Lines of JSON as bytes, without their newline, and where they are from."""
    real = sorted((shared / "data/procurement/ocds").glob("*.jsonl"))
    if real:
        lines = [line for path in real for line in path.read_bytes().splitlines() if line.strip()]
        return lines, "shared samples"
    lines = []
    for path in sorted((ROOT / "examples/evidence").rglob("*.json*")):
        if path.suffix in (".json", ".jsonl"):
            lines += [compact(release) for release in releases_in(path)]
    if not lines:
        sys.exit("error: no OCDS release in the shared samples or in examples/evidence")
    return lines, "examples/evidence"


def releases_in(path):
    text = path.read_text(encoding="utf-8-sig")
    documents = [json.loads(text)] if path.suffix == ".json" else [json.loads(line) for line in text.splitlines() if line.strip()]
    for document in documents:
        if isinstance(document, dict) and "ocid" in document:
            yield document
        elif isinstance(document, dict):
            yield from (it for it in document.get("releases", []) if isinstance(it, dict) and "ocid" in it)


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def varied(releases, names):
    """Releases without end, in a fixed order: each with an ocid of its own, some naming a maker."""
    rng = random.Random(SEED)
    order = list(range(len(releases)))
    number = 0
    while True:
        rng.shuffle(order)
        for index in order:
            line = releases[index]
            ocid = json.loads(line)["ocid"].encode()
            line = line.replace(ocid, b"%s-%07d" % (ocid[:18], number))
            if number % ONE_LINE_IN == ONE_LINE_IN // 2:
                line = name_a_maker(line, phrase(rng, names))
            yield line
            number += 1


def phrase(rng, names):
    name = rng.choice(names)
    name = rng.choice([name, name.upper(), name.lower()])
    return f"Supply and installation of {rng.randint(2, 90)} x {name} cameras. ".encode()


def name_a_maker(line, words):
    for key in (b'"description":"', b'"title":"'):
        at = line.find(key)
        if at >= 0:
            at += len(key)
            return line[:at] + words + line[at:]
    return line


def write_jsonl(path, releases, names, size):
    written = lines = 0
    with path.open("wb") as out:
        for line in varied(releases, names):
            written += out.write(line) + out.write(b"\n")
            lines += 1
            if written >= size:
                return {"lines": lines, "naming_a_maker": sum(1 for n in range(lines) if n % ONE_LINE_IN == ONE_LINE_IN // 2)}


def write_package(path, releases, names, size):
    head = b'{"uri":"https://example.org/package.json","version":"1.1","publishedDate":"2025-01-31T00:00:00Z","releases":['
    with path.open("wb") as out:
        written = out.write(head)
        for number, line in enumerate(varied(releases, names)):
            written += out.write(b"," if number else b"") + out.write(line)
            if written >= size:
                break
        out.write(b"]}")


def compress(path):
    gzip = shutil.which("pigz") or shutil.which("gzip") or sys.exit("error: neither pigz nor gzip is installed")
    with path.with_name(path.name + ".gz").open("wb") as out:
        subprocess.run([gzip, "-6", "-n", "-c", str(path)], stdout=out, check=True)
    # A window of 128 KiB, so that the repeated releases lie outside it: with the usual 2 MiB the corpus shrinks
    # thirtyfold, which no real data does, and the decompressor would be measured on copying.
    subprocess.run(["zstd", "-3", "--zstd=wlog=17", "-q", "-f", str(path), "-o", str(path) + ".zst"], check=True)


# --- spend ------------------------------------------------------------------------------------------------------------


def spend_files(shared):
    """(publisher, files of one layout) pairs."""
    groups = []
    for body in SPEND_BODIES:
        layouts = {}
        for path in sorted((shared / "data/procurement/spend" / body).glob("*.csv")):
            with path.open("rb") as file:
                layouts.setdefault(file.readline().strip(), []).append(path)
        if layouts:
            # the layout with most bytes
            groups.append((body, max(layouts.values(), key=lambda files: sum(it.stat().st_size for it in files))))
    if groups:
        return groups, "shared samples"
    own = sorted((ROOT / "examples/evidence").glob("*.csv"))
    if not own:
        sys.exit("error: no spend file in the shared samples or in examples/evidence")
    return [(path.stem, [path]) for path in own], "examples/evidence"


def write_spend(out, groups, size):
    """One file a publisher, of equal size: the header once, then the published rows over and over."""
    made = {}
    for body, files in groups:
        head, rows = b"", b""
        for path in files:
            data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
            end = data.index(b"\n") + 1
            head = head or data[:end]
            rows += data[end:] if data.endswith(b"\n") else data[end:] + b"\n"
        copies = max(1, size // len(groups) // len(rows))
        with (out / f"spend-{body}.csv").open("wb") as file:
            file.write(head)
            for _ in range(copies):
                file.write(rows)
        records = sum(1 for _ in csv.reader(io.StringIO(rows.decode("latin-1"))))
        made[body] = {"rows": records * copies, "copies": copies, "files": [path.name for path in files]}
    return made


# --- names ------------------------------------------------------------------------------------------------------------


def name_lists(data, releases):
    """300 and 3,000 names: what a researcher would put into a list for `rg -i -F -f`.

    A label that is the tail of an ordinary word of the releases is left out ("ctronics" in "electronicSubmission"):
    it would fire on half of the lines, and nobody would keep it in a list.
    """
    rng = random.Random(SEED)
    text = b"\n".join(releases).lower()
    labels = [name for name in keep_usable(strong_names(data)) if not re.search(rb"[a-z]" + re.escape(name.lower().encode()), text)]
    models = keep_usable(model_numbers(data))
    if len(labels) < 40 or len(models) < 40:
        sys.exit(f"error: only {len(labels)} labels and {len(models)} model numbers in {data}: is this the catalogue?")
    rng.shuffle(labels)
    rng.shuffle(models)
    chosen = dict.fromkeys(labels[:160] + models[:80])
    long_labels = [name for name in labels if len(name) >= 8 and name.isalpha()]
    fill(chosen, 300, lambda: misspelt(rng, rng.choice(long_labels)))
    short = list(chosen)
    fill(chosen, 3000, lambda: renumbered(rng, rng.choice(models)) if rng.random() < 0.7 else misspelt(rng, rng.choice(long_labels)))
    return short, list(chosen)


def fill(chosen, size, make):
    folded = {name.lower() for name in chosen}
    while len(chosen) < size:
        name = make()
        if name.lower() not in folded and len(name) >= 5:
            folded.add(name.lower())
            chosen[name] = None


def keep_usable(names):
    seen = {}
    for name in names:
        if len(name) >= 5 and name.isascii() and name == name.strip():
            seen.setdefault(name.lower(), name)
    return list(seen.values())


def strong_names(data):
    for path in catalogue_files(data, "makers", "brands"):
        entry = tomllib.loads(path.read_text(encoding="utf-8"))
        for name in entry.get("names", []):
            # a plain string is a name that needs nothing beside it
            if isinstance(name, str):
                yield name
            elif name.get("rule") != "context":
                yield name["text"]


def model_numbers(data):
    for path in catalogue_files(data, "models"):
        for families in tomllib.loads(path.read_text(encoding="utf-8")).values():
            for family in families if isinstance(families, list) else []:
                for example in family.get("examples", []) if isinstance(family, dict) else []:
                    # "DS-2CD2143G2-I" -> "DS-2CD2143G2": the variant letters at the end are rarely written
                    stem = example.rsplit("-", 1)[0] if len(example.rsplit("-", 1)[0]) >= 7 else example
                    if " " not in stem and any(it.isdigit() for it in stem):
                        yield stem


def misspelt(rng, name):
    """One slip: two letters swapped, one dropped or doubled."""
    at = rng.randrange(1, len(name) - 1)
    return rng.choice([
        name[:at] + name[at + 1] + name[at] + name[at + 2:],
        name[:at] + name[at + 1:],
        name[:at] + name[at] + name[at:],
    ])


def renumbered(rng, model):
    """Another number of the same family."""
    return "".join(rng.choice("0123456789") if it.isdigit() else it for it in model)


if __name__ == "__main__":
    main()
