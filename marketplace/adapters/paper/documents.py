"""Invoices and corrections as PDF/A-3 with tags, so that they last and can be read aloud."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from marketplace.adapters.paper.contract import PaperDocument

HERE = Path(__file__).resolve().parent
VENDOR = HERE.parents[2] / "static" / "vendor" / "inter"
FACES = (("Inter", "inter-latin-wght-normal.woff2"),
         ("Inter Ext", "inter-latin-ext-wght-normal.woff2"))


def document_pdf(paper: PaperDocument) -> bytes:
    """The document as PDF/A-3a; the same words give the same bytes.

    Signs that none of the fonts has are printed as a question mark.
    """
    import typst

    shown = json.dumps(_printable(asdict(paper)), default=str, ensure_ascii=False)
    day = paper.issued_on
    made = typst.compile(
        str(HERE / "document.typ"), root=str(HERE), font_paths=_fonts(), format="pdf",
        sys_inputs={"data": shown}, pdf_standards="a-3a",
        timestamp=datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> Any:
    """The site's own fonts and those of the typesetter; none of the machine."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True,
                       font_paths=[str(_font_folder())])


@cache
def _font_folder() -> Path:
    """The site's font, all weights in one, as files that can be embedded; once per process."""
    from fontTools.ttLib import TTFont

    folder = Path(tempfile.mkdtemp(prefix="zuruf-paper-"))
    for family, packed in FACES:
        font = TTFont(VENDOR / packed)
        font.flavor = None
        for number in (1, 16):
            font["name"].setName(family, number, 3, 1, 0x409)
        font.save(folder / f"{family}.ttf")
    return folder


@cache
def _known_signs() -> frozenset[int]:
    """What the site's font can print; of letters elsewhere the typesetter's own fonts do."""
    from fontTools.ttLib import TTFont

    found: set[int] = set()
    for _family, packed in FACES:
        found |= set(TTFont(VENDOR / packed).getBestCmap())
    return frozenset(found)


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return "".join(sign if _prints(sign) else "?" for sign in value)
    if isinstance(value, dict):
        return {name: _printable(one) for name, one in value.items()}
    if isinstance(value, Iterable):
        return [_printable(one) for one in value]
    return value


def _prints(sign: str) -> bool:
    """Latin by the site's font, Greek and Cyrillic by the typesetter's."""
    code = ord(sign)
    return code in _known_signs() or 0x370 <= code <= 0x3FF or 0x400 <= code <= 0x45F
