"""Text tables as spreadsheet programs save them: any of three marks, four encodings."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from marketplace.adapters.tables.contract import MOST_BYTES, Table, TableFault, table_of

MARKS = ";,\t"
CHUNK = 1 << 16


def encoding_of(path: Path) -> str:
    """UTF-8 with or without mark, UTF-16, else Windows-1252 as Excel saves it."""
    with path.open("rb") as file:
        head = file.read(4)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if b"\x00" in head[:2]:
            return "utf-16-be" if head[:1] == b"\x00" else "utf-16-le"
        decoder = codecs.getincrementaldecoder("utf-8")()
        file.seek(0)
        try:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def text_table(path: Path) -> Table:
    """The table in a text file. Raises TableFault."""
    if path.stat().st_size > MOST_BYTES:
        raise TableFault("bytes")
    encoding = encoding_of(path)
    try:
        mark, skip = _mark(path, encoding)
        return table_of(_lines(path, encoding, mark, skip))
    except UnicodeDecodeError as fault:
        raise TableFault("encoding") from fault


def _mark(path: Path, encoding: str) -> tuple[str, bool]:
    """The sign between cells, and whether the first line only names it (Excel's `sep=;`)."""
    with path.open(encoding=encoding, newline="", errors=_errors(encoding)) as file:
        first = file.readline(1 << 20)
    if "\x00" in first:
        raise TableFault("no_table")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], True
    bare = "".join(part for at, part in enumerate(first.split('"')) if at % 2 == 0)
    return max(MARKS, key=bare.count), False


def _errors(encoding: str) -> str:
    return "replace" if encoding == "cp1252" else "strict"


def _lines(path: Path, encoding: str, mark: str, skip: bool
           ) -> Iterator[tuple[int, Sequence[str]]]:
    csv.field_size_limit(1_000_000)
    with path.open(encoding=encoding, newline="", errors=_errors(encoding)) as file:
        if skip:
            file.readline()
        reader = csv.reader(file, delimiter=mark, strict=True)
        number = 0
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as fault:
                raise TableFault("broken", row=number + 1) from fault
            except UnicodeDecodeError as fault:
                raise TableFault("encoding") from fault
            number += 1
            yield number, cells
