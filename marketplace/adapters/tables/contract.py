"""What a table is for us: a header, and rows of text with their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

MOST_ROWS, MOST_COLUMNS = 50_000, 200
MOST_BYTES = 200 * 1024 * 1024
"""Unpacked; what is packed may be smaller."""
MOST_CELL = 20_000
CONTROL_SIGNS = {n: None for n in (*range(32), 127) if n not in (9, 10, 13)}


class TableFault(ValueError):
    """A file that cannot be used; `code` says why, `args_` what the sentence needs."""

    def __init__(self, code: str, **args: Any) -> None:
        super().__init__(code)
        self.code, self.args_ = code, args


@dataclass(frozen=True, slots=True)
class Table:
    """The first row as names of columns, and the other rows: (number, cells), number 2 first."""

    header: Sequence[str]
    rows: Iterator[tuple[int, Sequence[str]]]


def clean(text: str) -> str:
    """A cell without control signs and outer blanks; line ends as one sign."""
    plain = text.translate(CONTROL_SIGNS).replace("\r\n", "\n").replace("\r", "\n")
    return plain.strip(" \t\n\u00a0\ufeff")


def table_of(lines: Iterable[tuple[int, Sequence[str]]]) -> Table:
    """The table of bare lines. Raises TableFault for a header that cannot be used.

    Raises it later too, while rows are taken: too many of them, or cells too long.
    """
    rows = iter(lines)
    header = [clean(name) for name in next(rows, (1, ()))[1]]
    while header and not header[-1]:
        header.pop()
    if not any(header):
        raise TableFault("empty")
    if len(header) > MOST_COLUMNS:
        raise TableFault("columns", count=len(header), most=MOST_COLUMNS)
    doubled = {name for name in header if name and header.count(name) > 1}
    if doubled:
        raise TableFault("doubled_column", name=sorted(doubled)[0][:60])
    return Table(header, _counted(rows))


def _counted(rows: Iterator[tuple[int, Sequence[str]]]) -> Iterator[tuple[int, Sequence[str]]]:
    count = 0
    for number, cells in rows:
        plain = [clean(cell) for cell in cells]
        if not any(plain):
            if number > 4 * MOST_ROWS:
                raise TableFault("rows", most=MOST_ROWS)
            continue
        count += 1
        if count > MOST_ROWS:
            raise TableFault("rows", most=MOST_ROWS)
        if any(len(cell) > MOST_CELL for cell in plain):
            raise TableFault("long_cell", row=number, most=MOST_CELL)
        yield number, plain
