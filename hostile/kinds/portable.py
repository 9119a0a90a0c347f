"""PDF. The originals are written here, so that each part of the format can be wrong by itself."""

import re
import zlib

from damage import EDGES, lying, some
from words import paragraphs, sentence

SHARE = 12


def string(text):
    return "(" + re.sub(r"([()\\])", r"\\\1", text.encode("latin-1", "replace").decode("latin-1")) + ")"


def content(chance):
    lines = [f"1 0 0 1 60 {780 - 16 * n} Tm {string(it[:200])} Tj" for n, it in enumerate(paragraphs(chance, 12))]
    return "BT /F1 11 Tf " + "\n".join(lines) + " ET"


def stream(data, more="", packed=True):
    data = data if isinstance(data, bytes) else data.encode("latin-1", "replace")
    if packed:
        data, more = zlib.compress(data), more + "/Filter/FlateDecode"
    return f"<<{more}/Length {len(data)}>>stream\n".encode() + data + b"\nendstream"


def objects(chance):
    """Number -> body of a sound document with two pages."""
    return {
        1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 6 0 R>>/XObject<</X1 8 0 R>>>>/Contents 5 0 R>>",
        4: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 6 0 R>>>>/Contents[5 0 R 5 0 R]>>",
        5: stream(content(chance), packed=chance.random() < 0.6), 6: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        7: b"<</Title(Reply)/CreationDate(D:20210503100000Z)>>", 8: stream(f"BT /F1 9 Tf 50 50 Td {string(sentence(chance))} Tj ET", "/Type/XObject/Subtype/Form/BBox[0 0 595 842]"),
    }


def document(parts, trailer="", version="1.7", offsets=None):
    out, at = bytearray(f"%PDF-{version}\n%\xe2\xe3\xcf\xd3\n".encode("latin-1")), {}
    for number, body in parts.items():
        at[number] = len(out)
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start, size = len(out), max(parts) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
    for number in range(1, size):
        where = (offsets or at).get(number, 0)
        out += f"{where:010} 00000 {'n' if number in at else 'f'} \n".encode()
    return bytes(out) + f"trailer\n<</Size {size}/Root 1 0 R/Info 7 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()


def original(chance):
    return document(objects(chance))


def damaged(chance):
    return "pdf", some(chance, original(chance))


def damaged_stream(chance):
    """What a stream holds is damaged, its length and packing are right."""
    parts = objects(chance)
    parts[5] = stream(some(chance, content(chance).encode("latin-1", "replace")))
    return "pdf", document(parts)


def damaged_objects(chance):
    parts = objects(chance)
    for _ in range(chance.choice([1, 2, 4])):
        number = chance.choice(list(parts))
        parts[number] = chance.choice([
            lambda body: some(chance, body), lambda body: b"null", lambda body: b"", lambda body: parts[chance.choice(list(parts))], lambda body: f"{chance.choice(list(parts))} 0 R".encode(),
            lambda body: body.replace(b"/", b"/#00", 1), lambda body: body.replace(b">>", b""), lambda body: b"<<" * 300 + body, lambda body: re.sub(rb"\d+", lambda _: str(chance.choice(EDGES)).encode(), body, count=2),
        ])(parts[number])
    return "pdf", document(parts)


def loops(chance):
    """Pages, forms, fonts, lengths and names that lead back to themselves."""
    parts = objects(chance)
    match chance.randrange(9):
        case 0:
            parts[2] = b"<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R]/Count 99>>"
        case 1:
            parts[3] = b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R 4 0 R]/Count 1>>"
        case 2:
            parts[8] = stream("/X1 Do /X1 Do " + content(chance), "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X1 8 0 R>>/Font<</F1 6 0 R>>>>")
            parts[5] = stream("/X1 Do " + content(chance))
        case 3:
            parts[5] = b"<</Length 5 0 R>>stream\nBT ET\nendstream"
        case 4:
            parts[6] = b"<</Type/Font/Subtype/Type0/BaseFont/X/DescendantFonts[6 0 R]/Encoding 6 0 R/ToUnicode 6 0 R>>"
        case 5:
            parts[6] = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/CharProcs<</a 9 0 R>>/Encoding<</Differences[65/a]>>/FirstChar 65/LastChar 65/Widths[9]/Resources<</Font<</F1 6 0 R>>>>>>"
            parts[9] = stream("9 0 d0 BT /F1 9 Tf (AAAA) Tj ET")
        case 6:
            parts[9] = b"10 0 R"
            parts[10] = b"9 0 R"
            parts[3] = parts[3].replace(b"5 0 R", b"9 0 R")
        case 7:
            width = chance.choice([10, 30])
            for n in range(9, 30):
                parts[n] = f"<</Type/Pages/Parent 2 0 R/Count 1/Kids[{' '.join([f'{n + 1} 0 R'] * width)}]>>".encode()
            parts[30] = parts[4]
            parts[2] = b"<</Type/Pages/Kids[9 0 R]/Count 2>>"
        case _:
            for n in range(9, 40):
                parts[n] = stream(f"/X{n + 1} Do " * 12, f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X{n + 1} {n + 1} 0 R>>>>")
            parts[40] = parts[8]
            parts[5] = stream("/X1 Do")
            parts[3] = parts[3].replace(b"/X1 8 0 R", b"/X1 9 0 R")
    return "pdf", document(parts)


def filters(chance):
    """Chains of filters that unpack to much, to nothing, or to themselves."""
    data, names = content(chance).encode("latin-1", "replace"), []
    match chance.randrange(5):
        case 0:
            for _ in range(chance.choice([3, 12, 100])):
                data, names = zlib.compress(data), [*names, "/FlateDecode"]
        case 1:
            data = b"BT " + b" " * chance.choice([4 << 20, 60 << 20])
            for _ in range(chance.choice([1, 2, 3])):
                data, names = zlib.compress(data, 9), [*names, "/FlateDecode"]
        case 2:
            data, names = b"\x81" * 30_000 + b"\x80", ["/RunLengthDecode"] * chance.choice([1, 2])
        case 3:
            data, names = data.hex().encode()[:-1] + b"zz", ["/ASCIIHexDecode", *chance.choices(["/ASCII85Decode", "/LZWDecode", "/DCTDecode", "/JBIG2Decode", "/JPXDecode", "/CCITTFaxDecode", "/Crypt", "/X"], k=chance.choice([0, 1, 5]))]
        case _:
            data = chance.randbytes(3_000)
            names = chance.choices(["/LZWDecode", "/ASCII85Decode", "/RunLengthDecode", "/FlateDecode", "/CCITTFaxDecode"], k=2)
    parts = objects(chance)
    more = chance.choice(["", "", f"/DecodeParms<</Predictor {chance.choice([2, 12, 15, 99])}/Columns {chance.choice(EDGES)}/Colors {chance.choice(EDGES)}/BitsPerComponent 8/EarlyChange 9>>"])
    parts[5] = f"<</Filter[{''.join(names)}]{more}/Length {chance.choice([len(data), len(data), 0, 1, 99999999, -1])}>>stream\n".encode() + data + b"\nendstream"
    return "pdf", document(parts)


def operators(chance):
    """Page contents that never end, that nest, and that say numbers nobody can draw."""
    odd = ["q " * 30_000, "Q " * 3_000, "BT " * 5_000, "ET " * 50, "[" * 3_000, "<<" * 3_000, "(" * 9_000, "/X1 Do " * 3_000, "1e999 0 0 1e-999 0 0 cm", "99999999999 Tf", "/F1 0 Tf", "/F1 -9e30 Tf", "3 Tr", "(x) ' (y) \" ", "BI /W 99999 /H 99999 /BPC 8 /CS /RGB ID " + "x" * 900, "BI ID EI", "/OC /x BDC " * 2_000, "EMC " * 900, "0 0 0 0 0 0 Tm", "NaN inf -- +-1 1..2 Td", "1 g " * 100_000, "W n " * 900, "/GS gs", "[(a) -1e30 (b) 1e30] TJ", "(" + "A" * 300_000 + ") Tj", "-9999 -9999 Td", "1 1 1 rg", "0.1 0 0 0.1 0 0 cm", "100 Tz 9999999 TL T*", "sh " * 90, "m l c h f* " * 9_000]
    text = content(chance)
    for _ in range(chance.choice([1, 3, 8])):
        at = chance.randrange(len(text))
        text = text[:at] + " " + chance.choice(odd) + " " + text[at:]
    parts = objects(chance)
    parts[5] = stream(text)
    return "pdf", document(parts)


def fonts(chance):
    ranges = "".join(chance.choice(["<0000> <FFFF> <0000>\n", "<00> <FFFFFFFF> <41>\n", "<41> <40> <41>\n", "<41> <42> [<D800> <DC00>]\n", "<41> <41> <" + "0041" * 900 + ">\n", "<41> <41> <202E>\n"]) for _ in range(chance.choice([2, 500])))
    cmap = f"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange {chance.choice(EDGES)} beginbfrange\n{ranges}endbfrange {chance.choice(['endcmap', '', '/X usecmap ' * 90])}"
    parts = objects(chance)
    parts[9] = stream(cmap)
    parts[10] = stream(chance.choice([chance.randbytes(3_000), b"%!PS-AdobeFont-1.0\n" + b"/x {exec} loop " * 900, b"\x00\x01\x00\x00\x00\x09" + chance.randbytes(900), b"\x01\x00\x04\x04" + chance.randbytes(600), b"OTTO" + bytes(400)]), chance.choice(["/Length1 99999999", "/Subtype/Type1C", "/Subtype/OpenType", ""]))
    kind = chance.choice(["Type1", "TrueType", "Type0", "CIDFontType2", "MMType1", "Type3", "X"])
    descriptor = f"<</Type/FontDescriptor/FontName/X/Flags {chance.choice(EDGES)}/{chance.choice(['FontFile', 'FontFile2', 'FontFile3'])} 10 0 R/FontBBox[0 0 1e30 -1e30]>>"
    parts[6] = f"<</Type/Font/Subtype/{kind}/BaseFont/X/FirstChar {chance.choice(EDGES)}/LastChar {chance.choice(EDGES)}/Widths[{'1e30 ' * chance.choice([1, 900])}]/ToUnicode 9 0 R/FontDescriptor {descriptor}/Encoding{chance.choice(['/Identity-H', '/WinAnsiEncoding', '<</Differences[' + '999999/a ' * 500 + ']>>', '9 0 R', '/X'])}/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<<>>/W[0 [{'500 ' * 90}] 9 99999999 1]/DW 1e30/CIDToGIDMap 10 0 R/FontDescriptor {descriptor}>>]>>".encode()
    return "pdf", document(parts)


def tables_of_objects(chance):
    """Offsets that lie, tables that lead back to themselves, sizes of billions."""
    data = original(chance)
    start = data.rindex(b"startxref\n")
    where = data[start + 10:].split(b"\n")[0]
    match chance.randrange(7):
        case 0:
            data = data[:start] + b"startxref\n" + str(chance.choice([0, -1, 5, len(data), 10**12, len(data) // 2])).encode() + b"\n%%EOF"
        case 1:
            data = data.replace(b"/Root", b"/Prev " + where + b"/Root")
        case 2:
            data = data.replace(b"/Size", b"/Size " + str(chance.choice(EDGES)).encode() + b"/X")
        case 3:
            data = re.sub(rb"xref\n0 \d+", b"xref\n0 " + str(chance.choice([0, 1, 10**9, 99999999999])).encode(), data)
        case 4:
            data = re.sub(rb"\d{10} 00000 n", lambda _: f"{chance.choice([0, 9, 15, len(data), 9999999999]):010} 00000 n".encode(), data)
        case 5:
            data = data[:data.rindex(b"xref\n0")] + chance.choice([b"", b"trailer\n<</Root 1 0 R>>", b"trailer\n<<" * 400])
        case _:
            data = data + data[9:] * chance.choice([1, 30])
    return "pdf", data


def stream_of_objects(chance):
    """Cross-reference and object streams: widths, counts, and streams that hold themselves."""
    inner = b"1 0 2 25 " + b"<</Type/Catalog/Pages 2 0 R>><</Type/Pages/Kids[3 0 R]/Count 1>>"
    out, at = bytearray(b"%PDF-1.5\n"), {}
    holder = stream(inner, f"/Type/ObjStm/N {chance.choice([2, 2, *EDGES])}/First {chance.choice([9, 9, *EDGES])}" + chance.choice(["", "/Extends 10 0 R"]))
    parts = {3: objects(chance)[3].replace(b"/XObject<</X1 8 0 R>>", b""), 5: stream(content(chance)), 6: objects(chance)[6], 10: holder}
    for number, body in parts.items():
        at[number] = len(out)
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start, rows = len(out), b"\x00\x00\x00\x00\x00"
    at[11] = start
    for n in range(1, 12):
        if n in (1, 2):
            rows += b"\x02" + chance.choice([10, 10, 10, 11, 0, 255]).to_bytes(3, "big") + bytes([n - 1])
        else:
            rows += (b"\x01" + at[n].to_bytes(3, "big") + b"\0") if n in at else b"\0\0\0\0\0"
    widths = chance.choice(["1 3 1"] * 4 + ["0 3 1", "1 9 1", "8 8 8", "-1 3 1", "1 3", "1 99999999 1", ""])
    index = chance.choice(["", "", "/Index[0 99999999]", "/Index[-5 9 9]", "/Index[0 1 0 1]"])
    out += b"11 0 obj\n" + stream(rows, f"/Type/XRef/Size {chance.choice([12, 12, 99999999, 0])}/W[{widths}]{index}/Root 1 0 R" + chance.choice(["", f"/Prev {start}", f"/XRefStm {start}"])) + f"\nendobj\nstartxref\n{start}\n%%EOF".encode()
    return "pdf", bytes(out)


def deep(chance):
    depth, parts = chance.choice([100, 1_000, 100_000]), objects(chance)
    opening, closing = chance.choice([(b"[", b"]"), (b"<</A", b">>"), (b"(", b")")])
    parts[9] = opening * depth + b"1" + closing * chance.choice([depth, 0])
    parts[3] = parts[3].replace(b"/Type/Page", b"/Type/Page/X 9 0 R/Annots 9 0 R")
    return "pdf", document(parts)


def actions(chance):
    parts = objects(chance)
    parts[9] = chance.choice([b"<</S/JavaScript/JS(app.alert\\(1\\))>>", b"<</S/Launch/F(/bin/sh)>>", b"<</S/URI/URI(http://127.0.0.1:9/)>>", b"<</S/GoToR/F(/etc/hostname)>>", b"<</S/SubmitForm/F(http://127.0.0.1:9/)>>", b"<</S/ImportData/F(/etc/hostname)>>"])
    parts[10] = stream(chance.choice([b"Body,Narrative\nF,4 Hikvision cameras\n", chance.randbytes(900), b"%PDF-1.4"]), "/Type/EmbeddedFile")
    parts[1] = b"<</Type/Catalog/Pages 2 0 R/OpenAction 9 0 R/AA<</WC 9 0 R>>/Names<</EmbeddedFiles<</Names[(../../x.csv)<</Type/Filespec/F(../../x.csv)/EF<</F 10 0 R>>>>]>>/JavaScript<</Names[(a) 9 0 R]>>>>/AcroForm<</XFA 10 0 R/Fields[9 0 R]>>>>"
    parts[5] = b"<</F(/etc/hostname)/FFilter/FlateDecode/Length 0>>stream\n\nendstream" if chance.random() < 0.3 else parts[5]
    return "pdf", document(parts)


def locked(chance):
    handler = f"<</Filter/{chance.choice(['Standard', 'X', 'Adobe.PubSec'])}/V {chance.choice([0, 1, 2, 4, 5, 9])}/R {chance.choice([2, 3, 4, 5, 6, 9])}/Length {chance.choice([40, 128, 256, 0, 99999])}/P -4/O<{chance.randbytes(chance.choice([0, 32, 48])).hex()}>/U<{chance.randbytes(chance.choice([0, 32, 48])).hex()}>/OE<{chance.randbytes(32).hex()}>/UE<{chance.randbytes(32).hex()}>/Perms<{chance.randbytes(16).hex()}>/CF<</StdCF<</CFM/{chance.choice(['AESV2', 'AESV3', 'V2', 'None'])}/Length 16>>>>/StmF/StdCF/StrF/StdCF>>"
    return "pdf", document(objects(chance), f"/Encrypt {handler}/ID[<00><00>]")


def many_pages(chance):
    count = chance.choice([500, 5_000, 20_001])
    parts = {**objects(chance), 2: ("<</Type/Pages/Kids[" + "3 0 R " * count + f"]/Count {chance.choice([count, 1, -1, 10**12])}>>").encode()}
    parts[5] = stream(f"BT /F1 9 Tf 9 9 Td {string(sentence(chance)[:60])} Tj ET")
    return "pdf", document(parts)


def boxes(chance):
    parts = objects(chance)
    box = chance.choice(["0 0 0 0", "0 0 1e30 1e30", "9 9 -9 -9", "0 0 1", "a b c d", "0 0 14400 14400", "NaN 0 1 1", "5 0 R"])
    parts[3] = parts[3].replace(b"0 0 595 842", box.encode()).replace(b"/Contents", f"/Rotate {chance.choice([45, 90, -90, 99999999999])}/UserUnit {chance.choice([0, -1, 1e30])}/CropBox[{chance.choice(['0 0 1 1', '9 9 9 9', '-1e30 0 1e30 1'])}]/Contents".encode())
    return "pdf", document(parts)


def pictures(chance):
    parts = objects(chance)
    width = chance.choice([1, 100, 30_000, 2**31 - 1])
    parts[8] = stream(chance.randbytes(300), f"/Type/XObject/Subtype/Image/Width {width}/Height {width}/BitsPerComponent {chance.choice([1, 8, 16, 99])}/ColorSpace{chance.choice(['/DeviceRGB', '/DeviceGray', '[/Indexed/DeviceRGB 99999 <00>]', '[/ICCBased 8 0 R]', '[/Separation/x 8 0 R 8 0 R]', '/X'])}" + chance.choice(["", "/SMask 8 0 R", "/Mask[0 1]", "/ImageMask true"]))
    parts[5] = stream("595 0 0 842 0 0 cm /X1 Do")
    return "pdf", document(parts)


def misplaced(chance):
    data = original(chance)
    return "pdf", chance.choice([lambda: b"\n" * chance.choice([1, 1_000, 1_100, 90_000]) + data, lambda: data.replace(b"%PDF-1.7", chance.choice([b"%PDF-9.9", b"%PDF-", b"%!PS-Adobe-3.0 PDF-1.4", b"%pdf-1.7", b""])), lambda: data.replace(b"\n", b"\r"), lambda: data + b"\0" * 9_000, lambda: data[: len(data) // 2] + data, lambda: lying(chance, data), lambda: data.decode("latin-1").encode("utf-16"), lambda: data.decode("latin-1").encode()])()


RECIPES = [damaged, damaged, damaged_stream, damaged_stream, damaged_objects, damaged_objects, damaged_objects, loops, loops, filters, filters, operators, operators, fonts, fonts, tables_of_objects, tables_of_objects, stream_of_objects, stream_of_objects, deep, actions, locked, many_pages, boxes, pictures, misplaced]
