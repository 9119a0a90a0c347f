"""Damage to any sound bytes, whatever they are. Each is told a source of chance and gives other bytes."""

import re
import struct

# Numbers at which a length or a count turns into something else.
EDGES = [0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF]
WORDS = ["-1", "0", "00", "1e400", "-0", "4294967295", "4294967296", "9223372036854775807", "18446744073709551616", "1" * 400, "NaN", "0x10"]
TOKENS = [b"\0", b"\0" * 600, b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xed\xa0\x80", b"\xc0\xae\xc0\xae\xc0\xaf", b"\xf4\x90\x80\x80",
          b"\r", b"\n" * 2000, b'"', b"%s%n", b"\x1b[2J\x1b]0;x\x07", "\u202e".encode(), b"../" * 40, b"A" * 70_000, b"\x1a", b"<![CDATA[", b"]]>", b"-->"]


def place(chance, data):
    """Somewhere in the bytes, the ends more often than the middle."""
    if not data:
        return 0
    near = chance.choice([64, 512, len(data)])
    at = chance.randrange(min(near, len(data)))
    return at if chance.random() < 0.6 else len(data) - 1 - at


def cut(chance, data):
    return data[:place(chance, data)]


def headless(chance, data):
    return data[place(chance, data):]


def flipped(chance, data):
    data = bytearray(data)
    for _ in range(chance.choice([1, 3, 20, 200])):
        if data:
            data[place(chance, data)] ^= 1 << chance.randrange(8)
    return bytes(data)


def overwritten(chance, data):
    """A run of one byte, or of noise."""
    at, length = place(chance, data), chance.choice([1, 4, 16, 300, 5000])
    run = chance.randbytes(length) if chance.random() < 0.5 else bytes([chance.choice([0, 0xFF, 0x20, 0x41])]) * length
    return data[:at] + run + data[at + length:]


def without(chance, data):
    at = place(chance, data)
    return data[:at] + data[at + chance.choice([1, 2, 7, 64, 1000]):]


def repeated(chance, data):
    at, length = place(chance, data), chance.choice([3, 40, 512, 4096])
    return data[:at] + data[at:at + length] * chance.choice([2, 20, 300]) + data[at:]


def swapped(chance, data):
    first, second = sorted((place(chance, data), place(chance, data)))
    length = min(chance.choice([4, 64, 512]), second - first)
    return data[:first] + data[second:second + length] + data[first + length:second] + data[first:first + length] + data[second + length:]


def inserted(chance, data):
    at = place(chance, data)
    return data[:at] + chance.choice(TOKENS) + data[at:]


def lying(chance, data):
    """Numbers in the bytes that are somebody's lengths and counts, taken to the edges."""
    data = bytearray(data)
    for _ in range(chance.choice([1, 1, 4, 12])):
        width, code = chance.choice([(2, "<H"), (4, "<I"), (2, ">H"), (4, ">I")])
        if len(data) > width:
            at = min(place(chance, data), len(data) - width)
            limit = (1 << (8 * width)) - 1
            data[at:at + width] = struct.pack(code, chance.choice(EDGES) & limit)
    return bytes(data)


def renumbered(chance, data):
    """Numbers that stand there as digits."""
    found = list(re.finditer(rb"\d+", data))
    for match in sorted(chance.sample(found, min(len(found), chance.choice([1, 2, 8]))), key=lambda it: -it.start()):
        data = data[:match.start()] + chance.choice(WORDS).encode() + data[match.end():]
    return data


def noise_after_head(chance, data):
    return data[:chance.choice([2, 4, 8, 16, 64, 300])] + chance.randbytes(chance.choice([0, 10, 1000, 20_000]))


def followed(chance, data):
    return data + chance.choice([b"\0" * 1024, chance.randbytes(700), data, data[::-1], b"\n" * 5000])


def preceded(chance, data):
    return chance.choice([b"\0", b"\n\n", b"\xef\xbb\xbf", b"\xff\xfe", chance.randbytes(9), b"MZ", b"x" * 2000]) + data


BYTES = [cut, cut, headless, flipped, flipped, overwritten, without, repeated, swapped, inserted, lying, lying, renumbered, noise_after_head, followed, preceded]


def some(chance, data):
    """One to three kinds of damage, one after the other."""
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        data = chance.choice(BYTES)(chance, data)
    return data


# --- XML, and what looks like it: the damage knows of tags ---

ENTITIES = [
    b'<!DOCTYPE x [<!ENTITY a "0123456789"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
    b'<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;">]>',
    b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
    b'<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:9/x">]>',
    b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    b'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>',
    b'<!DOCTYPE x [<!ENTITY e "&e;">]>',
    b"<!DOCTYPE x [" + b'<!ATTLIST x y CDATA "z">' * 500 + b"]>",
]


def with_entities(chance, data):
    head = re.match(rb"\s*<\?xml[^>]*\?>", data)
    at = head.end() if head else 0
    body = data[at:]
    tags = list(re.finditer(rb">(?=[^<])", body))
    if tags:
        where = chance.choice(tags).end()
        body = body[:where] + b"&e;" * chance.choice([1, 1, 2000]) + body[where:]
    return data[:at] + chance.choice(ENTITIES) + body


def deepened(chance, data):
    """One of its own elements, thousands of times in itself, closed or not."""
    tags = list(re.finditer(rb"<([A-Za-z][\w:.-]*)[^<>/]*>", data))
    if not tags:
        return data
    tag = chance.choice(tags)
    depth = chance.choice([100, 300, 5_000, 30_000])
    closing = (b"</" + tag[1] + b">") * depth if chance.random() < 0.5 else b""
    return data[:tag.end()] + tag[0] * depth + closing + data[tag.end():]


def repeated_element(chance, data):
    found = list(re.finditer(rb"<([A-Za-z][\w:.-]*)[^<>]*>[^<]*</\1>|<[A-Za-z][^<>]*/>", data))
    if not found:
        return data
    one = chance.choice(found)
    return data[:one.end()] + one[0] * chance.choice([2, 100, 5_000]) + data[one.end():]


def unclosed(chance, data):
    found = list(re.finditer(rb"</[^>]*>|/>|\"", data))
    for match in sorted(chance.sample(found, min(len(found), chance.choice([1, 3, 30]))), key=lambda it: -it.start()):
        data = data[:match.start()] + data[match.end():]
    return data


def crossed(chance, data):
    """Closing tags change places."""
    found = list(re.finditer(rb"</[^>]*>", data))
    if len(found) < 2:
        return data
    first, second = sorted(chance.sample(found, 2), key=lambda it: it.start())
    return data[:first.start()] + second[0] + data[first.end():second.start()] + first[0] + data[second.end():]


def other_attributes(chance, data):
    """Values taken to the edges, given twice, or given a thousand times under new names."""
    found = list(re.finditer(rb'(\s[\w:.-]+)="[^"<]*"', data))
    if not found:
        return data
    match = chance.choice(found)
    value = chance.choice([*(word.encode() for word in WORDS), b"", b"A" * 100_000, b"&#x110000;", b"&#0;", b"../../../etc/hostname", b"file:///etc/hostname", "\u202etxt".encode()])
    new = match[1] + b'="' + value + b'"'
    new = chance.choice([new, match[0] + match[0], match[0] + b"".join(b' a%d="x"' % n for n in range(5_000)), new])
    return data[:match.start()] + new + data[match.end():]


def other_text(chance, data):
    found = list(re.finditer(rb">[^<]+<", data))
    if not found:
        return data
    match = chance.choice(found)
    text = chance.choice([b"&#x0;", b"&#xD800;", b"&nosuch;", b"&amp" * 400, b"\x01\x02\x08", b"\xff\xfe\xfd", b"A" * 1_200_000, "e\u0301\u0300".encode() * 3_000,
                          b"<![CDATA[" + b"x" * 50, b"<!--" + b"-" * 5_000, b"<?x " * 3_000, b"1e400", b"99999999", b"=1+1"])
    return data[:match.start() + 1] + text + data[match.end() - 1:]


def recoded(chance, data):
    """Another encoding than the one that is declared."""
    text = data.decode("utf-8", "replace")
    return chance.choice([
        lambda: text.encode("utf-16"), lambda: text.encode("utf-16-be"), lambda: text.encode("utf-32"), lambda: b"\xef\xbb\xbf" * 2 + data,
        lambda: re.sub(rb'encoding="[^"]*"', b'encoding="' + chance.choice([b"utf-7", b"utf-16", b"ebcdic-cp-us", b"x" * 3_000, b"gb18030"]) + b'"', data, count=1),
        lambda: text.encode("cp500", "replace"),
    ])()


MARKUP = [with_entities, deepened, repeated_element, unclosed, crossed, other_attributes, other_attributes, other_text, other_text, recoded, cut, flipped, inserted, overwritten]


def markup(chance, data):
    for _ in range(chance.choice([1, 1, 2, 4])):
        data = chance.choice(MARKUP)(chance, data)
    return data
