"""Outlook's message format: a compound file whose streams are the properties ([MS-OXMSG], [MS-CFB]).

Python has no writer for it, so this one makes the least that is valid: version 3, everything below 4,096 bytes in the
mini stream, sibling trees balanced and black.
"""
import struct

SECTOR, MINI, CUTOFF = 512, 64, 4096
END, FREE, FAT, NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
STORAGE, STREAM, ROOT = 1, 2, 5


def message(subject, sender, to, text, attachments):
    root = {name: value.encode("utf-16-le") for name, value in (
        ("__substg1.0_001A001F", "IPM.Note"), ("__substg1.0_0037001F", subject), ("__substg1.0_0C1A001F", sender),
        ("__substg1.0_0E04001F", to), ("__substg1.0_1000001F", text),
    )}
    root["__properties_version1.0"] = struct.pack("<8xIIII8x", 0, len(attachments), 0, len(attachments)) + properties(root)
    root["__nameid_version1.0"] = {f"__substg1.0_000{n}0102": b"" for n in (2, 3, 4)}
    for n, (name, data) in enumerate(attachments):
        inner = {"__substg1.0_3707001F": name.encode("utf-16-le"), "__substg1.0_37010102": data}
        inner["__properties_version1.0"] = bytes(8) + properties(inner) + struct.pack("<IIII", 0x37050003, 6, 1, 0)
        root[f"__attach_version1.0_#{n:08X}"] = inner
    return compound(root)


def properties(streams):
    rows = []
    for name, data in streams.items():
        if isinstance(data, bytes) and name.startswith("__substg"):
            tag = int(name[-8:], 16)
            rows.append(struct.pack("<IIII", tag, 6, len(data) + (2 if tag & 0xFFFF == 0x1F else 0), 0))
    return b"".join(rows)


def compound(tree):
    entries = []  # [name, kind, data, left, right, child]

    def place(name, kind, content):
        at = len(entries)
        entries.append([name, kind, content if kind == STREAM else b"", NONE, NONE, NONE])
        if kind != STREAM:
            # as the format orders them: shorter names first, then by upper case
            children = sorted(content, key=lambda it: (len(it), it.upper()))
            entries[at][5] = balanced([place(it, STREAM if isinstance(content[it], bytes) else STORAGE, content[it]) for it in children])
        return at

    def balanced(ids):
        if not ids:
            return NONE
        middle = len(ids) // 2
        entries[ids[middle]][3] = balanced(ids[:middle])
        entries[ids[middle]][4] = balanced(ids[middle + 1:])
        return ids[middle]

    place("Root Entry", ROOT, tree)
    sectors, chain, mini, mini_chain = [], [], b"", []

    def store(data):
        if not data:
            return END
        first, count = len(sectors), -(-len(data) // SECTOR)
        sectors.extend(data[n * SECTOR:(n + 1) * SECTOR].ljust(SECTOR, b"\0") for n in range(count))
        chain.extend([*range(first + 1, first + count), END])
        return first

    starts = []
    for name, kind, data, *_ in entries:
        if kind != STREAM or not data:
            starts.append(END)
        elif len(data) < CUTOFF:
            first, count = len(mini_chain), -(-len(data) // MINI)
            mini += data.ljust(count * MINI, b"\0")
            mini_chain += [*range(first + 1, first + count), END]
            starts.append(first)
        else:
            starts.append(store(data))
    starts[0] = store(mini)
    table = struct.pack(f"<{len(mini_chain)}I", *mini_chain)
    mini_first = store(table + b"\xff" * (-len(table) % SECTOR))
    directory = b""
    for (name, kind, data, left, right, child), start in zip(entries, starts):
        label = name.encode("utf-16-le") + b"\0\0"
        size = len(mini) if kind == ROOT else len(data)
        start = 0 if kind == STORAGE else start
        directory += label.ljust(64, b"\0") + struct.pack("<HBBIII16xI16xIII", len(label), kind, 1, left, right, child, 0, start, size, 0)
    free = bytes(64) + struct.pack("<HBBIII16xI16xIII", 0, 0, 0, NONE, NONE, NONE, 0, 0, 0, 0)
    directory += free * (-len(directory) // 128 % 4)
    directory_first = store(directory)
    # The table of sectors names its own sectors too.
    count = 1
    while count * (SECTOR // 4) < len(chain) + count:
        count += 1
    if count > 109:
        raise ValueError("a message of this size needs more tables than this writer makes")
    at = len(chain)
    table = [*chain, *[FAT] * count]
    table += [FREE] * (count * SECTOR // 4 - len(table))
    sectors.append(struct.pack(f"<{len(table)}I", *table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, count, directory_first, 0, CUTOFF,
        mini_first if mini_chain else END, -(-len(mini_chain) * 4 // SECTOR), END, 0)
    difat = [*range(at, at + count), *[FREE] * (109 - count)]
    return header + struct.pack("<109I", *difat) + b"".join(sectors)
