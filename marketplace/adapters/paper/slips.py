"""Packing slips: what is in the parcel and whom to ask, without a price or a secret."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.adapters.paper.drawing import document, scan_code, wrapped, write

EDGE, WIDTH, BOTTOM = 20.0, 170.0, 268.0
MOST_CODES = 6
CODE_SIDE = 26.0


@dataclass(frozen=True, slots=True)
class SlipLine:
    """So many pieces of something, and the address its code leads to ("" for none)."""

    qty: int
    title: str
    code: str
    address: str


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip; all words in the buyer's language."""

    heading: str
    number: str
    sender: Sequence[str]
    to: Sequence[str]
    lines: Sequence[SlipLine]
    warning: str
    question: str


def packing_slips(slips: Sequence[Slip]) -> bytes:
    """A PDF with a slip per parcel; a long one goes on to further pages."""
    pdf = document()
    for slip in slips:
        _slip(pdf, slip)
    return bytes(pdf.output())


def _slip(pdf: Any, slip: Slip) -> None:
    pdf.add_page()
    write(pdf, slip.heading, EDGE, EDGE, 20)
    write(pdf, slip.number, EDGE, EDGE + 10, 12)
    for column, rows in ((EDGE, slip.sender), (EDGE + WIDTH / 2, slip.to)):
        for at, words in enumerate(rows):
            write(pdf, wrapped(pdf, words, WIDTH / 2 - 5, 10, 1)[0], column, EDGE + 22 + at * 5, 10)
    y = EDGE + 30 + 5 * max(len(slip.sender), len(slip.to))
    for line in slip.lines:
        rows = wrapped(pdf, line.title, WIDTH - 20, 12, 3)
        if y + 6 * len(rows) > BOTTOM:
            pdf.add_page()
            y = EDGE
        write(pdf, f"{line.qty} ×", EDGE, y, 12)
        for words in rows:
            write(pdf, words, EDGE + 18, y, 12)
            y += 6
        y += 2
    if slip.warning:
        write(pdf, slip.warning, EDGE, y + 3, 13)
        y += 10
    _codes(pdf, slip, y + 6)


def _codes(pdf: Any, slip: Slip, y: float) -> None:
    """The question and up to six codes; of more goods only the first has one."""
    known = {line.address: line for line in slip.lines if line.address}
    shown = list(known.values()) if len(known) <= MOST_CODES else list(known.values())[:1]
    if not shown:
        return
    if y + CODE_SIDE + 18 > BOTTOM:
        pdf.add_page()
        y = EDGE
    write(pdf, slip.question, EDGE, y, 12)
    for at, line in enumerate(shown):
        x = EDGE + at * (CODE_SIDE + 2.5)
        scan_code(pdf, line.address, x, y + 8, CODE_SIDE)
        write(pdf, line.code, x + 4, y + 8 + CODE_SIDE, 8)
