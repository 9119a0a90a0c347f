"""Word, OpenDocument text and RTF: sound packages whose members are damaged, and packages that are damaged themselves."""

import io
import warnings
import zipfile
from xml.sax.saxutils import escape

from damage import WORDS, lying, markup, some
from words import paragraphs, rows, sentence

SHARE = 12
# The same name twice is what some recipes are about.
warnings.filterwarnings("ignore", message="Duplicate name", module="zipfile")
STAMP = (2021, 5, 3, 10, 0, 0)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

TINY = '<w:sz w:val="1"/>'


def packed(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, data in members:
            file.writestr(zipfile.ZipInfo(name, STAMP), data, method)
    return out.getvalue()


def clean(text):
    return escape("".join(c for c in text if c >= " " or c in "\t\n"))


def word(chance):
    text = "".join(f"<w:p><w:pPr><w:pStyle w:val=\"a\"/></w:pPr><w:r><w:rPr>{chance.choice(['', '<w:vanish/>', TINY])}</w:rPr><w:t xml:space=\"preserve\">{clean(it)}</w:t></w:r></w:p>" for it in paragraphs(chance))
    table = "".join("<w:tr>" + "".join(f"<w:tc><w:tcPr><w:gridSpan w:val=\"1\"/></w:tcPr><w:p><w:r><w:t>{clean(cell)}</w:t></w:r></w:p></w:tc>" for cell in line) + "</w:tr>" for line in rows(chance, 4))
    changed = f'<w:p><w:ins w:id="1" w:author="a"><w:r><w:t>{clean(sentence(chance))}</w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>{clean(sentence(chance))}</w:delText></w:r></w:del><w:r><w:footnoteReference w:id="2"/><w:commentReference w:id="0"/></w:r></w:p>'
    part = lambda tag, inner: f"{HEAD}<w:{tag} {W}>{inner}</w:{tag}>"
    line = lambda: f"<w:p><w:r><w:t>{clean(sentence(chance))}</w:t></w:r></w:p>"
    kinds = ["header", "footer", "footnotes", "comments", "styles", "numbering"]
    return [
        ("[Content_Types].xml", HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'),
        ("_rels/.rels", f'{HEAD}<Relationships xmlns="{RELS}"><Relationship Id="r1" Type="{REL}/officeDocument" Target="word/document.xml"/></Relationships>'),
        ("word/_rels/document.xml.rels", f'{HEAD}<Relationships xmlns="{RELS}">' + "".join(f'<Relationship Id="r{n}" Type="{REL}/{kind}" Target="{kind}.xml"/>' for n, kind in enumerate(kinds)) + "</Relationships>"),
        ("word/document.xml", part("document", f"<w:body>{text}<w:tbl>{table}</w:tbl>{changed}<w:sectPr><w:headerReference r:id=\"r0\"/></w:sectPr></w:body>")),
        ("word/header.xml", part("hdr", line())), ("word/footer.xml", part("ftr", line())),
        ("word/footnotes.xml", part("footnotes", f'<w:footnote w:id="2">{line()}</w:footnote>')),
        ("word/comments.xml", part("comments", f'<w:comment w:id="0" w:author="a">{line()}</w:comment>')),
        ("word/styles.xml", part("styles", '<w:style w:styleId="a" w:type="paragraph"><w:basedOn w:val="a"/><w:rPr/></w:style>')),
        ("word/numbering.xml", part("numbering", '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>')),
    ]


NAMES = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"' for short, long in (("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("fo", "xsl-fo-compatible"))) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'


def open_text(chance):
    text = "".join(f"<text:p text:style-name=\"P1\">{clean(it)}</text:p>" for it in paragraphs(chance))
    table = "".join("<table:table-row>" + "".join(f"<table:table-cell table:number-columns-spanned=\"1\"><text:p>{clean(cell)}</text:p></table:table-cell>" for cell in line) + "</table:table-row>" for line in rows(chance, 4))
    tracked = f'<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><text:p>{clean(sentence(chance))}</text:p></text:deletion></text:changed-region></text:tracked-changes>'
    note = f'<text:p>x<text:s text:c="3"/><text:note text:note-class="footnote"><text:note-body><text:p>{clean(sentence(chance))}</text:p></text:note-body></text:note><office:annotation><text:p>{clean(sentence(chance))}</text:p></office:annotation></text:p>'
    return [
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", f'{HEAD}<office:document-content {NAMES} office:version="1.2"><office:automatic-styles><style:style style:name="P1" style:parent-style-name="P1"/></office:automatic-styles><office:body><office:text>{tracked}{text}<table:table><table:table-column table:number-columns-repeated="5"/>{table}</table:table>{note}</office:text></office:body></office:document-content>'),
        ("styles.xml", f"{HEAD}<office:document-styles {NAMES}><office:master-styles/></office:document-styles>"),
        ("META-INF/manifest.xml", HEAD + '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/></manifest:manifest>'),
    ]


ENDINGS = {word: "docx", open_text: "odt"}


def one(chance):
    make = chance.choice(list(ENDINGS))
    return ENDINGS[make], make(chance)


def bytes_of(data):
    return data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")


def damaged_member(chance, members, how=markup):
    """One member damaged, packed again with the right sums."""
    members = [(name, bytes_of(data)) for name, data in members]
    at = max(range(len(members)), key=lambda n: len(members[n][1])) if chance.random() < 0.6 else chance.randrange(len(members))
    members[at] = (members[at][0], how(chance, members[at][1]))
    return members


def damaged_xml(chance):
    suffix, members = one(chance)
    return suffix, packed(damaged_member(chance, members))


def damaged_bytes(chance):
    suffix, members = one(chance)
    return suffix, packed(damaged_member(chance, members, some))


def damaged_package(chance):
    suffix, members = one(chance)
    return suffix, chance.choice([some, lying])(chance, packed(members, chance.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])))


def other_members(chance, members):
    """Left out, twice, renamed, leading outside, thousands more."""
    members = list(members)
    at = chance.randrange(len(members))
    name, data = members[at]
    match chance.randrange(7):
        case 0:
            del members[at]
        case 1:
            members.append((name, chance.choice([data, "", "<x/>", bytes_of(data)[::-1]])))
        case 2:
            members[at] = (chance.choice([name.upper(), "/" + name, "../" + name, name.replace("/", "\\"), name + " ", "x/" * 200 + name, "\u202e" + name]), data)
        case 3:
            members += [(f"word/x{n}.xml", "<x/>") for n in range(chance.choice([500, 10_001]))]
        case 4:
            members = members[::-1]
        case 5:
            members.insert(0, (chance.choice(["a.csv", "b.pdf", "word/vbaProject.bin", "word/embeddings/o.bin", "word/embeddings/a.xlsx"]), chance.choice([b"Body,Narrative\nF,4 Hikvision cameras\n", chance.randbytes(5_000)])))
        case _:
            members[at] = (name, "")
    return members


def other_package(chance):
    suffix, members = one(chance)
    return suffix, packed(other_members(chance, members))


def relations(chance):
    """Parts that point at each other, outside, or at a thousand more."""
    target = chance.choice(["document.xml", "../../../etc/hostname", "/etc/hostname", "file:///etc/hostname", "http://127.0.0.1:9/x", "", "../word/document.xml", "a" * 30_000, "header.xml#x", "\\\\127.0.0.1\\x"])
    kind = chance.choice(["header", "footer", "footnotes", "comments", "attachedTemplate", "image", "oleObject", "hyperlink", "frame", "subDocument", "aFChunk"])
    many = "".join(f'<Relationship Id="r{n}" Type="{REL}/{kind}" Target="{target}"{chance.choice(["", " TargetMode=%sExternal%s" % (chr(34), chr(34))])}/>' for n in range(chance.choice([1, 9, 4_000])))
    members = dict(word(chance))
    members[chance.choice(["word/_rels/document.xml.rels", "_rels/.rels"])] = f'<Relationships xmlns="{RELS}">{many}</Relationships>'
    return "docx", packed(members.items())


def bomb(chance):
    """A member that unpacks to far more than it should: text, blanks, or tags."""
    suffix, members = one(chance)
    members = dict(members)
    name = chance.choice([it for it in members if it.endswith(".xml")])
    size = chance.choice([3 << 20, 30 << 20, 64 << 20])
    unit = chance.choice([b" ", b"<w:p>", b"<w:t>Hikvision </w:t>", b"A", b"<text:p/>", b"<!-- -->", b"&amp;"])
    data = bytes_of(members[name])
    at = data.find(b">", len(data) // 2) + 1
    members[name] = data[:at] + unit * (size // len(unit)) + data[at:]
    return suffix, packed(members.items())


def numbers(chance):
    """Attributes that count something, taken to the edges."""
    suffix, members = one(chance)
    value = chance.choice([*WORDS, "2147483647", "1000000", "-5"])
    name = "word/document.xml" if suffix == "docx" else "content.xml"
    members = dict(members)
    members[name] = members[name].replace('gridSpan w:val="1"', f'gridSpan w:val="{value}"').replace('columns-spanned="1"', f'columns-spanned="{value}"').replace('columns-repeated="5"', f'columns-repeated="{value}"').replace('text:c="3"', f'text:c="{value}"').replace('w:id="2"', f'w:id="{value}"')
    return suffix, packed(members.items())


def deep_tables(chance):
    depth = chance.choice([20, 80, 250, 3_000])
    members, inner = dict(word(chance)), f"<w:p><w:r><w:t>{clean(sentence(chance))}</w:t></w:r></w:p>"
    members["word/document.xml"] = f"<w:document {W}><w:body>" + "<w:tbl><w:tr><w:tc>" * depth + inner + "</w:tc></w:tr></w:tbl>" * chance.choice([depth, depth - 1, 0]) + "</w:body></w:document>"
    return "docx", packed(members.items())


def rich(chance):
    text = "".join(f"\\pard {clean(it)}\\par\n" for it in paragraphs(chance)).encode("ascii", "replace").decode()
    cells = "".join(f"\\trowd\\cellx1000\\cellx2000 {sentence(chance)}\\cell 4\\cell\\row\n" for _ in range(3)).encode("ascii", "replace").decode()
    return "{\\rtf1\\ansi\\ansicpg1252\\uc1{\\fonttbl{\\f0 Arial;}}{\\info{\\title x}}" + text + cells + "{\\v hidden Dahua}{\\footnote note}{\\*\\annotation c}\\'e9\\u8364?{\\deleted gone}}"


def damaged_rich(chance):
    return "rtf", some(chance, rich(chance).encode())


def odd_rich(chance):
    odd = ["{" * chance.choice([200, 60_000]), "}" * 900, "\\bin99999999 abc", "\\bin-5 ", "\\u-99999?", "\\u55357?\\u56832?", "\\uc9999 \\u65?", "\\'zz", "\\'", "\\ansicpg99999 ", "\\ansicpg932 \\'81", "{\\pict " + "ff" * 30_000 + "}", "{\\object\\objdata " + "d0cf11e0" * 3_000 + "}", "{\\field{\\*\\fldinst INCLUDETEXT \"/etc/hostname\"}{\\fldrslt x}}", "{\\*\\template /etc/hostname}", "\\" + "a" * 9_000, "\\par" + "9" * 500, "\\intbl\\cell" * 9_000, "\\row" * 5_000, "{\\upr{a}{\\*\\ud{b}}}", "\x00" * 90, "\\trowd" * 4_000, "\\itap" + "9" * 6, "{\\*\\x " * 3_000]
    text = rich(chance)
    for _ in range(chance.choice([1, 2, 6])):
        at = chance.randrange(7, len(text))
        text = text[:at] + chance.choice(odd) + text[at:]
    return "rtf", text.encode("utf-8", "replace")


RECIPES = [damaged_xml, damaged_xml, damaged_xml, damaged_xml, damaged_bytes, damaged_package, damaged_package, other_package, other_package, relations, bomb, numbers, deep_tables, damaged_rich, damaged_rich, odd_rich, odd_rich]
