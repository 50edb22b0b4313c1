"""What somebody hands in: a table, a workbook, or a ZIP of one of them with pictures beside."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from marketplace.adapters.tables.contract import MOST_BYTES, Table, TableFault
from marketplace.adapters.tables.delimited import text_table
from marketplace.adapters.tables.opendocument import is_spreadsheet, opendocument_table
from marketplace.adapters.tables.workbook import workbook_table

MOST_FILES = 5_000
TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".ods")
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif")
READERS = {"book": workbook_table, "ods": opendocument_table, "text": text_table}
CHUNK = 1 << 20
BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError,
          ValueError)


@dataclass(frozen=True, slots=True)
class Bundle:
    """An opened file: its table, and the pictures beside it by their name in lower case."""

    table: Table
    pictures: Mapping[str, str]
    path: Path | None

    def picture(self, name: str) -> bytes | None:
        """The bytes of a picture of the ZIP; None if it is not there or cannot be unpacked."""
        member = self.pictures.get(name.lower())
        if self.path is None or member is None:
            return None
        try:
            with zipfile.ZipFile(self.path) as packed:
                return packed.read(member)
        except BROKEN:
            return None


@contextmanager
def opened(path: Path, beside: Path | None = None) -> Iterator[Bundle]:
    """Look into a file; `beside` is a ZIP with pictures only. Raises TableFault."""
    with TemporaryDirectory(prefix="zuruf-table-") as folder:
        kind = kind_of(path)
        source = path if kind == "zip" else beside
        pictures = _pictures(source) if source is not None else {}
        table = path
        if kind == "zip":
            table = _unpacked(path, Path(folder))
            kind = kind_of(table)
        if kind == "zip":
            raise TableFault("zip_in_zip")
        yield Bundle(READERS[kind](table), pictures, source)


def kind_of(path: Path) -> str:
    """book, ods, zip or text by content, not by name. Raises TableFault for what is none."""
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise TableFault("old_excel")
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf")):
        raise TableFault("no_table")
    if not head.startswith(b"PK"):
        return "text"
    members = {one.filename for one in _members(path)}
    if "content.xml" in members and "mimetype" in members:
        if not is_spreadsheet(path):
            raise TableFault("no_table")
        return "ods"
    return "book" if "xl/workbook.xml" in members else "zip"


def _members(path: Path) -> list[zipfile.ZipInfo]:
    """The files of a ZIP that together stay below the limit. Raises TableFault."""
    try:
        with zipfile.ZipFile(path) as packed:
            found = [one for one in packed.infolist() if not one.is_dir()]
    except BROKEN as fault:
        raise TableFault("broken_zip") from fault
    if sum(one.file_size for one in found) > MOST_BYTES:
        raise TableFault("bomb")
    if len(found) > MOST_FILES:
        raise TableFault("files", most=MOST_FILES)
    return found


def _wanted(path: Path, endings: tuple[str, ...]) -> list[zipfile.ZipInfo]:
    return [one for one in _members(path)
            if PurePosixPath(one.filename).suffix.lower() in endings
            and not PurePosixPath(one.filename).name.startswith(".")
            and not one.filename.startswith("__MACOSX")]


def _pictures(path: Path) -> dict[str, str]:
    if kind_of(path) != "zip":
        raise TableFault("pictures_no_zip")
    return {PurePosixPath(one.filename).name.lower(): one.filename
            for one in _wanted(path, PICTURES)}


def _unpacked(path: Path, folder: Path) -> Path:
    """The one table of a ZIP, written beside. Raises TableFault."""
    tables = _wanted(path, TABLES)
    if len(tables) != 1:
        raise TableFault("tables_in_zip", count=len(tables))
    into, left = folder / "table", MOST_BYTES
    try:
        with zipfile.ZipFile(path) as packed, packed.open(tables[0]) as source, \
                into.open("wb") as target:
            while chunk := source.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise TableFault("bomb")
                target.write(chunk)
    except BROKEN as fault:
        if isinstance(fault, TableFault):
            raise
        raise TableFault("broken_zip") from fault
    return into
