"""Papers as flat OpenDocument, and from there into office formats and PDF by LibreOffice without a screen.

One call converts up to a hundred files of a kind. Where LibreOffice is not installed, ODT and ODS are packed from the same flat XML and
XLSX is written by openpyxl; DOCX, RTF, XLS and PDF are then left out, and the ledger says so.
"""
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("meta", "meta"), ("fo", "xsl-fo-compatible"))
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
TEXT = "application/vnd.oasis.opendocument.text"
SHEETS = "application/vnd.oasis.opendocument.spreadsheet"
# suffix -> the name LibreOffice has for it
FILTERS = {
    "pdf": "pdf", "docx": "docx:MS Word 2007 XML", "odt": "odt:writer8", "rtf": "rtf:Rich Text Format",
    "xlsx": "xlsx:Calc MS Excel 2007 XML", "xls": "xls:MS Excel 97", "ods": "ods:calc8",
}
WITHOUT = {"odt", "ods", "xlsx"}
BATCH = 100


def office():
    return shutil.which("soffice") or shutil.which("libreoffice")


def flat(mime, styles, body):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {NAMES} office:version="1.2" office:mimetype="{mime}">'
        f"{styles}<office:body>{body}</office:body></office:document>"
    )


def cells(rows):
    return "".join(
        "<table:table-row>" + "".join(f'<table:table-cell office:value-type="string"><text:p>{escape(it)}</text:p></table:table-cell>' for it in row) + "</table:table-row>"
        for row in rows
    )


def letter_parts(doc):
    page = (
        '<office:automatic-styles><style:page-layout style:name="pm1"><style:header-style/></style:page-layout></office:automatic-styles>'
        '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm1"><style:header>'
        f"<text:p>{escape(doc.header)}</text:p></style:header></style:master-page></office:master-styles>"
    )
    out = []
    for kind, what in doc.blocks:
        if kind == "h":
            out.append(f'<text:h text:outline-level="1">{escape(what)}</text:h>')
        elif kind == "p":
            out.append(f"<text:p>{escape(what)}</text:p>")
        else:
            columns = f'<table:table-column table:number-columns-repeated="{len(what[0])}"/>'
            out.append(f'<table:table table:name="Table1">{columns}{cells(what)}</table:table>')
    if doc.comment:
        note = f"<office:annotation><dc:creator>Estates</dc:creator><text:p>{escape(doc.comment)}</text:p></office:annotation>"
        out.append(f"<text:p>Checked by Estates.{note}</text:p>")
    return page, f"<office:text>{''.join(out)}</office:text>"


def book_parts(book):
    tables = "".join(f'<table:table table:name="{escape(name)}">{cells(rows)}</table:table>' for name, rows in book.sheets)
    return "", f"<office:spreadsheet>{tables}</office:spreadsheet>"


def packed(path, mime, styles, body):
    """The same XML as a package."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(zipfile.ZipInfo("mimetype"), mime)
        head = f'<?xml version="1.0" encoding="UTF-8"?><office:document-{{0}} {NAMES} office:version="1.2">'
        automatic, _, master = styles.partition("<office:master-styles>")
        sheet = automatic + (f"<office:master-styles>{master}" if master else "")
        file.writestr("styles.xml", head.format("styles") + sheet + "</office:document-styles>")
        file.writestr("content.xml", head.format("content") + f"<office:body>{body}</office:body></office:document-content>")


def workbook(path, book):
    import openpyxl  # only where there is no LibreOffice

    file = openpyxl.Workbook()
    file.remove(file.active)
    for name, rows in book.sheets:
        sheet = file.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file.save(path)


def write(papers, folder):
    """`papers`: (path below the folder with its suffix, Doc or Book). Gives the suffixes that could not be made."""
    folder = Path(folder)
    program, left_out = office(), set()
    by_suffix = {}
    for path, paper in papers:
        by_suffix.setdefault(path.rsplit(".", 1)[1], []).append((path, paper))
    for suffix, some in sorted(by_suffix.items()):
        if program:
            convert(program, suffix, some, folder)
        elif suffix not in WITHOUT:
            left_out.add(suffix)
        else:
            for path, paper in some:
                target = folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                if suffix == "xlsx":
                    workbook(target, paper)
                else:
                    packed(target, SHEETS if hasattr(paper, "sheets") else TEXT, *parts(paper))
    return left_out


def parts(paper):
    return book_parts(paper) if hasattr(paper, "sheets") else letter_parts(paper)


def convert(program, suffix, papers, folder):
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        (work / "in").mkdir()
        for n, (_, paper) in enumerate(papers):
            sheets = hasattr(paper, "sheets")
            text = flat(SHEETS if sheets else TEXT, *parts(paper))
            (work / "in" / f"{n}.{'fods' if sheets else 'fodt'}").write_text(text, encoding="utf-8")
        command = [program, f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to", FILTERS[suffix], "--outdir", str(work / "out")]
        # It gives up on a long list without a word, so what is not there yet is asked for again.
        for _ in range(3):
            missing = [path for path in sorted((work / "in").iterdir()) if not (work / "out" / f"{path.stem}.{suffix}").exists()]
            for at in range(0, len(missing), BATCH):
                subprocess.run([*command, *map(str, missing[at:at + BATCH])], check=True, capture_output=True, timeout=900)
        for n, (path, _) in enumerate(papers):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(work / "out" / f"{n}.{suffix}", target)
