"""What lies about where things are made or picked: wool, shavings, slate, twigs."""

from __future__ import annotations

from marketplace.demo.art.brush import box, disc, line, oval, path
from marketplace.demo.art.colour import darker
from marketplace.demo.art.props.fruit import LEAF


def sprig() -> str:
    """A twig of rosemary."""
    needles = "".join(
        f"M{x} {-10 - x * 0.16:g}l{14} {-24}M{x} {-10 - x * 0.16:g}l{16} {18}"
        for x in range(-100, 90, 16)
    )
    return line("M-112 8C-40 -6 40 -18 112 -32", "#6a5a3a", 6) + line(needles, "#64794f", 8)


def yarn(colour: str) -> str:
    """A ball of wool with a loose end."""
    windings = line(
        "M-60 -80C-20 -120 40 -110 66 -64M-72 -50C-30 -100 40 -90 72 -40M-66 -26C-20 "
        "-74 40 -62 60 -18M-40 -112C-70 -70 -66 -30 -36 -8M-8 -122C-40 -80 -36 -30 -4 "
        "0",
        darker(colour, 0.3),
        4,
        0.5,
    )
    end = line("M60 -14C100 6 120 -20 150 -4", colour, 7)
    return end + disc(0, -62, 64, colour) + windings + oval(-24, -88, 14, 10, "#fff", 0.25)


def shavings() -> str:
    """Curls of wood from the lathe."""
    curl = "M-30 0C-40 -30 0 -50 18 -26C32 -6 8 12 -4 -4C-12 -16 4 -26 10 -18"
    return "".join(
        f'<g transform="translate({x} {y}) rotate({t}) scale({s})">{line(curl, c, 11)}</g>'
        for x, y, t, s, c in (
            (-64, -6, 10, 0.9, "#e0b981"),
            (0, -10, 70, 1.1, "#cfa266"),
            (62, -4, -30, 0.8, "#ecd0a2"),
            (96, -10, 120, 0.6, "#d4ab70"),
        )
    )


def slate() -> str:
    """Broken slate, as it lies in the vineyard."""
    low = path("M-110 0L-96 -26 20 -34 106 -14 90 2z", "#4d5862") + path(
        "M-96 -26L20 -34 106 -14 -6 -10z", "#73808a"
    )
    return (
        low
        + path("M-60 -24L-40 -48 40 -52 60 -30 0 -22z", "#5f6b75")
        + path("M-40 -48L40 -52 60 -30 -22 -34z", "#8a969f")
    )


def flower() -> str:
    """Mustard in flower, lying down."""
    petals = ""
    for x, y in ((60, -50), (86, -34), (72, -18), (40, -40)):
        petals += "".join(
            disc(x + dx, y + dy, 9, "#ecc53c") for dx, dy in ((-8, 0), (8, 0), (0, -8), (0, 8))
        ) + disc(x, y, 4, "#a8801f")
    leaves = "".join(
        f'<path d="{LEAF}" transform="translate({x} {y}) rotate({t}) scale(.7)" fill="#72864f"/>'
        for x, y, t in ((-60, -6, -60), (-20, -14, 100), (0, -18, -40))
    )
    return line("M-110 0C-50 -4 10 -18 66 -38", "#6f7f45", 6) + leaves + petals


def matches() -> str:
    """A box of matches and two matches."""
    pack = (
        box(-60, -44, 96, 44, "#2d4a5c", 3)
        + box(-60, -44, 96, 12, "#8a2f3c")
        + box(36, -40, 26, 36, "#d9b98a")
    )
    sticks = (
        line("M20 4L104 -18M44 10L112 6", "#d9b98a", 6)
        + disc(106, -19, 7, "#a33a2c")
        + disc(114, 6, 7, "#a33a2c")
    )
    return pack + sticks
