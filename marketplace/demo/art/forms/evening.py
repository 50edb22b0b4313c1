"""What belongs to a quiet evening: candlestick, candles, a book."""

from __future__ import annotations

from typing import Final

from marketplace.demo.art.brush import box, disc, inside, line, oval, path
from marketplace.demo.art.colour import darker, lighter
from marketplace.demo.art.forms.wood import brand, grain, rings
from marketplace.demo.art.lathe import GROUND, Profile, lathe
from marketplace.demo.art.letters import writing
from marketplace.demo.art.picture import Picture
from marketplace.demo.art.scene import Still

STICK: Final[Profile] = (
    (34, 606),
    (44, 612, 44, 640, 30, 650),
    (24, 680, 56, 690, 56, 720),
    (56, 750, 26, 760, 28, 800),
    (32, 850, 120, 846, 132, 880),
    (134, 896, 120, GROUND, 108, GROUND),
)


def candlestick(picture: Picture) -> Still:
    """A turned stick with a burning candle."""
    outline = lathe(STICK, 1, picture.girth, 6)
    body = inside(
        outline, path(outline, picture.colour) + rings(picture) + path(outline, "url(#round)")
    )
    return Still(_taper(picture.second, 378, 610, 44, 330) + body, (400, 902, 130))


def candles(picture: Picture) -> Still:
    """Pillar candles of wax, one burning; `colour` wax."""
    left = _pillar(picture.colour, 236, 620, 130)
    right = _pillar(darker(picture.colour, 0.06), 420, 520, 150)
    front = _pillar(lighter(picture.colour, 0.1), 340, 730, 116)
    if picture.pattern == "tapers":
        drawn = "".join(
            _taper(picture.colour, x, 880, 36, high, lit=n == 1)
            for n, (x, high) in enumerate(((270, 520), (340, 560), (410, 530), (480, 545)))
        )
        band = box(256, 690, 276, 92, picture.text.paper) + box(256, 690, 276, 92, "url(#soft)")
        words = writing(picture.text.lines[0], 394, 732, 38, picture.text.ink, at_most=240)
        words += writing(
            picture.text.lines[1], 394, 764, 22, picture.text.ink, at_most=240, track=18
        )
        return Still(drawn + band + words, (400, 898, 150))
    return Still(right + left + front, (400, 900, 190))


def _pillar(wax: str, x: float, top: float, wide: float) -> str:
    """One thick candle with a molten rim and a flame."""
    half = wide / 2
    outline = f"M{x} {top:g}q{half:g} 18 {wide:g} 0V886q{-half:g} 30 {-wide:g} 0z"
    run = f"M{x + wide * 0.14:g} {top:g}v60q9 16 18 0v-30q8 -10 16 0v14q8 12 14 0v-44z"
    cells = "".join(f"M{x} {y}q{half:g} 18 {wide:g} 0" for y in range(round(top) + 60, 880, 34))
    drawn = (
        path(outline, wax) + line(cells, darker(wax, 0.3), 2, 0.25) + path(outline, "url(#round)")
    )
    drawn += oval(x + half, top, half, 15, lighter(wax, 0.45)) + oval(
        x + half, top + 1, half * 0.72, 9, darker(wax, 0.12)
    )
    return drawn + path(run, lighter(wax, 0.3), 0.8) + _flame(x + half, top - 4)


def _taper(wax: str, x: float, foot: float, wide: float, high: float, lit: bool = True) -> str:
    """One thin candle."""
    top = foot - high
    outline = (
        f"M{x} {foot:g}L{x + 4} {top:g}q{wide / 2 - 4:g} -12 {wide - 8:g} 0L{x + wide} "
        f"{foot:g}q{-wide / 2:g} 12 {-wide:g} 0z"
    )
    drawn = path(outline, wax) + path(outline, "url(#round)")
    wick = line(f"M{x + wide / 2:g} {top - 4:g}v-20", "#3c3126", 4)
    return drawn + (_flame(x + wide / 2, top - 6) if lit else wick)


def _flame(x: float, y: float) -> str:
    """Wick, flame and its glow."""
    glow = disc(x, y - 40, 84, "#ffe6a3", 0.2) + disc(x, y - 40, 46, "#ffe6a3", 0.28)
    wick = line(f"M{x:g} {y:g}v-18", "#3c3126", 4)
    fire = (
        f"M{x:g} {y - 84:g}C{x + 28:g} {y - 44:g} {x + 20:g} {y - 8:g} {x:g} {y - 8:g}"
        f"S{x - 26:g} {y - 44:g} {x:g} {y - 84:g}z"
    )
    core = (
        f"M{x:g} {y - 50:g}C{x + 12:g} {y - 28:g} {x + 9:g} {y - 10:g} {x:g} {y - 10:g}"
        f"S{x - 11:g} {y - 28:g} {x:g} {y - 50:g}z"
    )
    return glow + wick + path(fire, "#f5b13c") + path(core, "#fff3c4")


def book(picture: Picture) -> Still:
    """A book with wooden covers, standing, a ribbon hanging out."""
    pages = path("M536 318L574 340V878L536 900z", "#f3ecdd")
    pages += line("M546 326V892M556 332V886M565 337V880", "#cdbfa6", 2)
    cover = "M232 316Q232 304 244 304H540V902H244Q232 902 232 890z"
    body = inside(cover, path(cover, picture.colour) + grain(picture) + path(cover, "url(#soft)"))
    spine = box(232, 304, 44, 598, picture.second) + line(
        "M254 350V400M254 800V850", lighter(picture.second, 0.5), 4
    )
    ribbon = line("M470 902V944", picture.third, 9)
    return Still(pages + body + spine + ribbon + brand(picture, 560), (410, 902, 176))
