"""JSON, JSON lines, and notices in OCDS."""

import json

from damage import WORDS, some
from words import AWKWARD, BODIES, FIRMS, paragraphs, row, sentence

SHARE = 11


def release(chance, n=1):
    day = f"20{chance.randrange(15, 25)}-0{chance.randrange(1, 10)}-1{chance.randrange(10)}T00:00:00Z"
    return {
        "ocid": f"ocds-made-{n}", "id": f"r{n}", "date": day, "tag": ["award"], "buyer": {"name": chance.choice(BODIES), "id": "B1"},
        "parties": [{"id": "B1", "name": chance.choice(BODIES), "roles": ["buyer"], "address": {"postalCode": "ZZ1 1ZZ"}}],
        "tender": {"title": sentence(chance), "value": {"amount": chance.randrange(9_000_000), "currency": "GBP"}, "items": [{"id": "1", "description": sentence(chance)}]},
        "awards": [{"id": "a1", "title": "CCTV", "date": day, "suppliers": [{"id": "S1", "name": chance.choice(FIRMS)}], "value": {"amount": chance.random() * 1e6, "currency": "GBP"}}],
    }


def package(chance):
    return {"uri": "https://example.org/p", "publishedDate": "2024-01-01", "releases": [release(chance, n) for n in range(chance.randrange(1, 9))]}


def plain(chance):
    keys = ["body", "date", "supplier", "amount", "narrative"]
    return chance.choice([lambda: [dict(zip(keys, row(chance))) for _ in range(20)], lambda: {"question": "Q", "answers": paragraphs(chance)}, lambda: package(chance)])()


def damaged(chance):
    text = json.dumps(plain(chance), ensure_ascii=chance.random() < 0.5, indent=chance.choice([None, 1]))
    return "json", some(chance, text.encode("utf-8", "surrogatepass"))


def damaged_lines(chance):
    return "jsonl", some(chance, b"\n".join(json.dumps(release(chance, n)).encode() for n in range(12)))


def some_bad_lines(chance):
    lines = [json.dumps(release(chance, n)) for n in range(40)]
    for _ in range(chance.choice([1, 5, 30])):
        lines[chance.randrange(40)] = chance.choice(["{", "}", "null", "", "[" * 500, '{"a":', "\x00", "{'a':1}", '{"a":1}}', "\ufeff{}", '"x', "\u2028", "{}{}{}", "// c"])
    return chance.choice(["jsonl", "ndjson", "json"]), "\n".join(lines).encode()


def deep(chance):
    depth, inner = chance.choice([127, 128, 129, 5_000, 200_000]), chance.choice(["", "1", '"4 Hikvision cameras"'])
    opening, closing = chance.choice([("[", "]"), ('{"a":', "}"), ('[{"a":', "}]")])
    return "json", (opening * depth + inner + closing * chance.choice([depth, depth, depth - 1, 0, depth + 3])).encode()


def numbers(chance):
    odd = [*WORDS, "-", "+1", ".5", "5.", "1e", "1E+", "1e99999999", "-1e-99999", "01", "1" * 30_000, "0." + "3" * 20_000, "Infinity", "0b1", "1_0"]
    return "json", ('[{"amount":' + "},{".join(f'"amount":{chance.choice(odd)},"n":"Dahua camera"' for _ in range(30)).removeprefix('"amount":') + "}]").encode()


def escapes(chance):
    odd = [r"\ud800", r"\udc00\ud800", r"\ud83d\u0041", r"\u", r"\u12", r"\u{41}", r"\x41", "\\", r"\0", r"\u0000", r"\u202e", "\x01", "\x7f", "\n", "\t", "\u2028", r"\/\b\f", r"\"", r"\u0048ikvision"]
    parts = ",".join('"%s"' % "".join(chance.choice(odd) for _ in range(chance.randrange(1, 5))) for _ in range(25))
    return "json", f'{{"text":[{parts}],"title":"4 Hikvision cameras"}}'.encode()


def bad_bytes(chance):
    bad = [b"\xed\xa0\x80", b"\xc0\xaf", b"\xff", b"\0", b"\x80", b"\xf5\x80\x80\x80", b"\xef\xbf\xbe", b"\xe2\x28\xa1"]
    return "json", b"[" + b",".join(b'{"t":"' + chance.choice(bad) + sentence(chance).encode() + b'"}' for _ in range(20)) + b"]"


def repeated_keys(chance):
    one = json.dumps(release(chance))
    key = chance.choice(["ocid", "buyer", "awards", "title", "a", ""])
    return "json", (one[:-1] + f',"{key}":{json.dumps(chance.choice([None, 1, [], {}, "x"]))}' * chance.choice([1, 50, 20_000]) + "}").encode()


def other_types(chance):
    """A sound package in which values are of another type than they should be."""
    whole = package(chance)

    def changed(value):
        if chance.random() < 0.08:
            return chance.choice([None, True, -1, 1e300, 10**40, "", [], {}, [[]], "x" * 3_000, {"a": {"b": [None]}}, chance.choice(AWKWARD)])
        if isinstance(value, dict):
            return {key: changed(item) for key, item in value.items()}
        return [changed(item) for item in value] if isinstance(value, list) else value

    return "json", json.dumps(changed(whole)).encode("utf-8", "surrogatepass")


def not_quite(chance):
    text = json.dumps(plain(chance))
    return "json", chance.choice([
        lambda: text.replace('"', "'"), lambda: text.replace("}", ",}"), lambda: "/* c */" + text + "// c", lambda: text.replace(":", "="), lambda: text + text, lambda: text + "," + text,
        lambda: text.replace("{", "[", 1), lambda: "callback(" + text + ");", lambda: text.replace(" ", "\u00a0"), lambda: text.replace(",", ",,"), lambda: "\x1e" + text + "\n\x1e" + text,
        lambda: text.replace("null", "None"), lambda: json.dumps(text), lambda: "data: " + text + "\n\n",
    ])().encode("utf-8", "surrogatepass")


def encodings(chance):
    text = json.dumps(plain(chance), ensure_ascii=False)
    code = chance.choice(["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "cp1252", "gb18030", "utf-7", "cp500"])
    return "json", text.encode(code, "replace") + chance.choice([b"", b"\0", b"\xff"])


def long_string(chance):
    inner = chance.choice(["x", "\\u0041", "\\\\", "Hikvision ", '\\"', "\u00e9"]) * chance.choice([20_000, 1_500_000])
    return "json", f'{{"text":"{inner}","title":"Dahua"'.encode()[:11_500_000] + chance.choice([b"}", b""])


def wide(chance):
    return "json", chance.choice([
        lambda: b"[" + b"[]," * 300_000 + b"1]", lambda: b"[" + b"0," * 600_000, lambda: b"{" + b",".join(b'"k%d":%d' % (n, n) for n in range(60_000)) + b"}",
        lambda: b'{"' + b"k" * 400_000 + b'":1}', lambda: b"[" * 3 + b"," * 100_000 + b"]]]", lambda: b" " * 2_000_000 + b"{}", lambda: b"\n" * 500_000 + b'{"a":"Hikvision"}\n' * 3,
    ])()


def tiny(chance):
    return chance.choice(["json", "jsonl"]), chance.choice([b"", b"{", b"[", b"]", b'"', b"nul", b"null", b"tru", b"0", b"-", b"{}", b"[]", b'""', b'{"a"', b'{"a":', b'{"a":1', b"[1,", b"\xef\xbb\xbf{}", b"\xef\xbb\xbf", b"\xfe\xff", b"{}\0", b"[,]", b'{"":""}']) + chance.choice([b"", b"\n", b" ", b"\x0c"])


RECIPES = [damaged, damaged, damaged, damaged_lines, damaged_lines, some_bad_lines, deep, numbers, escapes, bad_bytes, repeated_keys, other_types, other_types, not_quite, encodings, long_string, wide, tiny]
