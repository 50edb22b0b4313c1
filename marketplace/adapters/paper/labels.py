"""Sheets of labels: a code to scan, a name and the code as people read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.adapters.paper.drawing import document, scan_code, wrapped, write


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of equal labels on A4; all in millimetres."""

    name: str
    across: int
    down: int
    width: float
    height: float
    left: float
    top: float
    gap_x: float = 0.0
    gap_y: float = 0.0


SHEETS = (
    Sheet("24", 3, 8, 70.0, 37.0, 0.0, 0.5),
    Sheet("21", 3, 7, 63.5, 38.1, 7.2, 15.1, 2.5),
    Sheet("14", 2, 7, 99.1, 38.1, 4.65, 15.1, 2.5),
    Sheet("8", 2, 4, 105.0, 74.0, 0.0, 0.5),
)


@dataclass(frozen=True, slots=True)
class PaperLabel:
    """What stands on one label."""

    title: str
    under: str
    code: str
    address: str


def label_sheets(labels: Sequence[PaperLabel], sheet: Sheet, skip: int = 0) -> bytes:
    """A PDF of labels; `skip` places of the first sheet are used up and stay empty."""
    pdf = document()
    a_page = sheet.across * sheet.down
    for place, label in enumerate(labels, start=skip):
        if place % a_page == 0 or not pdf.pages:
            pdf.add_page()
        row, column = divmod(place % a_page, sheet.across)
        _label(pdf, label, sheet, sheet.left + column * (sheet.width + sheet.gap_x),
               sheet.top + row * (sheet.height + sheet.gap_y))
    return bytes(pdf.output())


def _label(pdf: Any, label: PaperLabel, sheet: Sheet, x: float, y: float) -> None:
    """Code at the left, words at the right, nothing nearer than 2.5 mm to the edge."""
    edge = 2.5
    side = min(sheet.height - 2 * edge, sheet.width * 0.42)
    scan_code(pdf, label.address, x + edge, y + (sheet.height - side) / 2, side)
    left, width = x + edge + side + 1.5, sheet.width - side - 2 * edge - 1.5
    size = 9.0 if sheet.width < 90 else 12.0
    line = size * 0.42
    lines = wrapped(pdf, label.title, width, size, 3)
    top = y + (sheet.height - (len(lines) * line + 3 * line)) / 2
    for words in lines:
        write(pdf, words, left, top, size)
        top += line
    write(pdf, wrapped(pdf, label.under, width, size * 0.8, 1)[0], left, top, size * 0.8)
    write(pdf, label.code, left, top + 1.25 * line, size * 1.15)
