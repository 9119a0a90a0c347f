"""What a screen of the published samples must say, by the labels that a person gave line by line."""
import csv
import json

NEAR = 20  # lines: a record of pretty-printed JSON begins above the line that was labelled


def check(output, folder):
    """(what, measured, wanted, met) rows from the lines of `screen --dry-run --json` and labels-seed.tsv."""
    found = [json.loads(line) for line in output.splitlines()]
    sightings = [place(it, "sighting", folder) for it in found if it.get("type") == "sighting"]
    ties = [place(it, "affiliation", folder) for it in found if it.get("type") == "affiliation"]
    with (folder / "labels-seed.tsv").open(encoding="utf-8") as file:
        labels = list(csv.DictReader(file, delimiter="\t"))

    false = [label for label in labels if label["label"] == "false"]
    accused = [label for label in false if any(believed(it) and same(it, label) for it in sightings)]
    related = [label for label in labels if label["label"] == "related"]
    tied = [label for label in related if any(same(it, label) for it in ties)]
    devices = [label for label in related if any(believed(it) and same(it, label) for it in sightings)]
    return [
        ("published: the one real row that names a maker", *the_real_row(sightings)),
        ("published: rows labelled false that are above review", names(accused), f"none of {len(false)}", not accused),
        ("published: payments to a group company shown as affiliation", f"{len(tied)} of {len(related)}", "all", len(tied) == len(related)),
        ("published: payments to a group company taken for a device", names(devices), "none", not devices),
    ]


def the_real_row(sightings):
    here = [it for it in sightings if it["file"] == "spend/harrogate/2016-03.csv" and it["line"] == 139]
    said = [
        f"{it['maker']}, {it['count']} devices, {it['stance']}, {it['confidence']}, {money(it['row'].get('amount'))}" for it in here
    ]
    right = [it for it in here if (it["maker"], it["count"], it["stance"]) == ("hikvision", 5, "has") and believed(it)]
    paid = [it for it in right if (it["row"].get("amount") or {}).get("minor_units") == 362_750]
    return "; ".join(said) or "not found", "hikvision, 5 devices, has, GBP 3,627.50", len(paid) == 1


def money(amount):
    return f"{amount['currency']} {amount['minor_units'] / 100:,.2f}" if isinstance(amount, dict) else str(amount)


def place(line, kind, folder):
    what = line[kind]
    locator = what["evidence"]["locator"]
    what["file"] = line["path"].removeprefix(f"{folder}/")
    what["line"] = locator["place"].get("line", 0)
    return what


def believed(sighting):
    return sighting["confidence"] != "review"


def same(it, label):
    """On the labelled line; in JSON, whose records span lines, shortly above it in text that holds the labelled term."""
    if it["file"] != label["file"]:
        return False
    above = int(label["line"]) - it["line"]
    if not label["file"].endswith(".json"):
        return above == 0
    return 0 <= above <= NEAR and label["term"].lower() in it["evidence"]["excerpt"].lower()


def names(labels):
    return ", ".join(f"{label['file']}:{label['line']}" for label in labels) or "none"
