"""Workbooks: XLSX and ODS made here, XLS and XLSB from the fixtures."""

import io
import struct
import zipfile

from damage import WORDS, lying, markup, some
from kinds.office import HEAD, NAMES, REL, RELS, bytes_of, clean, damaged_member, other_members, packed
from originals import fixtures
from words import HEADER, rows, sentence

SHARE = 13
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def column(n):
    name = ""
    n += 1
    while n:
        n, letter = divmod(n - 1, 26)
        name = chr(65 + letter) + name
    return name


def sheet(chance, lines, shared):
    out = []
    for y, line in enumerate(lines, 1):
        cells = []
        for x, cell in enumerate(line):
            at = f"{column(x)}{y}"
            if x == 3 and y > 1:
                cells.append(f'<c r="{at}" s="0"><v>{cell}</v></c>' if cell[:1].isdigit() else f'<c r="{at}"><f>1+1</f></c>')
            elif x == 1 and y > 1:
                cells.append(f'<c r="{at}" s="1"><v>{chance.randrange(30_000, 46_000)}</v></c>')
            elif chance.random() < 0.5:
                shared.append(cell)
                cells.append(f'<c r="{at}" t="s"><v>{len(shared) - 1}</v></c>')
            else:
                cells.append(f'<c r="{at}" t="inlineStr"><is><t>{clean(cell)}</t></is></c>')
        out.append(f'<row r="{y}">{"".join(cells)}</row>')
    return f'{HEAD}<worksheet {S}><dimension ref="A1:E{len(lines)}"/><sheetData>{"".join(out)}</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells></worksheet>'


def excel(chance):
    shared = []
    sheets = [sheet(chance, [HEADER, *rows(chance, chance.randrange(1, 25))], shared) for _ in range(2)]
    listed = "".join(f'<si><t>{clean(it)}</t></si>' for it in shared)
    return [
        ("[Content_Types].xml", HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'),
        ("_rels/.rels", f'{HEAD}<Relationships xmlns="{RELS}"><Relationship Id="r1" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>'),
        ("xl/workbook.xml", f'{HEAD}<workbook {S} xmlns:r="{REL}"><workbookPr date1904="{chance.randrange(2)}"/><sheets><sheet name="Spend" sheetId="1" r:id="r1"/><sheet name="Notes" sheetId="2" state="hidden" r:id="r2"/></sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", f'{HEAD}<Relationships xmlns="{RELS}"><Relationship Id="r1" Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{REL}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="r3" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r4" Type="{REL}/styles" Target="styles.xml"/></Relationships>'),
        ("xl/worksheets/sheet1.xml", sheets[0]), ("xl/worksheets/sheet2.xml", sheets[1]),
        ("xl/sharedStrings.xml", f'{HEAD}<sst {S} count="{len(shared)}" uniqueCount="{len(shared)}">{listed}</sst>'),
        ("xl/styles.xml", f'{HEAD}<styleSheet {S}><numFmts count="1"><numFmt numFmtId="165" formatCode="dd/mm/yyyy"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="165"/></cellXfs></styleSheet>'),
    ]


def open_sheets(chance):
    body = "".join("<table:table-row table:number-rows-repeated=\"1\">" + "".join(f'<table:table-cell office:value-type="string" table:number-columns-repeated="1"><text:p>{clean(cell)}</text:p></table:table-cell>' for cell in line) + "</table:table-row>" for line in [HEADER, *rows(chance)])
    return [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", f'{HEAD}<office:document-content {NAMES} office:version="1.2"><office:body><office:spreadsheet><table:table table:name="Spend">{body}</table:table><table:table table:name="N" table:style-name="ta2">{body}</table:table></office:spreadsheet></office:body></office:document-content>'),
        ("META-INF/manifest.xml", HEAD + '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'),
    ]


ENDINGS = {excel: "xlsx", open_sheets: "ods"}


def one(chance):
    make = chance.choice([excel, excel, open_sheets])
    return ENDINGS[make], make(chance)


def damaged_xml(chance):
    suffix, members = one(chance)
    return suffix, packed(damaged_member(chance, members, markup))


def damaged_bytes(chance):
    suffix, members = one(chance)
    return suffix, packed(damaged_member(chance, members, some))


def damaged_package(chance):
    suffix, members = one(chance)
    return suffix, chance.choice([some, lying])(chance, packed(members))


def other_package(chance):
    suffix, members = one(chance)
    return suffix, packed(other_members(chance, members))


def changed(chance, member, old, new, count=-1):
    members = dict(excel(chance))
    members[member] = members[member].replace(old, new, count)
    return "xlsx", packed(members.items())


def lying_dimension(chance):
    ref = chance.choice(["A1:XFD1048576", "A1:ZZZZZZ99999999999", "E9:A1", "A0:A0", "", "A1", "1:1", "A1:E5 F9", "-", "XFE1048577"])
    members = dict(excel(chance))
    name = "xl/worksheets/sheet1.xml"
    before, after = members[name].split("<dimension", 1)
    members[name] = before + f'<dimension ref="{ref}"' + after[after.index("/>"):]
    return "xlsx", packed(members.items())


def far_cells(chance):
    refs = ["XFD1048576", "XFE1", "A1048577", "A99999999999", "ZZZZZZ1", "A0", "0A", "", "a1", "$A$1", "A-1", "A1:B2", "١", "A" * 5_000]
    cells = "".join(f'<row r="{chance.choice([1, 5, 1048576, 99999999999, 0, -1, "x"])}"><c r="{chance.choice(refs)}" t="{chance.choice(["n", "s", "str", "b", "e", "d", "inlineStr", "z"])}"><v>{chance.choice(["1", "99999", "-1", "1e999", "x", ""])}</v></c></row>' for _ in range(30))
    return changed(chance, "xl/worksheets/sheet1.xml", "<sheetData>", f"<sheetData>{cells}")


def phantom_rows(chance):
    count = chance.choice([10_000, 120_000])
    empty = chance.choice(["<row/>", '<row r="{n}"/>', '<row r="{n}"><c r="A{n}"/></row>', '<row r="{n}"><c r="A{n}" s="1"><v></v></c></row>'])
    return changed(chance, "xl/worksheets/sheet1.xml", "</sheetData>", "".join(empty.replace("{n}", str(n + 40)) for n in range(count)) + "</sheetData>")


def shared_strings(chance):
    """Many cells with one long string, counts that lie, indices outside, rich text in rich text."""
    match chance.randrange(4):
        case 0:
            members = dict(excel(chance))
            members["xl/sharedStrings.xml"] = f"<sst {S}><si><t>" + "Hikvision " * 30_000 + "</t></si></sst>"
            members["xl/worksheets/sheet1.xml"] = f"<worksheet {S}><sheetData>" + "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, chance.choice([50, 8_000]))) + "</sheetData></worksheet>"
            return "xlsx", packed(members.items())
        case 1:
            return changed(chance, "xl/sharedStrings.xml", 'count="', f'count="{chance.choice(WORDS)}')
        case 2:
            return changed(chance, "xl/worksheets/sheet1.xml", 't="s"><v>', f't="s"><v>{chance.choice(WORDS)}')
        case _:
            return changed(chance, "xl/sharedStrings.xml", "<si>", "<si>" + "<r><rPr/><t>x</t></r>" * chance.choice([3, 4_000]) + "<rPh><t>y</t></rPh>")


def dates(chance):
    value = chance.choice(["-1", "0", "60", "0.9999999999", "2958466", "1e18", "1e308", "NaN", "-693594", "2958465.99999999"])
    return changed(chance, "xl/worksheets/sheet1.xml", 's="1"><v>', f's="1"><v>{value}</v><v>')


def styles(chance):
    return chance.choice([
        lambda: changed(chance, "xl/styles.xml", "dd/mm/yyyy", chance.choice(["[" * 5_000, "yyyy" * 9_000, "\\", "\"", ";;;;;;;;", "[$-F800]dddd", "[h]:mm:ss.000", "General;[Red]d", ""])),
        lambda: changed(chance, "xl/styles.xml", '<xf numFmtId="165"/>', f'<xf numFmtId="{chance.choice(WORDS)}"/>' * chance.choice([1, 60_000])),
        lambda: changed(chance, "xl/worksheets/sheet1.xml", 's="1"', f's="{chance.choice(WORDS)}"'),
    ])()


def merges(chance):
    many = "".join(f'<mergeCell ref="{chance.choice(["A1:XFD1048576", "A1:B2", "B2:A1", "A1", "x", "A1:A1048576"])}"/>' for _ in range(chance.choice([3, 20_000])))
    return changed(chance, "xl/worksheets/sheet1.xml", '<mergeCell ref="A1:B1"/>', many)


def books(chance):
    many = "".join(f'<sheet name="{chance.choice(["../x", "a!b", "", "Spend", "s%d" % n, chr(0x202e), "x" * 900, "=1"])}" sheetId="{n}" state="{chance.choice(["visible", "hidden", "veryHidden", "x"])}" r:id="r{chance.choice([1, 2, 9, n])}"/>' for n in range(chance.choice([3, 40, 3_000])))
    return changed(chance, "xl/workbook.xml", "<sheets>", f"<sheets>{many}")


def bomb(chance):
    suffix, members = one(chance)
    members = dict(members)
    name = chance.choice([it for it in members if "sheet" in it.lower() or it == "content.xml"])
    unit = chance.choice([b" ", b"<row/>", b"<c><v>1</v></c>", b'<row><c t="inlineStr"><is><t>Hikvision</t></is></c></row>', b"<si/>", b"<table:table-row/>", b"A"])
    data = bytes_of(members[name])
    at = data.find(b">", len(data) // 2) + 1
    members[name] = data[:at] + unit * (chance.choice([3 << 20, 40 << 20]) // len(unit)) + data[at:]
    return suffix, packed(members.items())


def repeated_cells(chance):
    """A few bytes that stand for a grid of a billion cells."""
    members = dict(open_sheets(chance))
    members["content.xml"] = members["content.xml"].replace('rows-repeated="1"', f'rows-repeated="{chance.choice(["1048576", "1000000000", *WORDS])}"', chance.choice([1, 30])).replace('columns-repeated="1"', f'columns-repeated="{chance.choice(["1", "16384", "1000000000", *WORDS])}"', chance.choice([1, 30]))
    return "ods", packed(members.items())


def formulas(chance):
    odd = ["<f>WEBSERVICE(\"http://127.0.0.1:9/\")</f>", "<f>" + "(" * 9_000 + "</f>", "<f t=\"shared\" si=\"999999999\" ref=\"A1:XFD1048576\"/>", "<f t=\"array\" ref=\"A1:XFD1048576\">1</f>", "<f/>", "<f>'file:///etc/hostname'#$Sheet1.A1</f>", "<f>1+1</f><v>#REF!</v>", "<f>cmd|' /C calc'!A0</f>"]
    return changed(chance, "xl/worksheets/sheet1.xml", "<f>1+1</f>", chance.choice(odd))


def damaged_old(chance):
    suffix, data = chance.choice(fixtures("xls/*.xls"))
    return suffix, chance.choice([some, lying, lying])(chance, data)


def records(chance):
    """Records of an .xls whose lengths lie, that are repeated, or left out."""
    suffix, data = chance.choice(fixtures("xls/*.xls"))
    start = data.find(b"\x09\x08\x10\x00\x00\x06")
    if start < 0:
        return suffix, lying(chance, data)
    at, found = start, []
    while at + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, at)
        if kind == 0 and length == 0:
            break
        found.append((at, kind, length))
        at += 4 + length
    data = bytearray(data)
    for at, _, length in chance.sample(found, min(len(found), chance.choice([1, 3, 10]))):
        match chance.randrange(4):
            case 0:
                data[at + 2:at + 4] = struct.pack("<H", chance.choice([0, 1, 0xFFFF, 8224, length + 1, max(length - 1, 0)]))
            case 1:
                data[at:at + 2] = struct.pack("<H", chance.choice([0x3C, 0xFC, 0x809, 0x0A, 0x85, 0xFD, 0x203, 0x2F, 0x208, 0xFFFF]))
            case 2:
                data[at + 4:at + 4 + length] = chance.randbytes(length)
            case _:
                for n in range(min(length, 8)):
                    data[at + 4 + n] = chance.choice([0, 0xFF])
    return suffix, bytes(data)


def binary(chance):
    """An .xlsb whose parts are damaged and packed again."""
    suffix, data = chance.choice(fixtures("xlsb/*.xlsb"))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        try:
            members = [(name, file.read(name)) for name in file.namelist()]
        except Exception:  # a fixture that is broken on purpose
            return suffix, some(chance, data)
    bins = [n for n, (name, _) in enumerate(members) if name.endswith(".bin")] or [0]
    at = chance.choice(bins)
    members[at] = (members[at][0], chance.choice([some, lying])(chance, members[at][1]))
    return suffix, packed(members)


def titles(chance):
    """Titles, blanks and notes before, between and after tables."""
    lines = []
    for _ in range(chance.randrange(1, 9)):
        lines += [[chance.choice(["", "Table", sentence(chance)])] for _ in range(chance.randrange(6))] + [HEADER, *rows(chance, 4)] + [["Total", "", "", "999"]]
    shared = []
    members = dict(excel(chance))
    members["xl/worksheets/sheet1.xml"] = sheet(chance, lines, shared)
    members["xl/sharedStrings.xml"] = f"<sst {S}>" + "".join(f"<si><t>{clean(it)}</t></si>" for it in shared) + "</sst>"
    return "xlsx", packed(members.items())


RECIPES = [damaged_xml, damaged_xml, damaged_xml, damaged_bytes, damaged_package, damaged_package, other_package, lying_dimension, far_cells, phantom_rows, shared_strings, shared_strings, dates, styles, merges, books, bomb, repeated_cells, formulas, damaged_old, damaged_old, records, records, binary, binary, titles]
