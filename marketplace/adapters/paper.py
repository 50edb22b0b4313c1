"""Sheets of labels as PDF: a code to scan, a name and the code as people read it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

VENDOR = Path(__file__).resolve().parents[2] / "static" / "vendor"
FONTS = (("Inter", "inter/inter-latin-wght-normal.woff2"),
         ("InterExt", "inter/inter-latin-ext-wght-normal.woff2"))
PAGE = (210.0, 297.0)
QUIET = 4
"""Modules of white around a code."""


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


@cache
def _font_files() -> tuple[tuple[str, Path], ...]:
    """The site's own fonts as files that a PDF can hold."""
    from fontTools.ttLib import TTFont

    folder = Path(tempfile.mkdtemp(prefix="zuruf-fonts-"))
    found = []
    for name, packed in FONTS:
        font = TTFont(VENDOR / packed)
        font.flavor = None
        target = folder / f"{name}.ttf"
        font.save(target)
        found.append((name, target))
    return tuple(found)


def label_sheets(labels: Sequence[PaperLabel], sheet: Sheet, skip: int = 0) -> bytes:
    """A PDF of labels; `skip` places of the first sheet are used up and stay empty."""
    from fpdf import FPDF

    pdf = FPDF("P", "mm", "A4")
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    for name, file in _font_files():
        pdf.add_font(name, fname=file)
    pdf.set_fallback_fonts(["InterExt"])
    pdf.set_title("Zuruf")
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
    _code(pdf, label.address, x + edge, y + (sheet.height - side) / 2, side)
    left, width = x + edge + side + 1.5, sheet.width - side - 2 * edge - 1.5
    size = 9.0 if sheet.width < 90 else 12.0
    line = size * 0.42
    lines = _wrapped(pdf, label.title, width, size, 3)
    top = y + (sheet.height - (len(lines) * line + 3 * line)) / 2
    for words in lines:
        _words(pdf, words, left, top, size)
        top += line
    _words(pdf, _wrapped(pdf, label.under, width, size * 0.8, 1)[0], left, top, size * 0.8)
    _words(pdf, label.code, left, top + 1.25 * line, size * 1.15)


def _words(pdf: Any, words: str, x: float, y: float, size: float) -> None:
    pdf.set_font("Inter", size=size)
    pdf.text(x, y + size * 0.3, words)


def _wrapped(pdf: Any, words: str, width: float, size: float, most: int) -> list[str]:
    """Lines that fit; what is left over ends with an ellipsis."""
    pdf.set_font("Inter", size=size)
    lines, line = [], ""
    for word in words.split() or [""]:
        tried = f"{line} {word}".strip()
        if line and pdf.get_string_width(tried) > width:
            lines.append(line)
            line = word
        else:
            line = tried
    lines.append(line)
    shown = lines[:most]
    if len(lines) > most:
        shown[-1] += "…"
    return [_cut(pdf, one, width) for one in shown]


def _cut(pdf: Any, words: str, width: float) -> str:
    while len(words) > 1 and pdf.get_string_width(words) > width:
        words = words.rstrip("…")[:-1].rstrip() + "…"
    return words


def _code(pdf: Any, address: str, x: float, y: float, side: float) -> None:
    """A QR code of level M with its quiet zone, as runs of dark squares."""
    import segno

    rows = [list(row) for row in segno.make(address, error="m", boost_error=False, micro=False)
            .matrix]
    module = side / (len(rows) + 2 * QUIET)
    pdf.set_fill_color(0, 0, 0)
    for row, cells in enumerate(rows):
        start = None
        for column, dark in enumerate([*cells, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                pdf.rect(x + (QUIET + start) * module, y + (QUIET + row) * module,
                         (column - start) * module, module, style="F")
                start = None
