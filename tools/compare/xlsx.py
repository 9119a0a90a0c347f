#!/usr/bin/env python3
"""Compares the cells that Stripout reads from Excel workbooks with those that openpyxl reads (old .xls: xlrd).

    pip install openpyxl xlrd
    cargo build --release -p stripout-read --example layers
    python3 tools/compare/xlsx.py FOLDER_OR_FILE...

A cell agrees when it says the same as a person would read it: numbers of the same value, dates of the same day and time,
texts with the same words (white space and how a cell is quoted are not compared). Every difference is printed; the last
line is the share of cells that agree. Exit status 1 when it is below 99 %. Workbooks that the other program refuses are named.
"""

import contextlib
import csv
import datetime
import io
import math
import os
import re
import subprocess
import sys
import warnings

import openpyxl
import xlrd

from pairs import note



def ours(path):
    """Sheets by name, each {(row, column): text}, as the example `layers` prints them."""
    dumped = os.environ.get("LAYERS_DUMP")
    if dumped:
        with open(os.path.join(dumped, os.path.abspath(path).replace("/", "_")), encoding="utf-8", newline="") as file:
            text = file.read()
    else:
        tool = os.environ.get("LAYERS", "target/release/examples/layers")
        text = subprocess.run([tool, path], capture_output=True, check=False).stdout.decode("utf-8")
    sheets, problems = {}, []
    for part in re.split("(?=[\x01\x02])", text):
        head, _, body = part.partition("\n")
        if part.startswith("\x02"):
            problems.append(head[1:])
        elif part.startswith("\x01"):
            cells = sheets.setdefault(re.sub(" hidden(#[0-9]+)?$", "", head[1:]), {})
            for number, line in enumerate(body.split("\n")):
                # A line is a row, whatever it holds.
                for column, value in enumerate(next(csv.reader(io.StringIO(line)), [])):
                    if value.strip():
                        cells[number, column] = value
    return sheets, problems


def theirs(path):
    return theirs_old(path) if path.lower().endswith(".xls") else theirs_new(path)


def theirs_old(path):
    book = xlrd.open_workbook(path)
    sheets = {}
    for sheet in book.sheets():
        cells = sheets.setdefault(sheet.name, {})
        for row in range(sheet.nrows):
            for column in range(sheet.ncols):
                kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
                if kind == xlrd.XL_CELL_DATE:
                    # A date that is none is kept as a number, as the sheet has it.
                    with contextlib.suppress(xlrd.xldate.XLDateError):
                        value = xlrd.xldate_as_datetime(value, book.datemode)
                        if sheet.cell_value(row, column) < 1:
                            value = value.time()
                elif kind == xlrd.XL_CELL_BOOLEAN:
                    value = bool(value)
                elif kind == xlrd.XL_CELL_ERROR:
                    value = xlrd.error_text_from_code[value]
                if str(value).strip():
                    cells[row, column] = value
    return sheets


def theirs_new(path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, data_only=True)
    sheets = {}
    for sheet in book.worksheets:
        cells = {}
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and str(cell.value).strip():
                    cells[cell.row - 1, cell.column - 1] = cell.value
        sheets[sheet.title] = cells
    return sheets


def number(text):
    try:
        return float(text)
    except ValueError:
        return None


def written(sheets):
    """Cells as text, a line a row."""
    lines = {}
    for sheet, cells in sorted(sheets.items()):
        for (row, column), value in sorted(cells.items()):
            lines.setdefault((sheet, row), []).append(str(value))
    return "\n".join(" | ".join(cells) for cells in lines.values())


def agrees(mine, value):
    if isinstance(value, bool):
        return mine == str(value).upper()
    if isinstance(value, (int, float)):
        found = number(mine)
        return found is not None and math.isclose(found, value, rel_tol=1e-13, abs_tol=1e-300)
    if isinstance(value, datetime.datetime):
        plain = value.isoformat(timespec="milliseconds")
        near = re.sub(r"\.\d+$", "", plain)
        return mine in (plain, near, near.removesuffix("T00:00:00"))
    if isinstance(value, datetime.date):
        return mine == value.isoformat()
    if isinstance(value, datetime.time):
        return mine.split(".")[0] == value.isoformat(timespec="seconds")
    if isinstance(value, datetime.timedelta):
        seconds = round(value.total_seconds())
        return mine == f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", mine).strip() == re.sub(r"[\s\x00-\x1f\x7f]+", " ", str(value)).strip()


def workbooks(given):
    for path in given:
        if os.path.isdir(path):
            for folder, _, names in sorted(os.walk(path)):
                for name in sorted(names):
                    if name.lower().endswith((".xlsx", ".xlsm", ".xls")):
                        yield os.path.join(folder, name)
        else:
            yield path


def main(given):
    same = total = books = 0
    for path in workbooks(given):
        try:
            want = theirs(path)
        except Exception as error:  # they raise whatever they meet
            print(f"{path}: the other program refuses it: {type(error).__name__}: {str(error)[:100]}")
            continue
        have, problems = ours(path)
        books += 1
        note(path, written(want), written(have))
        differences = []
        for sheet in sorted(set(want) | set(have)):
            mine, his = have.get(sheet, {}), want.get(sheet, {})
            for place in sorted(set(mine) | set(his)):
                total += 1
                if place in mine and place in his and agrees(mine[place], his[place]):
                    same += 1
                else:
                    differences.append((sheet, place, mine.get(place), his.get(place)))
        if differences:
            print(f"{path}: {len(differences)} differences; problems: {problems[:3]}")
            for sheet, (row, column), mine, value in differences:
                name = openpyxl.utils.get_column_letter(column + 1)
                print(f"    {sheet}!{name}{row + 1}: ours {str(mine)[:80]!r}, the other {value!r:.80}")
    share = same / total if total else 0
    print(f"{books} workbooks, {total} cells, {same} agree: {share:.3%}")
    return 0 if share >= 0.99 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
