#!/usr/bin/env python3
"""Makes a folder as it lies on a campaigner's disk: replies, registers and mail of invented bodies in every format.

usage: folder.py FOLDER [--files 1000] [--seed 7]

Beside the folder stands FOLDER.ledger.json: for each file what it says (maker, stance, count), how many files there
are of each kind and which programs made them. The same seed gives the same texts; the bytes of office files and PDFs are
those of the LibreOffice at hand, which writes the time into them.
"""
import argparse
import csv
import html
import io
import json
import random
import shutil
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from papers import msg, office
from papers.replies import Book, Replies

# Of a thousand files. Letters come as text formats, registers as tables; mail carries either.
MIX = {
    "pdf": 260, "docx": 130, "odt": 30, "rtf": 30, "txt": 40, "html": 40,
    "xlsx": 120, "xls": 30, "ods": 20, "csv": 110, "eml": 130, "mbox": 10, "msg": 15, "zip": 35,
}
TABLES = {"xlsx", "xls", "ods", "csv"}
WRAPPED = {"eml", "mbox", "msg", "zip"}


def plain(doc):
    lines = []
    for kind, what in doc.blocks:
        lines += ["\t".join(row) for row in what] if kind == "table" else [what]
        lines.append("")
    return "\n".join(lines) + (f"\nNote: {doc.comment}\n" if doc.comment else "")


def page(doc):
    out = []
    for kind, what in doc.blocks:
        if kind == "table":
            rows = "".join("<tr>" + "".join(f"<td>{html.escape(it)}</td>" for it in row) + "</tr>" for row in what)
            out.append(f"<table>{rows}</table>")
        else:
            out.append(f"<{'h1' if kind == 'h' else 'p'}>{html.escape(what)}</{'h1' if kind == 'h' else 'p'}>")
    if doc.comment:
        out.append(f"<p>Note: {html.escape(doc.comment)}</p>")
    head = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Reply</title><style>p { margin: 1em }</style></head>'
    return f"{head}<body><nav><a href='/'>Home</a> <a href='/foi'>Requests</a></nav>{''.join(out)}</body></html>"


def comma_separated(book):
    out = io.StringIO()
    csv.writer(out).writerows(book.sheets[0][1])
    return out.getvalue()


def message(number, doc, attachments):
    """A reply by mail: the letter as text, papers attached, the question quoted below."""
    mail = EmailMessage()
    mail["From"] = f"{doc.body} <foi@body{number}.example>"
    mail["To"] = "requester@example.org"
    mail["Date"] = doc.date.strftime("%a, %d %b %Y 10:00:00 +0000")
    mail["Subject"] = f"RE: {doc.title}: request {number}"
    mail["Message-ID"] = f"<{number}@body{number}.example>"
    question = "\n".join(["", "-----Original Message-----", "From: requester@example.org", "Subject: Cameras", "", "> How many cameras do you have, and who made them?"])
    mail.set_content(plain(doc) + question)
    for name, data in attachments:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    # its own boundary, so that the same seed gives the same bytes
    if mail.is_multipart():
        mail.set_boundary(f"=_part_{number}")
    return mail


def archive(path, members):
    """As WhatDoTheyKnow packs a request: the correspondence, then what was attached to it."""
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        for name, data in members:
            file.writestr(ZipInfo(name, (2023, 3, 1, 9, 0, 0)), data, ZIP_DEFLATED)


class Folder:
    def __init__(self, target, files, seed):
        self.target, self.seed = target, seed
        self.chance = random.Random(seed)
        self.replies = Replies(self.chance)
        self.ledger = {}
        self.counts = shares(files)

    def paper(self, suffix):
        if suffix in TABLES:
            return self.replies.book()
        # a margin note exists only where the format has one
        return self.replies.noted() if suffix in ("docx", "odt") and self.chance.random() < 0.06 else self.replies.letter()

    def note(self, path, *papers):
        self.ledger[path] = [vars(fact) for paper in papers for fact in paper.facts]

    def make(self):
        files, inside = [], []  # (path, paper)
        plan = []  # wrapped files: (path, letter, attached names)
        for suffix, count in self.counts.items():
            for n in range(count):
                body = f"{n % 40:02}"
                path = f"{body}/{suffix}-{n:03} reply.{suffix}"
                if suffix not in WRAPPED:
                    paper = self.paper(suffix)
                    files.append((path, paper))
                    self.note(path, paper)
                    continue
                letter, held = self.replies.letter(), []
                for k in range(self.chance.choice([0, 1, 1, 2]) if suffix != "mbox" else 0):
                    kind = self.chance.choice(["pdf", "docx", "xlsx", "csv"])
                    if not office.office() and kind not in office.WITHOUT | {"csv"}:
                        kind = "csv"
                    held.append((f"{suffix}-{n:03}-{k}.{kind}", self.paper(kind)))
                extra = [self.replies.letter() for _ in range(3)] if suffix == "mbox" else []
                inside += held
                plan.append((path, letter, held, extra))
                self.note(path, letter, *(paper for _, paper in held), *extra)
        work = self.target.with_name(self.target.name + ".parts")
        for place in (self.target, work):
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir(parents=True)
        left_out = self.write(files, self.target) | self.write(inside, work)
        for n, (path, letter, held, extra) in enumerate(plan):
            target = self.target / path
            target.parent.mkdir(exist_ok=True)
            parts = [(name, (work / name).read_bytes()) for name, _ in held]
            self.wrap(target, 5000 + 10 * n, letter, parts, extra)
        shutil.rmtree(work)
        for path in [path for path in self.ledger if not (self.target / path).exists()]:
            del self.ledger[path]
        return left_out

    def write(self, papers, folder):
        by_hand = {"txt": plain, "html": page, "csv": comma_separated}
        for path, paper in papers:
            writer = by_hand.get(path.rsplit(".", 1)[1])
            if writer:
                target = folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(writer(paper), encoding="utf-8", newline="\r\n" if isinstance(paper, Book) else None)
        return office.write([it for it in papers if it[0].rsplit(".", 1)[1] not in by_hand], folder)

    def wrap(self, target, number, letter, parts, extra):
        suffix = target.suffix[1:]
        mail = message(number, letter, parts)
        if suffix == "eml":
            target.write_bytes(mail.as_bytes())
        elif suffix == "mbox":
            mails = [mail, *(message(number + k + 1, it, []) for k, it in enumerate(extra))]
            target.write_bytes(b"".join(b"From foi@body.example Wed Mar  1 10:00:00 2023\n" + it.as_bytes() + b"\n" for it in mails))
        elif suffix == "msg":
            target.write_bytes(msg.message(mail["Subject"], mail["From"], mail["To"], plain(letter), parts))
        else:
            folder = f"foi_request_{number}"
            archive(target, [(f"{folder}/correspondence.txt", plain(letter)), *((f"{folder}/attachments/2/{name}", data) for name, data in parts)])


def shares(files):
    counts = {suffix: files * share // sum(MIX.values()) for suffix, share in MIX.items()}
    counts["pdf"] += files - sum(counts.values())
    return counts


def makers_of():
    made = {"LibreOffice": None, "Python": sys.version.split()[0]}
    program = office.office()
    if program:
        made["LibreOffice"] = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    return made


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    folder = Folder(args.folder, args.files, args.seed)
    left_out = folder.make()
    kinds = {}
    for path in folder.ledger:
        kinds[path.rsplit(".", 1)[1]] = kinds.get(path.rsplit(".", 1)[1], 0) + 1
    ledger = {"seed": args.seed, "made_by": makers_of(), "left_out": sorted(left_out), "kinds": kinds, "files": folder.ledger}
    args.folder.with_name(args.folder.name + ".ledger.json").write_text(json.dumps(ledger, indent=1), encoding="utf-8")
    facts = sum(len(it) for it in folder.ledger.values())
    print(f"{len(folder.ledger)} files, {facts} facts; by {', '.join(f'{k} {v}' for k, v in ledger['made_by'].items())}; left out: {', '.join(sorted(left_out)) or 'none'}")


if __name__ == "__main__":
    main()
