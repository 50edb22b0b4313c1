"""Tables of LibreOffice (.ods): what their cells show, never what their formulas do.

A few signs of such a file can stand for millions of cells, so its size is reckoned first.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from marketplace.adapters.tables.contract import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    Table,
    TableFault,
    table_of,
)
from marketplace.adapters.tables.workbook import said

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
SHEET, ROW, ROWS = f"{TABLE}table", f"{TABLE}table-row", f"{TABLE}number-rows-repeated"
CELLS, COLUMNS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"), \
    f"{TABLE}number-columns-repeated"
MOST_CELLS = 5_000_000
"""From the first cell to the last one that says something."""
MOST_HELD = 500_000
"""Elements of the file that are held at a time."""
BROKEN = (zipfile.BadZipFile, zlib.error, ParseError, DefusedXmlException, KeyError, ValueError,
          OSError, EOFError, RuntimeError, NotImplementedError)


def is_spreadsheet(path: Path) -> bool:
    """Whether an OpenDocument file holds a table, and not a text or drawing, and nothing else.

    Two readers must not take it for two things: no name stands in it twice, no Excel part at all.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            names = [one.filename.lower().replace("\\", "/").lstrip("/")
                     for one in packed.infolist()]
            plain = len(set(names)) == len(names) and not any(
                name.startswith("xl/") for name in names)
            return plain and packed.read("mimetype").strip() == MIMETYPE
    except BROKEN:
        return False


def opendocument_table(path: Path) -> Table:
    """The first sheet of an .ods file. Raises TableFault."""
    try:
        with zipfile.ZipFile(path) as packed, packed.open("content.xml") as content:
            _demand_small(content)
    except BROKEN as fault:
        if isinstance(fault, TableFault):
            raise
        raise TableFault("broken_book") from fault
    return table_of(_lines(path))


def _demand_small(content: Any) -> None:
    """Reckon how large the first sheet becomes. Raises TableFault."""
    row = last = widest = letters = rows = held = 0
    for event, part in iterparse(content, events=("start", "end")):
        if event == "end" and part.tag == SHEET:
            return
        if event == "start":
            held += 1
            if held > MOST_HELD:
                raise TableFault("cells", most=MOST_CELLS)
        if event == "start" or part.tag != ROW:
            continue
        times = int(part.get(ROWS, "1"))
        width, text = _row_size(part)
        part.clear()
        row, rows = row + times, rows + 1
        held = rows
        if width:
            last, widest, letters = row, max(widest, width), letters + text * times
        if last > 4 * MOST_ROWS:
            raise TableFault("rows", most=MOST_ROWS)
        if widest > MOST_COLUMNS:
            raise TableFault("columns", count=widest, most=MOST_COLUMNS)
        if letters > MOST_BYTES or last * widest > MOST_CELLS:
            raise TableFault("cells", most=MOST_CELLS)


def _row_size(row: Any) -> tuple[int, int]:
    """Up to which column a row says something, and in how many letters."""
    place = width = letters = 0
    for cell in row:
        if cell.tag not in CELLS:
            continue
        times = int(cell.get(COLUMNS, "1"))
        place += times
        text = sum(len(one) for one in cell.itertext())
        if text or len(cell) or any(name.endswith("value") for name in cell.keys()):  # noqa: SIM118
            width, letters = place, letters + text * times
    return width, letters


def _lines(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    """The sheet's rows as text."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
            sheet = book.get_sheet_by_index(0)
            blank = (sheet.start or (0, 0))[0]
            for number, cells in enumerate(sheet.iter_rows(), 1):
                yield number + blank, [said(cell) for cell in cells]
    except (CalamineError, *BROKEN) as fault:
        raise TableFault("broken_book") from fault
