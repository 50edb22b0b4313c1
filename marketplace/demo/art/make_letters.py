"""Takes the outlines of letters out of Fraunces (SIL OFL 1.1) and writes `letters.json`.

Run by hand when letters are missing; needs fonttools and brotli:
    python -m marketplace.demo.art.make_letters fraunces-latin-full-normal.woff2
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

CHARACTERS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜabcdefghijklmnopqrstuvwxyzäöüßéèêàçñóíá0123456789 .,&-–'’·%°+/()"
)
PLACE = {"wght": 560, "opsz": 40, "SOFT": 30, "WONK": 0}


class RelativePen(BasePen):
    """Collects contours as (x, y, relative SVG commands), whole thousandths of the size."""

    def __init__(self, glyphs: object) -> None:
        super().__init__(glyphs)
        self.contours: list[list[int | str]] = []
        self._at = (0, 0)
        self._way = ""

    def _step(self, point: tuple[float, float]) -> str:
        x, y = round(point[0]), round(point[1])
        return f"{x - self._at[0]} {y - self._at[1]}".replace(" -", "-")

    def _go(self, point: tuple[float, float]) -> None:
        self._at = (round(point[0]), round(point[1]))

    def _moveTo(self, pt: tuple[float, float]) -> None:
        self._go(pt)
        self._way = ""
        self.contours.append([*self._at, ""])

    def _lineTo(self, pt: tuple[float, float]) -> None:
        self._way += "l" + self._step(pt)
        self._go(pt)

    def _qCurveToOne(self, pt1: tuple[float, float], pt2: tuple[float, float]) -> None:
        end = self._step(pt2)
        self._way += f"q{self._step(pt1)} {end}".replace(" -", "-")
        self._go(pt2)

    def _closePath(self) -> None:
        self.contours[-1][2] = self._way + "z"


def letters(font_file: Path) -> dict[str, list[object]]:
    """For each character its advance and its contours, in thousandths of the size, y down."""
    font = TTFont(font_file)
    axes = {axis.axisTag for axis in font["fvar"].axes}
    font = instantiateVariableFont(font, {k: v for k, v in PLACE.items() if k in axes})
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    scale = 1000 / font["head"].unitsPerEm
    table: dict[str, list[object]] = {}
    for character in CHARACTERS:
        name = names.get(ord(character))
        if name is None:
            continue
        pen = RelativePen(glyphs)
        glyphs[name].draw(TransformPen(pen, (scale, 0, 0, -scale, 0, 0)))
        table[character] = [round(glyphs[name].width * scale), pen.contours]
    return table


def main(arguments: list[str]) -> None:
    """Write the table beside this file."""
    target = Path(__file__).with_name("letters.json")
    text = json.dumps(letters(Path(arguments[0])), ensure_ascii=False, separators=(",", ":"))
    target.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
