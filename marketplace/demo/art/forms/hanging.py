"""What clothes share: the rail they hang on, their shadow, folds, and how they are knitted."""

from __future__ import annotations

from marketplace.demo.art.brush import box, disc, line, path
from marketplace.demo.art.colour import darker, lighter
from marketplace.demo.art.labels import tag
from marketplace.demo.art.picture import Picture


def hanger() -> str:
    """A peg rail with a wooden hanger on it."""
    hook = line("M400 196C400 176 420 178 418 160", "#6f7478", 5)
    wood = line("M262 292C320 262 376 226 400 196C424 226 480 262 538 292", "#a8783f", 15)
    return rail() + disc(410, 150, 15, "#8a6238") + disc(407, 147, 7, "#b98a55") + hook + wood


def rail() -> str:
    """The rail itself, across the whole wall."""
    return (
        box(0, 134, 800, 34, "#c49a66")
        + box(0, 163, 800, 6, "#8f6a3f")
        + box(0, 134, 800, 5, "#dbb888")
    )


def wall_shadow(outline: str) -> str:
    """The shadow on the wall, a little to the right and below."""
    return f'<path d="{outline}" transform="translate(16 16)" fill="#1c120c" opacity=".15"/>'


def card(picture: Picture) -> str:
    """The maker's card, hung from the cuff."""
    return tag(picture.text.lines[0], 640, 740, picture.text.paper, picture.text.ink)


def folds(colour: str) -> str:
    """Where cloth falls: under the arms and down the sides."""
    deep = line(
        "M250 520C270 560 268 620 262 700M548 520C530 560 532 620 538 700",
        darker(colour, 0.5),
        9,
        0.2,
    )
    return deep + line(
        "M330 500C320 580 326 640 318 726M474 560C482 620 476 670 486 728",
        darker(colour, 0.45),
        16,
        0.1,
    )


def knit(picture: Picture) -> str:
    """The stitches: bands, ribs, ropes, a yoke of dots, or plain rows."""
    deep, pale = darker(picture.colour, 0.32), lighter(picture.colour, 0.3)
    kind = picture.pattern
    if kind == "stripes":
        return "".join(box(80, y, 640, 26, picture.second) for y in range(350, 680, 58))
    if kind == "rib":
        return line("".join(f"M{x} 260V700" for x in range(104, 700, 17)), deep, 4, 0.34)
    if kind == "cable":
        return _cables(deep, pale)
    if kind == "yoke":
        return _yoke(picture)
    rows = "".join(f"M90 {y}q310 10 620 0" for y in range(290, 730, 14))
    return line(rows, deep, 2, 0.16)


def _cables(deep: str, pale: str) -> str:
    """Four ropes twisting down the front."""
    drawn = ""
    for x in (296, 365, 435, 504):
        rope = "".join(
            f"M{x - 15} {y}c0 22 30 22 30 44M{x + 15} {y}c0 22 -30 22 -30 44"
            for y in range(300, 690, 44)
        )
        drawn += box(x - 27, 270, 54, 430, deep).replace("/>", ' opacity=".13"/>') + line(
            rope, deep, 11, 0.38
        )
        drawn += line(rope, pale, 5, 0.55)
    return drawn + line("M200 360L150 600M600 360L650 600", deep, 9, 0.25)


def _yoke(picture: Picture) -> str:
    """Rows of dots and diamonds around the shoulders, after fishermen's sweaters."""
    drawn = box(80, 300, 640, 20, picture.second) + box(80, 424, 640, 12, picture.second)
    for row, y in enumerate((342, 372, 402)):
        for n in range(26):
            x = 86 + n * 25 + (row % 2) * 12
            drawn += path(
                f"M{x} {y - 11}l9 11 -9 11 -9 -11z", picture.third if row == 1 else picture.second
            )
    return drawn
