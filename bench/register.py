#!/usr/bin/env python3
"""Make the register that the web is measured on: a million sightings of spend lines over the real bodies of data/bodies,
read by `stripout screen` as anyone's files are, then decided on by an invented reviewer.

usage: register.py [--stripout PATH] [--sightings 1000000] [--folder bench/corpus/web]

The same arguments give the same files. Lines, sites, suppliers and amounts are invented; the bodies are real, and nothing that
is made here says anything about them.
"""
import argparse
import csv
import datetime
import json
import random
import shutil
import sqlite3
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
# Of every four lines one is accepted: the view for everybody holds a quarter.
ACCEPTED = 4
FIRST_DAY, DAYS = datetime.date(2012, 1, 1), 5200
LINES = [
    "Supply and installation of {n} Hikvision dome cameras, {site}",
    "{n} x HIK Vision NVR recorder",
    "Dahua bullet cameras x {n}, {site}",
    "Maintenance of Dahua CCTV system at {site}",
    "Hikvision DS-2CD2143G0-I camera, qty {n}",
    "Uniview IP cameras, {n} units, {site}",
    "Tiandy network video recorder for {site}",
    "CCTV upgrade incl. Hikvision turret cameras ({n})",
]
SITES = ["Civic Centre", "Depot", "North Library", "Market Hall", "Leisure Centre", "Car Park B", "Town Hall", "Reception"]
SUPPLIERS = ["Examplefit Security Ltd", "Northgate Systems (made up) Ltd", "Sample Electrical plc", "Trial & Error Alarms Ltd"]


def bodies():
    """Ids and names of the bodies that exist today, in the order of their ids."""
    found = {}
    for path in sorted((ROOT / "data" / "bodies").glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row.get("name") and row.get("kind") and not row.get("until"):
                    found[row["id"]] = row["name"]
    return sorted(found.items())


def write_spend(folder, sightings, seed=7):
    """One file a body, some with many more lines than others."""
    folder.mkdir(parents=True)
    known = bodies()
    shares = [1 / (rank + 50) for rank in range(len(known))]
    random.Random(5).shuffle(shares)
    whole = sum(shares)
    chance = random.Random(seed)
    # The line with a name and a model number says it twice.
    lines = sightings * len(LINES) / (len(LINES) + 1)
    for (body, name), share in zip(known, shares):
        with (folder / f"{body}.csv").open("w", newline="", encoding="utf-8") as file:
            out = csv.writer(file)
            out.writerow(["Body", "Date", "Supplier", "Description", "Amount (GBP)"])
            for _ in range(max(1, round(lines * share / whole))):
                day = FIRST_DAY + datetime.timedelta(days=chance.randrange(DAYS))
                text = chance.choice(LINES).format(n=chance.randrange(1, 60), site=chance.choice(SITES))
                out.writerow([name, day.strftime("%d/%m/%Y"), chance.choice(SUPPLIERS), text, f"{chance.randrange(5_000, 4_000_000) / 100:.2f}"])
    return len(known)


def decide(register):
    """Accepts a part of the sightings, spread over all bodies; straight into the log, as a review of this size has no other use."""
    with sqlite3.connect(register) as store:
        store.execute(
            "INSERT INTO decision (thing, verdict, who, at, why) SELECT id, 'accept', 'bench', '2026-11-22T00:00:00Z', 'made up' "
            "FROM sighting WHERE rowid % ? = 0 ORDER BY rowid", [ACCEPTED])
        # Datasette looks rows up by this column; ours does not need it.
        store.execute("CREATE INDEX bench_sighting_by_body ON sighting (body)")


def make(stripout, sightings, folder):
    """Path of the register; made anew only where the size asked for is another."""
    register, made = folder / "register.db", folder / "made.json"
    if made.exists() and json.loads(made.read_text())["asked"] == sightings:
        return register
    shutil.rmtree(folder, ignore_errors=True)
    count = write_spend(folder / "spend", sightings)
    command = [str(stripout), "screen", str(folder / "spend"), "--register", str(register), "--quiet", "--keep", "none"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    decide(register)
    with sqlite3.connect(register) as store:
        [[found]] = store.execute("SELECT count(*) FROM sighting")
    made.write_text(json.dumps({"asked": sightings, "sightings": found, "bodies": count, "bytes": register.stat().st_size}))
    return register


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stripout", type=Path, default=ROOT / "target" / "release" / "stripout")
    parser.add_argument("--sightings", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=HERE / "corpus" / "web")
    args = parser.parse_args()
    register = make(args.stripout, args.sightings, args.folder)
    print(register, (args.folder / "made.json").read_text())


if __name__ == "__main__":
    main()
