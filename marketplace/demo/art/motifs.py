"""Small emblems for labels, drawn around 0 0 inside a circle of radius 100."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from marketplace.demo.art.brush import disc, line, on_circle, oval, path, turned
from marketplace.demo.art.colour import mix


def _hills(ink: str, paper: str) -> str:
    """Three slopes of vineyard, the far one pale."""
    far = path("M-100 40C-60 -40 -20 -52 20 -8S80 -20 100 -2V78H-100z", mix(ink, paper, 0.6))
    mid = path("M-100 46C-50 0 -12 8 30 34S84 20 100 16V78H-100z", mix(ink, paper, 0.32))
    near = path("M-100 74C-56 34 -20 66 20 56S80 44 100 52V78H-100z", ink)
    return disc(34, -54, 22, mix(ink, paper, 0.3)) + far + mid + near


def _sun(ink: str, paper: str) -> str:
    """A disc with eighteen rays of two lengths."""
    rays = ""
    for step in range(18):
        inner = on_circle(0, 0, 60, step * 20)
        outer = on_circle(0, 0, 94 if step % 2 else 82, step * 20)
        rays += f"M{inner[0]:.0f} {inner[1]:.0f}L{outer[0]:.0f} {outer[1]:.0f}"
    return disc(0, 0, 44, ink) + line(rays, ink, 6)


def _leaf(ink: str, paper: str) -> str:
    """Three leaves on one foot."""
    blade = "M0 74C-34 30 -32 -42 0 -86C32 -42 34 30 0 74z"
    side = path(blade, mix(ink, paper, 0.5))
    middle = path(blade, ink) + line("M0 60V-56", paper, 3, 0.6)
    return turned(side, -46, 0, 74) + turned(side, 46, 0, 74) + middle


def _waves(ink: str, paper: str) -> str:
    """Four lines of water under a low sun."""
    waves = "".join(f"M-92 {y}q23 -26 46 0t46 0t46 0t46 0" for y in (0, 26, 52, 78))
    return path("M-46 -22a46 46 0 0 1 92 0z", mix(ink, paper, 0.4)) + line(waves, ink, 8)


def _grape(ink: str, paper: str) -> str:
    """A bunch with a leaf."""
    rows = ((-34, (-54, -18, 18, 54)), (-2, (-36, 0, 36)), (30, (-18, 18)), (62, (0,)))
    berries = "".join(
        disc(x, y, 20, mix(ink, paper, 0.12 * ((x + y) % 3))) for y, row in rows for x in row
    )
    leaf = path("M4 -56C20 -100 62 -98 84 -84C66 -60 40 -48 4 -56z", mix(ink, paper, 0.45))
    return berries + line("M0 -50V-90", ink, 7) + leaf


def _bee(ink: str, paper: str) -> str:
    """A bee seen from above."""
    wing = mix(ink, paper, 0.55)
    wings = turned(oval(-52, -22, 44, 22, wing), 24, -52, -22)
    wings += turned(oval(52, -22, 44, 22, wing), -24, 52, -22)
    body = oval(0, 22, 33, 56, ink)
    bands = line("M-29 6H29M-32 30H32M-24 54H24", paper, 9)
    feelers = line("M-8 -54C-14 -72 -24 -80 -34 -82M8 -54C14 -72 24 -80 34 -82", ink, 5)
    return wings + body + bands + disc(0, -40, 20, ink) + feelers


def _comb(ink: str, paper: str) -> str:
    """Seven cells of honeycomb, three of them full."""
    cell = "M0 -32L28 -16V16L0 32L-28 16V-16z"
    places = ((0, 0), (60, 0), (-60, 0), (30, -52), (-30, -52), (30, 52), (-30, 52))
    return "".join(
        f'<path d="{cell}" transform="translate({x} {y})" fill="{ink if n % 3 else paper}"'
        f' stroke="{ink}" stroke-width="5"/>'
        for n, (x, y) in enumerate(places)
    )


def _stars(ink: str, paper: str) -> str:
    """A night of four stars over a rail."""
    star = "M0 -30C4 -8 8 -4 30 0C8 4 4 8 0 30C-4 8 -8 4 -30 0C-8 -4 -4 -8 0 -30z"
    sky = "".join(
        f'<path d="{star}" transform="translate({x} {y}) scale({size})" fill="{ink}"/>'
        for x, y, size in ((-44, -42, 1.1), (36, -56, 0.8), (4, 2, 1.4), (66, -6, 0.6))
    )
    return sky + line("M-90 60H90M-90 78H90", mix(ink, paper, 0.2), 7)


def _mountain(ink: str, paper: str) -> str:
    """A summit with snow and two lower ones."""
    back = path("M-100 70L-44 -30L-6 34L40 -8L100 70z", mix(ink, paper, 0.5))
    front = path("M-70 70L6 -84L82 70z", ink)
    return back + front + path("M6 -84L-22 -28L-6 -40L8 -22L20 -40L34 -28z", paper)


def _mustard(ink: str, paper: str) -> str:
    """A flowering twig with four petals and pods."""
    petal = "M0 0C-22 -10 -24 -44 0 -54C24 -44 22 -10 0 0z"
    flower = "".join(turned(path(petal, ink), turn, 0, 0) for turn in (0, 90, 180, 270))
    twig = line("M0 30V96M0 70C-26 62 -40 44 -52 34M0 84C26 76 40 60 52 50", ink, 7)
    return turned(flower, 45, 0, 0) + disc(0, 0, 13, paper) + twig


def _kiln(ink: str, paper: str) -> str:
    """A pot on the wheel."""
    pot = path(
        "M-40 -62H40C34 -40 66 -22 66 16C66 46 44 56 40 62H-40C-44 56 -66 46 -66 16"
        "C-66 -22 -34 -40 -40 -62z",
        ink,
    )
    rings = line("M-60 0C-20 12 20 12 60 0M-62 24C-20 36 20 36 62 24", paper, 5, 0.7)
    return pot + rings + line("M-90 82H90", mix(ink, paper, 0.3), 10)


def _rings(ink: str, paper: str) -> str:
    """The end of a trunk."""
    rings = "".join(
        f'<circle cx="{4 - radius / 16:g}" cy="{radius / 24:g}" r="{radius}" fill="none"'
        f' stroke="{ink}" stroke-width="6"/>'
        for radius in (14, 32, 50, 68)
    )
    return f"{disc(0, 0, 88, mix(ink, paper, 0.7))}{rings}{line('M20 20L76 52', ink, 6)}"


def _stitches(ink: str, paper: str) -> str:
    """Three rows of knitting."""
    stitch = "M-15 -22C-6 -14 0 -4 0 16C0 -4 6 -14 15 -22"
    return "".join(
        f'<path d="{stitch}" transform="translate({x} {y})" fill="none" stroke="{ink}"'
        ' stroke-width="11" stroke-linecap="round"/>'
        for y in (-48, 0, 48)
        for x in (-66, -22, 22, 66)
    )


def _moon(ink: str, paper: str) -> str:
    """A crescent over low hills."""
    crescent = path("M26 -80A62 62 0 1 0 66 12A50 50 0 0 1 26 -80z", ink)
    return crescent + path("M-96 82C-50 44 -10 78 30 62S80 58 96 64V84H-96z", mix(ink, paper, 0.4))


MOTIFS: Final[dict[str, Callable[[str, str], str]]] = {
    "hills": _hills,
    "sun": _sun,
    "leaf": _leaf,
    "waves": _waves,
    "grape": _grape,
    "bee": _bee,
    "comb": _comb,
    "stars": _stars,
    "mountain": _mountain,
    "mustard": _mustard,
    "kiln": _kiln,
    "rings": _rings,
    "stitches": _stitches,
    "moon": _moon,
}
