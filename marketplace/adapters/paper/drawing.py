"""Words and codes on paper: the site's fonts, lines that fit, codes to scan."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

VENDOR = Path(__file__).resolve().parents[3] / "static" / "vendor"
FONTS = (("Inter", "inter/inter-latin-wght-normal.woff2"),
         ("InterExt", "inter/inter-latin-ext-wght-normal.woff2"))
QUIET = 4
"""Modules of white around a code."""


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


def document() -> Any:
    """An empty A4 document with the site's fonts, without margins."""
    from fpdf import FPDF

    pdf = FPDF("P", "mm", "A4")
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    for name, file in _font_files():
        pdf.add_font(name, fname=file)
    pdf.set_fallback_fonts(["InterExt"])
    pdf.set_title("Zuruf")
    return pdf


def write(pdf: Any, words: str, x: float, y: float, size: float) -> None:
    """One line, its top at y; millimetres and points."""
    pdf.set_font("Inter", size=size)
    pdf.text(x, y + size * 0.3, words)


def wrapped(pdf: Any, words: str, width: float, size: float, most: int) -> list[str]:
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
    return [cut(pdf, one, width) for one in shown]


def cut(pdf: Any, words: str, width: float) -> str:
    """As much of the words as fits, then an ellipsis."""
    while len(words) > 1 and pdf.get_string_width(words) > width:
        words = words.rstrip("…")[:-1].rstrip() + "…"
    return words


def scan_code(pdf: Any, address: str, x: float, y: float, side: float) -> None:
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
