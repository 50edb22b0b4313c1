"""Workbooks of Excel and LibreOffice: what their cells show, never what their formulas do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile
from zlib import error as BadZlib  # noqa: N812

from marketplace.adapters.tables.contract import Table, TableFault, table_of

BROKEN = (BadZipFile, BadZlib, KeyError, IndexError, ValueError, SyntaxError, AttributeError,
          TypeError, OSError, EOFError, RuntimeError, NotImplementedError)
"""What openpyxl lets through of a file that is no workbook, or a damaged one."""


def workbook_table(path: Path) -> Table:
    """The first sheet of an .xlsx file, read row by row. Raises TableFault."""
    return table_of(_lines(path))


def _lines(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    """The sheet's rows as text; broken at its first row it is no workbook at all."""
    number = 0
    with path.open("rb") as file:
        try:
            for cells in _sheet(file).iter_rows(values_only=True):
                number += 1
                yield number, [said(cell) for cell in cells]
        except BROKEN as fault:
            raise (TableFault("broken", row=number + 1) if number else
                   TableFault("broken_book")) from fault


def _sheet(file: Any) -> Any:
    from openpyxl import load_workbook

    book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # what a file says of its own size may be anything
    return sheet


def said(value: object) -> str:
    """What a cell holds, as text: 12.5 for a number, 2026-11-02 for a day, "" for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return _decimal(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _decimal(value: float) -> str:
    """A number without exponent; three places become four, so that no point marks thousands."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.10f}".rstrip("0")
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text


def written_workbook(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook of text cells only, so that no program takes one for a formula or a number."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Zuruf")
    for cells in (header, *rows):
        line = []
        for text in cells:
            cell = WriteOnlyCell(sheet, value=text)
            cell.data_type = "s"
            cell.number_format = "@"
            line.append(cell)
        sheet.append(line)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
