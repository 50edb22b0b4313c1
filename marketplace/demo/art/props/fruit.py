"""Fruit, nuts and a vegetable."""

from __future__ import annotations

from typing import Final

from marketplace.demo.art.brush import disc, line, moved, oval, path
from marketplace.demo.art.colour import darker

LEAF: Final = "M0 0C-14 -16 -12 -44 0 -60C12 -44 14 -16 0 0z"


def lemon() -> str:
    """A lemon and a half one."""
    whole = path(
        "M-92 -36C-90 -70 -40 -86 0 -70C14 -64 20 -52 30 -46C22 -34 16 -14 -2 -8C-44 "
        "6 -88 -4 -92 -36z",
        "#edc53f",
    )
    shade = path(
        "M-92 -36C-84 -14 -30 -6 20 -34C10 -14 2 -10 -2 -8C-44 6 -88 -4 -92 -36z", "#b98a1c", 0.4
    )
    half = (
        disc(58, -34, 40, "#edc53f") + disc(58, -34, 34, "#fbf3cf") + disc(58, -34, 29, "#f3d765")
    )
    rays = line(
        "".join(
            f"M58 -34l{x} {y}"
            for x, y in ((0, -28), (24, -14), (24, 14), (0, 28), (-24, 14), (-24, -14))
        ),
        "#fbf3cf",
        4,
    )
    return whole + shade + half + rays


def grapes(colour: str) -> str:
    """A bunch lying on its side."""
    berries = ""
    for x, y in (
        (-70, -26),
        (-44, -50),
        (-40, -14),
        (-12, -62),
        (-10, -34),
        (-6, -8),
        (22, -50),
        (24, -20),
        (52, -36),
        (54, -10),
        (80, -20),
    ):
        berries += disc(x, y - 8, 21, darker(colour, 0.004 * (x + 70))) + disc(
            x - 6, y - 15, 5, "#fff", 0.4
        )
    return line("M-84 -40C-110 -50 -118 -66 -122 -78", "#6b5531", 7) + berries


def walnuts() -> str:
    """Two walnuts, one open."""
    shell = "M-40 0C-58 -30 -30 -66 0 -64C30 -66 58 -30 40 0C20 10 -20 10 -40 0z"
    one = path(shell, "#b98a58") + line(
        "M0 -64C6 -40 -6 -20 0 2M-28 -48C-20 -30 -30 -16 -22 2M26 -48C20 -30 30 -16 20 2",
        "#7d5a33",
        3,
        0.6,
    )
    half = oval(0, -26, 42, 30, "#9a7044") + oval(0, -28, 35, 24, "#ecd9b4")
    kernel = line(
        "M-24 -28C-14 -44 -6 -22 0 -34C8 -46 16 -22 24 -30M-18 -20C-8 -8 6 -12 18 -18", "#b48a55", 6
    )
    return moved(one, -44, 0) + moved(half + kernel, 44, 0)


def apple() -> str:
    """A red apple with a leaf."""
    body = (
        "M0 -92C30 -112 76 -96 72 -46C70 -8 32 6 0 -2C-32 6 -70 -8 -72 -46C-76 -96 -30 -112 0 -92z"
    )
    leaf = f'<path d="{LEAF}" transform="translate(4 -98) rotate(58) scale(.8)" fill="#6f8a45"/>'
    blush = path(
        "M0 -92C30 -112 76 -96 72 -46C70 -20 50 -6 26 -2C60 -40 40 -80 0 -92z", "#8f2f2a", 0.5
    )
    return (
        path(body, "#c8533e")
        + blush
        + oval(-32, -64, 11, 18, "#fff", 0.3)
        + line("M0 -92C0 -108 4 -116 10 -122", "#5a4124", 6)
        + leaf
    )


def quince() -> str:
    """A quince, knobbly and yellow."""
    body = (
        "M0 -108C20 -112 34 -92 54 -74C82 -48 62 -2 18 0C-4 8 -46 4 -62 -22C-76 -52 -42 "
        "-72 -28 -92C-20 -106 -10 -108 0 -108z"
    )
    leaf = f'<path d="{LEAF}" transform="translate(0 -106) rotate(-60) scale(.9)" fill="#75875a"/>'
    return (
        path(body, "#e0bb3e")
        + path("M54 -74C82 -48 62 -2 18 0C-4 8 -46 4 -62 -22C-20 0 50 -10 54 -74z", "#a8801f", 0.4)
        + oval(-24, -54, 11, 18, "#fff", 0.35)
        + leaf
    )


def figs() -> str:
    """A fig and an open half."""
    fig = "M0 -104C12 -84 58 -70 56 -34C52 4 -52 4 -56 -34C-58 -70 -12 -84 0 -104z"
    half = (
        path(fig, "#5d4468")
        + path("M0 -84C10 -68 44 -58 42 -34C38 -8 -38 -8 -42 -34C-44 -58 -10 -68 0 -84z", "#f0dcc4")
        + oval(0, -38, 28, 24, "#b4485a")
    )
    seeds = "".join(disc(-18 + n * 13 % 38, -24 - n * 11 % 30, 2.4, "#f3d9a0") for n in range(9))
    return moved(path(fig, "#533c60") + oval(-20, -50, 8, 18, "#fff", 0.2), -46, 0) + moved(
        half + seeds, 52, 4, 0.9
    )


def asparagus() -> str:
    """A bunch of white asparagus tied with string."""
    spears = ""
    for n in range(6):
        y = -12 - (n % 3) * 20
        shift = (n * 29) % 34
        spears += line(
            f"M{-104 + shift} {y}H{88 + shift * 0.6}", darker("#f2ead2", 0.06 * (n % 3)), 21
        )
        spears += path(f"M{78 + shift * 0.6:g} {y - 11}q34 2 40 11q-12 9 -40 11z", "#d9cfae")
    return spears + line("M-20 -66V-2M-8 -66V-2", "#8a6a3f", 4)
