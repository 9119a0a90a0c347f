#!/usr/bin/env python3
"""Screens an invented FOI folder and holds what was found against what is in it; measures PDF pages and XLSX rows.

usage: documents.py [--stripout PATH] [--files 1000] [--folder DIR] [--out FILE] [--gate]

Goals: the folder of 1,000 mixed files into a register in at most 60 s on two cores; 200 PDF pages a second a core;
50,000 XLSX rows a second. A fact of the ledger is found when some sighting in its file, or in a member of it, names the maker.
"""
import argparse
import datetime
import json
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import record
from measure import Contender, contest, run_once
from papers import office
from papers.replies import Doc, Replies

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SECONDS, PAGES, ROWS = 60, 200, 50_000
MISSES_SHOWN = 40


def say(text):
    print(text, file=sys.stderr, flush=True)


def listed(stripout, what, register):
    out = subprocess.run([stripout, "list", what, "--json", "--register", register], capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def by_file(rows, folder):
    """Rows under the path of the file they come from; members count for their file."""
    found, prefix = {}, str(folder) + "/"
    for row in rows:
        _, _, inside = row["source"].partition(prefix)
        found.setdefault(inside.split("!")[0], []).append(row)
    return found


def check(ledger, rows):
    """(figures, misses, accusations): the ledger against the sightings."""
    makers = stances = counts = facts = numbers = 0
    misses, accusations = [], []
    for path, told in sorted(ledger["files"].items()):
        mine = rows.get(path, [])
        for fact in told:
            facts += 1
            same = [row for row in mine if row["maker"] == fact["maker"]]
            makers += bool(same)
            stance = any(row["stance"] == fact["stance"] for row in same)
            stances += stance
            count = True
            if fact["count"] is not None:
                numbers += 1
                count = any(row["count"] == fact["count"] for row in same)
                counts += count
            if not (same and stance and count):
                seen = "; ".join(f"{row['stance']} {row['count']}" for row in same) or "nothing"
                misses.append([path, f"{fact['maker']} {fact['stance']} {fact['count'] or ''}", seen])
        for row in mine:
            # A use that the paper does not state of this maker: the worst there is. Makers outside the ledger are not judged.
            uses = {fact["maker"] for fact in told if fact["stance"] == "has"}
            if row["stance"] == "has" and row["maker"] in ("hikvision", "dahua", "uniview") and row["maker"] not in uses:
                accusations.append([path, f"{row['maker']} has {row['count']}", row.get("excerpt", "")[:100]])
    share = lambda n, of: f"{n} of {of} ({n / of:.1%})" if of else "none"
    figures = {"makers found": share(makers, facts), "stances right": share(stances, facts), "counts right": share(counts, numbers)}
    return figures, misses, accusations


def by_kind(ledger, rows):
    """Facts and makers found by the suffix of the file."""
    table = {}
    for path, told in ledger["files"].items():
        files, facts, found = table.get(Path(path).suffix, (0, 0, 0))
        mine = {row["maker"] for row in rows.get(path, [])}
        table[Path(path).suffix] = (files + 1, facts + len(told), found + sum(fact["maker"] in mine for fact in told))
    return [[suffix, *numbers] for suffix, numbers in sorted(table.items())]


def long_pdf(target, pages):
    """One PDF of about that many pages: letter after letter."""
    replies, blocks = Replies(random.Random(3)), []
    for _ in range(pages * 2):
        blocks += replies.letter().blocks
    doc = Doc("All replies", "Sampleford Borough Council", datetime.date(2023, 1, 1), blocks)
    office.write([("pages.pdf", doc)], target)
    return target / "pages.pdf"


def pages_of(path):
    said = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout
    return int(next(line.split()[1] for line in said.splitlines() if line.startswith("Pages:")))


def folder_contest(args, stripout, goals, sections):
    target = args.folder or Path(tempfile.gettempdir()) / "stripout-bench-folder"
    ledger_file = target.with_name(target.name + ".ledger.json")
    if not ledger_file.exists():
        say(f"making {args.files} files in {target}")
        subprocess.run([sys.executable, str(HERE / "folder.py"), str(target), "--files", str(args.files)], check=True, stdout=sys.stderr)
    ledger = json.loads(ledger_file.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as home:
        register = f"{home}/bench.db"
        run = run_once(Contender("screen", [stripout, "screen", str(target), "--register", register, "--quiet"], accept=(0, 1)))
        if run.fault:
            sys.exit(f"error: the screen failed: {run.fault}")
        rows = by_file(listed(stripout, "sightings", register), target)
        problems = listed(stripout, "problems", register)
    files = len(ledger["files"])
    figures, misses, accusations = check(ledger, rows)
    goals.append((f"folder: seconds for {files} files", f"{run.wall:.1f}", f"at most {SECONDS * files / 1000:.0f}", run.wall <= SECONDS * files / 1000))
    goals.append(("folder: makers found", figures["makers found"], "shown", True))
    goals.append(("folder: stances right", figures["stances right"], "shown", True))
    goals.append(("folder: counts right", figures["counts right"], "shown", True))
    goals.append(("folder: uses that the paper does not state", str(len(accusations)), "none", not accusations))
    codes = {}
    for row in problems:
        codes[f"{row['severity']} {row['code']}"] = codes.get(f"{row['severity']} {row['code']}", 0) + 1
    made = ", ".join(f"{name}: {version}" for name, version in ledger["made_by"].items() if version)
    sections.append(("folder", f"{files} files made by {made}; left out: {', '.join(ledger['left_out']) or 'none'}. "
                     f"{run.cpu:.1f} CPU s, {run.rss_mib:.0f} MiB at most. Problems: {', '.join(f'{n} {c}' for c, n in sorted(codes.items())) or 'none'}.",
                     record.table(["kind", "files", "facts", "makers found"], by_kind(ledger, rows))))
    if misses:
        sections.append(("not as in the ledger", f"{len(misses)} facts.", record.table(["file", "ledger", "found"], misses[:MISSES_SHOWN])))
    if accusations:
        sections.append(("uses that the paper does not state", "", record.table(["file", "found", "excerpt"], accusations)))


def speed(stripout, goals, times):
    """One long PDF and one long workbook, each on one thread, without a store."""
    with tempfile.TemporaryDirectory() as home:
        home = Path(home)
        cases = []
        if office.office() and shutil.which("pdfinfo"):
            path = long_pdf(home, 400)
            cases.append((path, "PDF pages a second a core", pages_of(path), PAGES))
        # As payments are: one row in two hundred thousand names a maker.
        office.write([("rows.xlsx", Replies(random.Random(4)).spend(rows=200_000))], home)
        cases.append((home / "rows.xlsx", "XLSX rows a second", 200_000, ROWS))
        for path, what, units, least in cases:
            empty = home / f"small{path.suffix}"
            office.write([(empty.name, Replies(random.Random(5)).assets(rows=3) if path.suffix == ".xlsx" else Replies(random.Random(5)).other())], home)
            command = [stripout, "screen", "--dry-run", "--quiet", "--json", "--threads", "1"]
            results = contest(what, [path], [Contender("file", [*command, str(path)]), Contender("start of the program", [*command, str(empty)])], times, say)
            fault = next((it.fault for it in results.values() if it.fault), "")
            if fault:
                sys.exit(f"error: {what}: {fault}")
            # Loading the catalogue is no reading; CPU time counts the child process and, on one core, is what the goal speaks of.
            took = results["file"].cpu - results["start of the program"].cpu
            wall = results["file"].wall - results["start of the program"].wall
            rate = units / took
            goals.append((f"{what} ({units:,} in one file)", f"{rate:,.0f} ({wall:.2f} s of wall time)", f"at least {least:,}", rate >= least))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stripout", type=Path, default=ROOT / "target/release/stripout")
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--folder", type=Path, help="folder made by folder.py, kept from run to run")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--gate", action="store_true", help="exit 1 when a goal is missed")
    args = parser.parse_args()
    stripout = str(args.stripout.resolve())
    goals, sections = [], []
    before = record.load()
    folder_contest(args, stripout, goals, sections)
    speed(stripout, goals, args.times)
    shown = [(what, measured, wanted, "" if wanted == "shown" else "pass" if met else "MISS") for what, measured, wanted, met in goals]
    lines = [f"# Bench record of documents, {datetime.date.today().isoformat()}", "", f"Load average before: {before}; after: {record.load()}.", "",
             record.table(["goal", "measured", "wanted", ""], shown), ""]
    for title, note, text in sections:
        lines += [f"## {title}", "", note, "", text, ""]
    lines += ["## machine and versions", "", record.table(["what", "value"], record.machine()), ""]
    path = args.out or HERE / "record" / f"{datetime.date.today().isoformat()}-documents.md"
    path.write_text("\n".join(lines), encoding="utf-8")
    print(record.table(["goal", "measured", "wanted", ""], shown))
    print(f"written: {path}")
    return 1 if args.gate and any(row[3] == "MISS" for row in shown) else 0


if __name__ == "__main__":
    sys.exit(main())
