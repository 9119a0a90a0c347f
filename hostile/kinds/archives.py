"""ZIP, TAR, 7z and the packers of one stream."""

import bz2
import gzip
import io
import lzma
import re
import struct
import tarfile
import zipfile
import zlib

from damage import EDGES, lying, some
from kinds import delimited, mail, markup, objects, portable
from kinds.office import packed
from originals import fixtures
from words import sentence

SHARE = 11
INSIDE = [delimited.damaged, objects.damaged, markup.damaged_page, mail.damaged, portable.damaged]
OUTSIDE = ["../../../etc/cron.d/x.csv", "/etc/hostname", "C:\\x.csv", "..\\..\\x.csv", "a/../../b.csv", "\\\\127.0.0.1\\x\\y.csv", "a\x00.csv", "\x1b[2J.csv", "\u202evsc.x", "a" * 3_000 + ".csv", "", ".", "..", "con.csv", "a!b.csv", "x/" * 400 + "y.csv", " .csv", "a\nb.csv", "~/x.csv", "$HOME/x.csv"]


def table(n=0):
    return b"Body,Date,Narrative\nFictonbury,2021-05-03,%d Hikvision cameras\n" % (n + 2)


def members(chance, count=5):
    out = []
    for n in range(count):
        suffix, data = chance.choice(INSIDE)(chance)
        out.append((f"{n}.{suffix}", data[:60_000]) if chance.random() < 0.5 else (f"{n}.csv", table(n)))
    return out


def damaged_zip(chance):
    return "zip", chance.choice([some, lying])(chance, packed(members(chance), chance.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])))


def records(chance):
    """Fields of local headers, of the directory and of its end, each to the edges."""
    data = bytearray(packed(members(chance, 3)))
    sign, fields = chance.choice([(b"PK\x03\x04", [4, 6, 8, 14, 18, 22, 26, 28]), (b"PK\x01\x02", [6, 8, 10, 16, 20, 24, 28, 30, 32, 34, 38, 42]), (b"PK\x05\x06", [4, 6, 8, 10, 12, 16, 20])])
    places = [match.start() for match in re.finditer(re.escape(sign), data)]
    for _ in range(chance.choice([1, 2, 4])):
        at = chance.choice(places) + chance.choice(fields)
        width = chance.choice([2, 4])
        data[at:at + width] = struct.pack("<H" if width == 2 else "<I", chance.choice(EDGES) & ((1 << 8 * width) - 1))
    return "zip", bytes(data)


def names(chance):
    chosen = chance.sample(OUTSIDE, 8) + ["dup.csv", "dup.csv", "DUP.csv", "d/", "d/", "d"]
    return "zip", packed([(name or "x", table(n)) for n, name in enumerate(chosen)])


def links(chance):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for n, target in enumerate(["/etc/hostname", "../../x", "a.csv", "link1"]):
            info = zipfile.ZipInfo(f"link{n}.csv", (2021, 5, 3, 0, 0, 0))
            info.create_system, info.external_attr = 3, (0o120777 if chance.random() < 0.8 else 0o060777) << 16
            file.writestr(info, target)
        file.writestr(zipfile.ZipInfo("a.csv"), table())
    return "zip", out.getvalue()


def bomb(chance):
    size = chance.choice([4 << 20, 30 << 20, 80 << 20])
    unit = chance.choice([b"\0", b"a,b,c\n", b"Body,Hikvision\n", b"[", b'{"a":1}\n', b" ", b"<p>"])
    data = (unit * (size // len(unit) + 1))[:size]
    name = chance.choice(["a.csv", "a.json", "a.txt", "a.xml", "a.html", "a"])
    return chance.choice([
        lambda: ("zip", packed([(name, data), ("b.csv", table())])), lambda: (name + ".gz", gzip.compress(data, mtime=0)), lambda: (name + ".xz", lzma.compress(data, preset=1)),
        lambda: ("zip", packed([("inner.zip", packed([(name, data)]))])), lambda: ("gz", gzip.compress(gzip.compress(data, mtime=0), mtime=0)), lambda: ("tar.gz", gzip.compress(tarred([(name, data)]), mtime=0)),
        lambda: (name + ".zst", zstandard([("run", unit[0], 128 << 10)] * (size >> 17))), lambda: ("zip", packed([(f"{n}.csv", data[:1 << 20]) for n in range(40)])),
    ])()


def overlapping(chance):
    """Entries of the directory that all point at one member."""
    data = packed([("0.csv", table() * 3_000)])
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    count = chance.choice([2, 500, 9_999])
    entries = b"".join(data[start:end].replace(b"0.csv", b"%05d" % n) for n in range(count))
    body = data[:start]
    return "zip", body + entries + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(entries), len(body), 0)


def nested(chance):
    data, name = table(), "a.csv"
    for n in range(chance.choice([2, 3, 4, 12])):
        kind = chance.choice(["zip", "gz", "tar", "xz", "bz2", "docx"])
        data, name = {
            "zip": lambda: packed([(name, data)]), "gz": lambda: gzip.compress(data, mtime=0), "tar": lambda: tarred([(name, data)]), "xz": lambda: lzma.compress(data), "bz2": lambda: bz2.compress(data),
            "docx": lambda: packed([("[Content_Types].xml", "<Types/>"), (f"word/{name}", data)]),
        }[kind](), f"{n}.{kind}"
    return name.split(".")[-1], data


def many(chance):
    count = chance.choice([999, 9_999, 10_001, 30_000])
    return "zip", packed([(f"{n}.csv", b"" if chance.random() < 0.3 else b"a,b\n1,Dahua\n") for n in range(count)], zipfile.ZIP_STORED)


def around(chance):
    data = packed(members(chance, 2))
    return "zip", chance.choice([lambda: b"MZ" + chance.randbytes(3_000) + data, lambda: data + chance.randbytes(70_000), lambda: data[:-2] + struct.pack("<H", 60_000) + data * 2, lambda: data + data, lambda: data[data.index(b"PK\x01\x02"):], lambda: data[:data.index(b"PK\x01\x02")], lambda: data[:-2] + struct.pack("<H", 22) + b"PK\x05\x06" + bytes(18), lambda: b"PK\x05\x06" + bytes(18), lambda: b"PK00" + data, lambda: b"PK\x07\x08" + data])()


def tarred(some_members, form=tarfile.GNU_FORMAT):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as file:
        for name, data in some_members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            file.addfile(info, io.BytesIO(data))
    return out.getvalue()


def damaged_tar(chance):
    return "tar", some(chance, tarred(members(chance), chance.choice([tarfile.GNU_FORMAT, tarfile.PAX_FORMAT, tarfile.USTAR_FORMAT])))


def block(name, size, kind, link=b"", size_field=None):
    head = bytearray(512)
    head[:len(name[:100])] = name[:100]
    head[100:108], head[124:136], head[156:157] = b"0000644\0", size_field or b"%011o\0" % size, kind
    head[157:157 + len(link[:100])] = link[:100]
    head[257:265] = b"ustar  \0"
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head)


def odd_tar(chance):
    """Links, devices, sizes that lie, long names of gigabytes, heads of pax without sense; the sums are right."""
    out = b""
    for n in range(chance.choice([1, 6, 40])):
        data = table(n).ljust(512, b"\0")
        out += chance.choice([
            lambda: block(b"%d.csv" % n, len(table(n)), b"0") + data, lambda: block(b"l.csv", 0, b"2", b"/etc/hostname"), lambda: block(b"h.csv", 0, b"1", b"../../x"), lambda: block(b"d", 0, b"3"), lambda: block(b"f", 0, b"6"),
            lambda: block(b"a.csv", 0, b"0", size_field=b"\x80" + b"\0" * 3 + b"\x7f" * 8) + data, lambda: block(b"a.csv", 0, b"0", size_field=b"\xff" * 12) + data, lambda: block(b"a.csv", 0, b"0", size_field=b"77777777777\0") + data, lambda: block(b"a.csv", 0, b"0", size_field=b"zzzzzzzzzzz\0"),
            lambda: block(b"././@LongLink", chance.choice([9, 600, 8_000_000_000]), b"L") + b"../x.csv".ljust(512, b"\0"), lambda: block(b"././@LongLink", 9, b"K") + b"../../x".ljust(512, b"\0"),
            lambda: block(b"p", 512, b"x") + chance.choice([b"30 path=../../../x.csv\n", b"99999999999 path=x\n", b"12 size=-5\n", b"25 size=99999999999999\n", b"0 \n", b"x" * 500]).ljust(512, b"\0"), lambda: block(b"g", 512, b"g") + b"19 path=global.csv\n".ljust(512, b"\0"),
            lambda: block(b"s.csv", 512, b"S") + data, lambda: block(chance.choice(OUTSIDE).encode("utf-8", "replace"), len(table(n)), b"0") + data, lambda: block(b"\xff\xfe.csv", len(table(n)), b"0") + data, lambda: bytes(512), lambda: block(b"v", 0, b"V"), lambda: block(b"a.csv", len(table(n)), b"7") + data,
        ])()
    return "tar", out + bytes(chance.choice([0, 1024, 10_240]))


def damaged_stream(chance):
    suffix, data = chance.choice([delimited.damaged, objects.damaged, delimited.long_cell])(chance)
    data = data[:300_000]
    pack, ending = chance.choice([(lambda it: gzip.compress(it, mtime=0), "gz"), (lzma.compress, "xz"), (bz2.compress, "bz2"), (lambda it: lzma.compress(it, format=lzma.FORMAT_ALONE), "lzma"), (zlib.compress, "gz"), (lambda it: zstandard([("raw", it[:100_000])]), "zst")])
    return f"{suffix}.{ending}", some(chance, pack(data)) if chance.random() < 0.8 else pack(data)


def odd_gzip(chance):
    data = gzip.compress(table() * 20, mtime=0)
    return "csv.gz", chance.choice([
        lambda: data * chance.choice([2, 900]), lambda: data[:-8] + chance.randbytes(8), lambda: data[:-4] + b"\xff" * 4, lambda: data + chance.randbytes(50), lambda: data + bytes(9_000), lambda: data[:3] + bytes([chance.choice([1, 2, 4, 8, 16, 31, 0xE0])]) + data[4:],
        lambda: data[:3] + b"\x08" + data[4:10] + b"../../x.csv" * 9_000 + b"\0" + data[10:], lambda: data[:3] + b"\x04" + data[4:10] + b"\xff\xff" + data[10:], lambda: data[:10], lambda: gzip.compress(b"", mtime=0) * 5_000, lambda: data[:2] + b"\x09" + data[3:],
    ])()


def zstandard(blocks):
    """A frame of raw blocks and of blocks that repeat one byte."""
    out = b"\x28\xb5\x2f\xfd\x00\x58"
    for n, one in enumerate(blocks):
        last = n == len(blocks) - 1
        if one[0] == "raw":
            for at in range(0, max(len(one[1]), 1), 100_000):
                piece = one[1][at:at + 100_000]
                out += (len(piece) << 3 | int(last and at + 100_000 >= len(one[1]))).to_bytes(3, "little") + piece
        else:
            out += (one[2] << 3 | 2 | last).to_bytes(3, "little") + bytes([one[1]])
    return out


def odd_zstandard(chance):
    data = zstandard([("raw", table() * 20)])
    return "csv.zst", chance.choice([lambda: data * 50, lambda: b"\x50\x2a\x4d\x18" + struct.pack("<I", chance.choice([4, 99999999])) + b"skip" + data, lambda: data[:4] + bytes([chance.randrange(256)]) + data[5:], lambda: data[:5] + b"\xff" + data[6:], lambda: data + chance.randbytes(90), lambda: data[:-chance.randrange(1, 90)], lambda: data[:4] + b"\xa4" + b"\xff" * 4 + data[6:]])()


def seven(chance):
    suffix, data = chance.choice(fixtures("archive/*.7z"))
    damage = chance.choice([some, lying])(chance, data)
    if chance.random() < 0.6 and len(damage) > 40 and damage[:2] == b"7z":
        # The sums of its head are right again, so that what it says is believed.
        size = int.from_bytes(damage[20:28], "little")
        at = 32 + int.from_bytes(damage[12:20], "little")
        tail = damage[at:at + size] if at < len(damage) else b""
        damage = damage[:28] + struct.pack("<I", zlib.crc32(tail)) + damage[32:]
        damage = damage[:8] + struct.pack("<I", zlib.crc32(damage[12:32])) + damage[12:]
    return suffix, damage


def fixture(chance):
    suffix, data = chance.choice(fixtures("archive/*.zip", "archive/*.tar", "archive/*.tar.gz", "archive/*.xz"))
    return suffix, some(chance, data)


RECIPES = [damaged_zip, damaged_zip, records, records, names, links, bomb, bomb, overlapping, nested, nested, many, around, damaged_tar, damaged_tar, odd_tar, odd_tar, damaged_stream, damaged_stream, odd_gzip, odd_zstandard, seven, seven, fixture]
