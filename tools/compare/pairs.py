"""What two readers read of one file, kept so that `identify` can be asked what it finds in either."""

import json
import os
import re
import subprocess


def note(path, theirs, ours):
    """Keeps both texts of a valid sample, where somebody asked for it."""
    if folder := os.environ.get("PAIRS"):
        with open(folder, "a", encoding="utf-8") as file:
            file.write(json.dumps({"path": str(path), "theirs": theirs, "ours": ours}) + "\n")


def identified(stripout, pairs):
    """(samples, samples that agree, [(path, only theirs, only ours)]) over the strings that are recognised in either text."""
    rows = [json.loads(line) for line in pairs.read_text(encoding="utf-8").split("\n") if line] if pairs.exists() else []
    asked = "".join(json.dumps({"id": f"{n} {side}", "text": row[side], "kind": "foi"}) + "\n" for n, row in enumerate(rows) for side in ("theirs", "ours"))
    done = subprocess.run([stripout, "identify", "--jsonl"], input=asked.encode("utf-8", "replace"), capture_output=True, check=False)
    found = {}
    for line in done.stdout.decode("utf-8").split("\n"):
        if line:
            row = json.loads(line)
            number, side = row["id"].split()
            text = rows[int(number)][side]
            # However lines are broken there, behind a hyphen too.
            found[int(number), side] = {re.sub(r"-\s+", "-", " ".join(text[slice(*span(one))].split())).lower() for one in row["mentions"]}
    differences = []
    for n, row in enumerate(rows):
        theirs, ours = found.get((n, "theirs"), set()), found.get((n, "ours"), set())
        if theirs != ours:
            differences.append((row["path"], sorted(theirs - ours), sorted(ours - theirs)))
    return len(rows), len(rows) - len(differences), sum(bool(it) for it in found.values()) // 2, differences


def span(mention):
    return mention["span"] if isinstance(mention["span"], list) else (mention["span"]["start"], mention["span"]["end"])
