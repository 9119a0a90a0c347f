"""A small folder of evidence by invented bodies: one file of each kind that the program keeps in another way."""

import email.message
import gzip
import io
import random
import zipfile
from pathlib import Path

HEADER = "Body,Date,Supplier,Amount,Narrative\n"
MAKERS = ["Hikvision", "Dahua", "Uniview", "Axis"]


def rows(count: int, seed: int) -> str:
    chance = random.Random(seed)
    lines = [
        f"Sampleford District Council,2021-{n % 12 + 1:02}-{n % 28 + 1:02},Example Ltd,{seed}{n}.00,"
        f"{chance.randint(1, 9)} x {chance.choice(MAKERS)} dome camera order {seed}-{n}"
        for n in range(count)
    ]
    return HEADER + "\n".join(lines) + "\n"


def letter(number: int) -> str:
    return (
        f"Fictonbury Council\nReference {number}\n\nDear requester,\n\n"
        f"The council operates {number + 2} Hikvision cameras at depot {number}. We hold no Dahua cameras.\n"
    )


def mail(number: int) -> bytes:
    message = email.message.EmailMessage()
    message["From"] = "Exampleshire Council"
    message["Subject"] = f"Request {number}"
    message["Date"] = "Mon, 03 May 2021 10:00:00 +0000"
    message.set_content(letter(number))
    # Content-Transfer-Encoding and boundary must not differ from run to run.
    message.add_attachment(rows(5, number).encode(), maintype="text", subtype="csv", filename="answer.csv")
    message.set_boundary("boundary-of-the-sample")
    return message.as_bytes()


def archive(number: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in [("reply.txt", letter(number)), ("spend.csv", rows(20, number))]:
            packed.writestr(zipfile.ZipInfo(name), text)
    return out.getvalue()


def make(folder: Path, big: bool) -> list[Path]:
    """`big` adds a table of its own transaction and enough small files for more than one group."""
    folder.mkdir(parents=True)
    files: dict[str, bytes] = {
        "b-spend.csv": rows(40, 1).encode(),
        "c-reply.txt": letter(1).encode(),
        "d-notice.jsonl": b"".join(
            b'{"text": "%d Dahua cameras installed at site %d"}\n' % (n, n) for n in range(1, 20)
        ),
        "e-mail.eml": mail(2),
        "f-archive.zip": archive(3),
        "g-packed.csv.gz": gzip.compress(rows(30, 4).encode(), mtime=0),
        "h-second.txt": letter(5).encode(),
    }
    if big:
        # More kept rows than are held back for a group: written batch by batch in a transaction of its own.
        files["a-large.csv"] = rows(4_400, 6).encode()
        files |= {f"small-{n:03}.txt": letter(100 + n).encode() for n in range(205)}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return sorted(folder.iterdir())
