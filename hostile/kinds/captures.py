"""Recordings of network traffic: no reader takes them, which must be said and do no harm."""

import struct

from damage import some
from words import sentence

SHARE = 2


def classic(chance):
    order = chance.choice("<>")
    out = struct.pack(order + "IHHiIII", chance.choice([0xA1B2C3D4, 0xA1B23C4D, 0xA1B2CD34]), 2, 4, 0, 0, chance.choice([65_535, 0, 0xFFFFFFFF]), chance.choice([1, 0, 101, 9999]))
    for n in range(chance.randrange(1, 30)):
        data = chance.choice([b"HTTP/1.1 200 OK\r\nServer: Hikvision-Webs\r\n\r\n", sentence(chance).encode(), chance.randbytes(90)])
        out += struct.pack(order + "IIII", n, 0, chance.choice([len(data), len(data), 0xFFFFFFFF, 0]), len(data)) + data
    return chance.choice(["pcap", "cap"]), some(chance, out) if chance.random() < 0.7 else out


def blocks(chance):
    out = struct.pack("<IIIHHqI", 0x0A0D0D0A, 28, 0x1A2B3C4D, 1, 0, -1, 28)
    for _ in range(chance.randrange(1, 20)):
        data = sentence(chance).encode()
        data = data.ljust(-(-len(data) // 4) * 4, b"\0")
        length = chance.choice([12 + len(data), 12 + len(data), 0, 11, 0xFFFFFFFC])
        out += struct.pack("<II", chance.choice([1, 3, 4, 5, 6, 0x80000000]), length) + data + struct.pack("<I", length)
    return "pcapng", some(chance, out) if chance.random() < 0.5 else out


RECIPES = [classic, blocks]
