"""Tables of LibreOffice: read like workbooks, and never unpacked into more than fits."""

from __future__ import annotations

import tracemalloc
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select

from marketplace.adapters.tables import TableFault, opened
from marketplace.adapters.tables.bundle import kind_of
from marketplace.catalog.models import ImportRow
from tests.cast import Cast
from tests.catalog.test_intake import hand_in

NAMES = "urn:oasis:names:tc:opendocument:xmlns"
HEAD = (f'<office:document-content xmlns:office="{NAMES}:office:1.0" '
        f'xmlns:table="{NAMES}:table:1.0" xmlns:text="{NAMES}:text:1.0"><office:body>'
        "<office:spreadsheet>")
TAIL = "</office:spreadsheet></office:body></office:document-content>"
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


def cell(text: str = "", times: int = 1, **more: str) -> str:
    """A cell with words, or with a value of a kind (value_type, value, formula)."""
    more = more or ({"value_type": "string"} if text else {})
    said = "".join(
        f' {"table" if name == "formula" else "office"}:{name.replace("_", "-")}="{value}"'
        for name, value in more.items())
    words = f"<text:p>{text}</text:p>" if text else ""
    return f'<table:table-cell table:number-columns-repeated="{times}"{said}>{words}' \
           "</table:table-cell>"


def row(cells: str, times: int = 1) -> str:
    """A row that stands so many times."""
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


def book(*rows: str, mimetype: str = MIMETYPE, before: str = "",
         more: Sequence[tuple[str, str]] = ()) -> bytes:
    """An .ods file with one sheet."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        packed.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{NAMES}'
                                                 ':manifest:1.0"/>')
        packed.writestr("content.xml", before + HEAD + '<table:table table:name="Waren">'
                        + "".join(rows) + "</table:table>" + TAIL)
        for name, text in more:
            packed.writestr(name, text)
    return out.getvalue()


def read(folder: Path, body: bytes) -> list[tuple[int, list[str]]]:
    """Header and rows of a file."""
    path = folder / "table"
    path.write_bytes(body)
    with opened(path) as found:
        return [(1, list(found.table.header)),
                *((number, list(cells)) for number, cells in found.table.rows)]


def fault_of(folder: Path, body: bytes) -> str:
    """Why a file cannot be read."""
    with pytest.raises(TableFault) as refused:
        read(folder, body)
    return refused.value.code


def test_values_are_read_and_formulas_are_not_run(tmp_path: Path) -> None:
    """catalog 3.11: 12.5 is the value last shown of a formula; days, ticks, several lines."""
    rows = read(tmp_path, book(
        row(cell("sku") + cell("price") + cell("day") + cell("yes") + cell("story")),
        row(""), row(cell("A 1") + cell("12,50", value_type="float", value="12.5",
                                       formula="of:=HYPERLINK(1)")
            + cell("4.5.25", value_type="date", date_value="2025-05-04")
            + cell("WAHR", value_type="boolean", boolean_value="true")
            + cell("eins</text:p><text:p>zwei")),
        row(cell(), 1_048_000)))
    assert rows == [(1, ["sku", "price", "day", "yes", "story"]),
                    (3, ["A 1", "12.5", "2025-05-04", "yes", "eins\nzwei"])]


def test_goods_come_in_from_such_a_table(cast: Cast) -> None:
    """catalog-21: the page takes it like any other file."""
    hand_in(cast, cast.browser("ana"), book(
        row("".join(cell(one) for one in ("sku", "title", "category", "price"))),
        row(cell("O-1") + cell("Fass aus Eiche") + cell("Weißwein")
            + cell("9,90", value_type="float", value="9.9"))), "waren.ods")
    found = cast.app.extensions["sqlalchemy"].session.scalars(select(ImportRow)).one()
    assert (found.sku, found.data["price"], found.effect) == ("O-1", "9.9", "new")


TOP = row(cell("sku") + cell("title"))
BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "rows": (lambda: book(TOP, row(cell("x"), 1_048_576)), "rows"),
    "last row": (lambda: book(TOP, row(cell(), 1_000_000), row(cell("x"))), "rows"),
    "columns": (lambda: book(TOP, row(cell("x", 16_384), 1_000)), "columns"),
    "far column": (lambda: book(TOP, row(cell(times=16_000) + cell("x"))), "columns"),
    "cells": (lambda: book(TOP, row(cell("x", 190), 49_000)), "cells"),
    "letters": (lambda: book(TOP, row(cell("x" * 15_000, 150), 100)), "cells"),
    "elements": (lambda: book(TOP, row("<table:table-cell/>" * 600_000)), "cells"),
    "empty rows": (lambda: book(TOP, "<table:table-row/>" * 600_000), "cells"),
    "entities": (lambda: book(TOP, row(cell("&a;")), before=(
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaa">]>')), "broken_book"),
    "damaged": (lambda: book(TOP)[:-90], "broken_zip"),
    "locked": (lambda: book("<"), "broken_book"),
    "two tables": (lambda: book(TOP, more=(("Content.xml", "<a/>"),)), "no_table"),
    "excel inside": (lambda: book(TOP, more=(("XL/Workbook.xml", "<a/>"),)), "no_table"),
    "a text": (lambda: book(TOP, mimetype="application/vnd.oasis.opendocument.text"), "no_table"),
}
"""Small files that stand for too much, and why each is refused."""


@pytest.mark.parametrize("what", BOMBS)
def test_bombs_are_refused_before_they_grow(tmp_path: Path, what: str) -> None:
    """catalog 6: reckoned first, in little memory; nothing is made of it."""
    body, code = BOMBS[what][0](), BOMBS[what][1]
    tracemalloc.start()
    try:
        found = fault_of(tmp_path, body)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found == code
    assert peak < 150_000_000


def test_a_sheet_as_large_as_allowed_is_read(tmp_path: Path) -> None:
    """catalog 6: 50,000 rows are taken, one more is refused."""
    line = row(cell("x") + cell("y"))
    path = tmp_path / "table"
    path.write_bytes(book(row(cell("sku") + cell("title")), line * 50_000))
    assert kind_of(path) == "ods"
    with opened(path) as found:
        assert sum(1 for _one in found.table.rows) == 50_000
    assert fault_of(tmp_path, book(row(cell("sku")), line * 50_001)) == "rows"
