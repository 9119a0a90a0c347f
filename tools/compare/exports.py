#!/usr/bin/env python3
"""Are the downloads of the web register what their formats' own libraries expect? Prints what each found.

usage: tools/compare/exports.py [--stripout PATH]

Needs followthemoney, frictionless, geojson, bibtexparser and openapi-spec-validator from PyPI; `make compare` does not run it, as
followthemoney builds a library for Unicode from its source.
"""
import argparse
import json
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import bibtexparser
import frictionless
import geojson
from followthemoney import model
from openapi_spec_validator import validate

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 60


def fetch(base, name):
    with urllib.request.urlopen(f"{base}/{name}", timeout=SECONDS) as answer:
        return answer.read()


def started(stripout, register):
    """A server on a free port; its process and address."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    child = subprocess.Popen([stripout, "serve", "--register", register, "--listen", f"127.0.0.1:{port}", "--quiet"])
    base = f"http://127.0.0.1:{port}"
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and child.poll() is None:
        try:
            fetch(base, "data")
            return child, base
        except OSError:
            time.sleep(0.1)
    child.kill()
    sys.exit("error: the server did not answer")


def faults(base, folder):
    """(format, what was read, faults) for each."""
    package = json.loads(fetch(base, "datapackage.json"))
    for resource in package["resources"]:
        (folder / resource["path"]).write_bytes(fetch(base, resource["path"]))
    (folder / "datapackage.json").write_text(json.dumps(package))
    report = frictionless.validate(str(folder / "datapackage.json"))
    yield "data package (frictionless)", f"{len(package['resources'])} resources", [error.message for task in report.tasks for error in task.errors] + [error.message for error in report.errors]
    places = geojson.loads((folder / "findings.geojson").read_text())
    yield "GeoJSON (geojson)", f"{len(places.features)} features", [str(feature.id) for feature in places.features if feature.geometry is not None and not feature.geometry.is_valid]
    wrong, count = [], 0
    for line in (folder / "entities.ftm.json").read_text().splitlines():
        entity = json.loads(line)
        try:
            model.get(entity["schema"]).validate(entity)
            proxy = model.get_proxy(entity)
            kept = sum(len(values) for values in proxy.to_dict()["properties"].values())
            stated = sum(len(values) for values in entity["properties"].values())
            wrong += [] if kept == stated else [f"{entity['id']}: {stated - kept} values refused"]
        except Exception as error:  # of whichever sort: the line is not as the schema has it
            wrong.append(f"{entity['id']}: {error}")
        count += 1
    yield "FollowTheMoney (followthemoney)", f"{count} entities", wrong
    findings = [json.loads(line) for line in (folder / "findings.jsonl").read_text().splitlines()]
    wrong = []
    for name in [f"findings/{urllib.request.quote(row['id'])}.bib" for row in findings] + [f"bodies/{row['body']}.bib" for row in findings]:
        library = bibtexparser.loads(fetch(base, name).decode()) if hasattr(bibtexparser, "loads") else bibtexparser.parse_string(fetch(base, name).decode())
        wrong += [] if len(library.entries) == 1 else [name]
    yield "BibTeX (bibtexparser)", f"{2 * len(findings)} entries", wrong
    try:
        described = json.loads(fetch(base, "api/v1/openapi.json"))
        validate(described)
        wrong = []
    except Exception as error:  # likewise
        wrong = [str(error)]
    yield "OpenAPI (openapi-spec-validator)", f"{len(described['paths'])} paths", wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stripout", type=Path, default=ROOT / "target/release/stripout")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        register = folder / "register.db"
        screen = subprocess.run([args.stripout, "screen", ROOT / "examples/evidence", "--register", register, "--quiet"], stdout=subprocess.DEVNULL)
        if screen.returncode not in (0, 1):
            sys.exit(screen.returncode)
        child, base = started(args.stripout, register)
        bad = 0
        try:
            for name, read, wrong in faults(base, folder):
                print(f"{'FAULT' if wrong else 'ok':5} {name}: {read}")
                for fault in wrong[:10]:
                    print(f"      {fault}")
                bad += bool(wrong)
        finally:
            child.terminate()
            child.wait()
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
