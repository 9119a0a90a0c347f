"""Files that are two things, or none of what they say: two formats at once, a wrong ending, noise after a right beginning."""

import base64

from damage import noise_after_head
from kinds import archives, captures, delimited, mail, markup, objects, office, portable, sheets, strings
from words import sentence

SHARE = 6
SOUND = {
    "csv": lambda chance: delimited.original(chance).encode(), "json": lambda chance: b'{"text":"' + sentence(chance).encode() + b'"}', "html": lambda chance: markup.page(chance).encode("utf-8", "surrogatepass"),
    "eml": lambda chance: mail.coded(mail.original(chance)), "pdf": portable.original, "docx": lambda chance: office.packed(office.word(chance)), "xlsx": lambda chance: office.packed(sheets.excel(chance)),
    "ods": lambda chance: office.packed(sheets.open_sheets(chance)), "rtf": lambda chance: office.rich(chance).encode(), "zip": lambda chance: office.packed(archives.members(chance, 2)), "msg": mail.outlook,
    "tar": lambda chance: archives.tarred(archives.members(chance, 2)),
}
ENDINGS = [*SOUND, "xls", "xlsb", "mbox", "7z", "gz", "zst", "xz", "tsv", "jsonl", "txt", "doc", "ppt", "exe", "png", "xml", "", "CSV", "csv.exe", "pdf.csv", "csv.gz"]
MAGIC = [b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf1", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08\x00", b"\x28\xb5\x2f\xfd", b"\xfd7zXZ\x00", b"BZh9", b"From x\n", b"<!doctype html>", b"<?xml version=\"1.0\"?>", b"{\"a\":[", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"MZ", b"\x7fELF", b"SQLite format 3\0", b"PAR1", b"Received: from x\n", b"Rar!\x1a\x07\x01\x00", b"II*\x00", b"%!PS-Adobe", b"OggS", b"\x00asm"]
OTHERS = [delimited, objects, strings, markup, mail, office, sheets, portable, archives, captures]


def two(chance):
    """One after the other; readers disagree about which of them it is."""
    first, second = chance.sample(list(SOUND), 2)
    return chance.choice([first, second]), SOUND[first](chance) + chance.choice([b"", b"\n", bytes(600)]) + SOUND[second](chance)


def misnamed(chance):
    kind = chance.choice(list(SOUND))
    return chance.choice([it for it in ENDINGS if it != kind]), SOUND[kind](chance)


def noise_after_magic(chance):
    return chance.choice(ENDINGS), chance.choice(MAGIC) + chance.choice([b"", chance.randbytes(chance.choice([3, 50, 3_000, 200_000])), bytes(5_000), sentence(chance).encode() * 30])


def noise_after_beginning(chance):
    kind = chance.choice(list(SOUND))
    return kind, noise_after_head(chance, SOUND[kind](chance))


def attached(chance):
    """Something hostile of another kind, attached to a message, or in an archive."""
    suffix, data = chance.choice(chance.choice(OTHERS).RECIPES)(chance)
    data = data[:400_000]
    kind, body = mail.multipart([f"Content-Type: text/plain{mail.LINE * 2}{sentence(chance)}", mail.attachment(f"x.{suffix}", data)])
    return chance.choice([lambda: ("eml", mail.coded(mail.head(chance, kind) + body)), lambda: ("zip", office.packed([("a.csv", archives.table()), (f"x.{suffix}", data)])), lambda: ("tar", archives.tarred([(f"x.{suffix}", data), ("a.csv", archives.table())]))])()


def inside_text(chance):
    data = base64.b64encode(SOUND[chance.choice(list(SOUND))](chance))
    return chance.choice(["txt", "csv", "json"]), chance.choice([data, b"data:application/pdf;base64," + data, b'{"a":"' + data + b'"}', sentence(chance).encode() + b"\n" + data])


RECIPES = [two, two, misnamed, misnamed, noise_after_magic, noise_after_magic, noise_after_beginning, attached, attached, attached, inside_text]
