"""CSV and its relatives."""

import csv
import io

from damage import some
from words import AWKWARD, HEADER, row, rows

SHARE = 11


def written(chance, table, delimiter=None, quoting=csv.QUOTE_MINIMAL, end="\n"):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter or chance.choice(",,,\t;|"), quoting=quoting, lineterminator=end, escapechar="\\").writerows(table)
    return out.getvalue()


def original(chance, count=None):
    return written(chance, [HEADER, *rows(chance, count or chance.randrange(1, 60))], end=chance.choice(["\n", "\r\n"]))


def damaged(chance):
    return "csv", some(chance, original(chance).encode())


def quote_never_closed(chance):
    text = original(chance, 40)
    at = chance.randrange(len(text))
    return "csv", (text[:at] + chance.choice([',"', '\n"', '"', '""""']) + text[at:] + '"' * chance.choice([0, 1, 3])).encode()


def ends_of_lines(chance):
    lines = original(chance).splitlines()
    return "csv", "".join(line + chance.choice(["\r", "\n", "\r\n", "\r\r\n", "\n\r", "\x0b", "\x85", "\u2028"]) for line in lines).encode()


def only_cr(chance):
    return "csv", original(chance).replace("\r\n", "\r").replace("\n", "\r").encode()


def many_columns(chance):
    columns = chance.choice([16_384, 16_385, 100_000, 1_000_000])
    return "csv", chance.choice([b"," * columns + b"\n", b"\n".join([b"a," * columns, b"1," * 3]), b"\n".join([b"a,b", b"," * columns, b"1,2"])])


def many_empty(chance):
    return "csv", original(chance, 3).encode() + chance.choice([b"\n", b",,,,\n", b"\r\n", b'""\n', b" \n"]) * chance.choice([1_000, 60_000])


def long_cell(chance):
    text = chance.choice(["x", "Hikvision ", '""', "\n", "\u200b", "=1+"]) * chance.choice([70_000, 1_100_000])
    return "csv", f'Body,Narrative\nFictonbury,"{text}"\nMarlcombe,4 Dahua cameras\n'.encode()[:11_000_000]


def ragged(chance):
    lines = [HEADER, *rows(chance, 30)]
    return "csv", written(chance, [line[:chance.randrange(7)] + ["x"] * chance.choice([0, 0, 1, 50]) for line in lines]).encode()


def encodings(chance):
    text = original(chance) + "£ € – ’ é\n"
    code = chance.choice(["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-8-sig", "cp1252", "gb18030", "big5", "shift-jis", "koi8-r", "utf-7", "cp500", "mac-roman"])
    data = text.encode(code, "replace")
    return "csv", chance.choice([b"", b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x2b\x2f\x76\x38"]) + data + chance.choice([b"", b"", b"\0", b"\x41"])


def mixed_encodings(chance):
    return "csv", b"".join(",".join(line).encode(chance.choice(["utf-8", "cp1252", "utf-16-le", "gb18030"]), "replace") + b"\n" for line in [HEADER, *rows(chance, 25)])


def bad_utf8(chance):
    bad = [b"\xed\xa0\x80", b"\xc0\xaf", b"\xe0\x80\xaf", b"\xf8\x88\x80\x80\x80", b"\xf4\x90\x80\x80", b"\xe2\x82", b"\xff", b"\x80", b"\xc3(", b"\0", b"\xed\xb0\x80\xed\xa0\x80"]
    return "csv", b"".join(cell.encode() + chance.choice([b",", b",", chance.choice(bad) + b","]) + (b"\n" if n % 5 == 4 else b"") for n, cell in enumerate(sum([HEADER, *rows(chance, 20)], [])))


def awkward_cells(chance):
    return "csv", written(chance, [HEADER if chance.random() < 0.7 else chance.sample(AWKWARD, 5), *([chance.choice(AWKWARD) for _ in range(5)] for _ in range(30))], quoting=csv.QUOTE_ALL).encode("utf-8", "surrogatepass")


def headers(chance):
    """None, twice, empty, all the same, a thousand letters each."""
    head = chance.choice([[], HEADER * 2, [""] * 5, ["Amount"] * 5, [cell * 300 for cell in HEADER], ["\ufeff" + cell for cell in HEADER], ["Date"] * 200, ["Supplier", "Supplier Name", "Vendor", "Payee", "Beneficiary"]])
    lead = [[chance.choice(["", "Spend over £500", "Page 1"])] for _ in range(chance.choice([0, 1, 7, 40]))]
    return "csv", written(chance, [*lead, head, *rows(chance, 20), head, *rows(chance, 3)]).encode()


def tiny(chance):
    return chance.choice(["csv", "tsv"]), chance.choice([b"", b"\n", b"\r", b",", b'"', b'""', b"\xef\xbb\xbf", b"\xff\xfe", b"\xff\xfe\x00", b"\0", b"a", b"a,b", b'a,"b', b"\t\t\n\t", b"\x1a", b"sep=;\n", b"sep=" + b"x" * 4_000]) + chance.randbytes(chance.choice([0, 1]))


def amounts(chance):
    odd = ["NaN", "inf", "-inf", "1e308", "1e-400", "0x1F", "1,2,3,4", "(1,000.00)", "1 000,00", "£", "$-5", "--5", "5-", "९९", "1_000", "1'000", "9" * 40, "0." + "0" * 60 + "1", "#REF!", "####", "12.345.678,90", "½"]
    return "csv", written(chance, [HEADER, *([*row(chance)[:3], chance.choice(odd), "Hikvision camera"] for _ in range(40))]).encode()


def delimiters(chance):
    """Every line parted by another sign."""
    return "csv", "\n".join(chance.choice([",", ";", "\t", "|", ":", " ", "~", "^", "\x1f"]).join(line) for line in [HEADER, *rows(chance, 40)]).encode()


RECIPES = [damaged, damaged, damaged, quote_never_closed, ends_of_lines, only_cr, many_columns, many_empty, long_cell, ragged, encodings, mixed_encodings, bad_utf8, awkward_cells, headers, tiny, amounts, delimiters]
