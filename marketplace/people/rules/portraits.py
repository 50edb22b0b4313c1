"""The abstract round figure a person gets who has not given a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from math import cos, radians, sin
from typing import Final

TURNS: Final = 24
SIZES: Final = 7
CENTRE: Final = 60
RADIUS: Final = 60


@dataclass(frozen=True, slots=True)
class Palette:
    """Four colours as #rrggbb: the ground, two that carry the figure, and a small accent."""

    ground: str
    first: str
    second: str
    accent: str


PALETTES: Final = (
    Palette("#f3ddb8", "#b5523b", "#2f5d50", "#fbf3e2"),
    Palette("#d6e3d8", "#2f6353", "#d0913c", "#f6efdd"),
    Palette("#e6d9e8", "#5f4373", "#dd7f60", "#f7ecdc"),
    Palette("#f2e2d0", "#1f4a6b", "#c94f3a", "#f0b95a"),
    Palette("#f6d9cd", "#8a2f3c", "#e0a13b", "#fdf1e3"),
    Palette("#d7e5ec", "#2a5673", "#bb6a45", "#f4e6c6"),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """What a seed decides: colours, motif, turn in steps of 15 degrees, size 0..6."""

    palette: Palette
    motif: int
    turn: int
    size: int


def portrait(seed: int) -> str:
    """The figure of a person as SVG text, 120 x 120, round, without ids; same seed, same figure."""
    figure = figure_of(seed)
    shapes = MOTIFS[figure.motif](figure.palette, figure.size / (SIZES - 1))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120">'
        f"{_disc(CENTRE, CENTRE, RADIUS, figure.palette.ground)}"
        f'<g transform="rotate({figure.turn * 360 // TURNS} 60 60)">{shapes}</g></svg>'
    )


def figure_of(seed: int) -> Figure:
    """The choices drawn from a seed; neighbouring seeds give unrelated figures."""
    digest = blake2b(str(seed).encode(), digest_size=8).digest()
    rest, palette = divmod(int.from_bytes(digest), len(PALETTES))
    rest, motif = divmod(rest, len(MOTIFS))
    rest, turn = divmod(rest, TURNS)
    rest, size = divmod(rest, SIZES)
    colours = PALETTES[palette]
    if rest % 2:
        colours = Palette(colours.ground, colours.second, colours.first, colours.accent)
    return Figure(colours, motif, turn, size)


def _disc(x: float, y: float, radius: float, fill: str) -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{fill}"/>'


def _path(way: str, fill: str) -> str:
    return f'<path d="{way}" fill="{fill}"/>'


def _rim(degrees: float, radius: float = RADIUS) -> str:
    """The point "x y" at an angle on a circle around the centre; 0 = right, 90 = down."""
    angle = radians(degrees)
    return f"{CENTRE + radius * cos(angle):.4g} {CENTRE + radius * sin(angle):.4g}"


def _segment(start: float, end: float, fill: str) -> str:
    """The part of the round ground cut off by the chord from one angle to another."""
    large = int(end - start > 180)
    return _path(f"M{_rim(start)}A60 60 0 {large} 1 {_rim(end)}z", fill)


def _horizon(colours: Palette, size: float) -> str:
    """A sun standing on the edge of land."""
    tilt = 8 + 22 * size
    sun = _disc(60, 52 - 6 * size, 19 + 5 * size, colours.second)
    return sun + _segment(tilt, 180 - tilt, colours.first) + _disc(86, 30, 4, colours.accent)


def _pair(colours: Palette, size: float) -> str:
    """Two discs and what they share."""
    radius, apart = 31 - 3 * size, 14 + 6 * size
    half = (radius**2 - apart**2) ** 0.5
    lens = (
        f"M60 {60 - half:.4g}A{radius:g} {radius:g} 0 0 1 60 {60 + half:.4g}"
        f"A{radius:g} {radius:g} 0 0 1 60 {60 - half:.4g}z"
    )
    left = _disc(60 - apart, 60, radius, colours.first)
    return left + _disc(60 + apart, 60, radius, colours.second) + _path(lens, colours.accent)


def _peak(colours: Palette, size: float) -> str:
    """A mountain with a small moon behind its slope."""
    spread = 52 + 14 * size
    mountain = f"M{_rim(-90, 44)}L{_rim(90 - spread)}A60 60 0 0 1 {_rim(90 + spread)}z"
    return _disc(84, 44, 15 + 4 * size, colours.second) + _path(mountain, colours.first)


def _petals(colours: Palette, size: float) -> str:
    """Four quarter leaves around the middle, one of them pale."""
    reach = 38 + 9 * size
    leaf = f"M60 60h{reach:g}A{reach:g} {reach:g} 0 0 1 60 {60 + reach:g}z"
    fills = (colours.second, colours.first, colours.second, colours.accent)
    drawn = "".join(
        f'<g transform="rotate({90 * step} 60 60)">{_path(leaf, fill)}</g>'
        for step, fill in enumerate(fills)
    )
    return drawn + _disc(60, 60, 8 + 3 * size, colours.ground)


def _arch(colours: Palette, size: float) -> str:
    """Three bows, one inside the other, over open ground."""
    fills = (colours.first, colours.accent, colours.second)
    base = 74 + 8 * size
    bows = []
    for radius, fill in zip((44, 31, 17), fills, strict=True):
        bows.append(
            _path(
                f"M{60 - radius} {base:g}V60a{radius} {radius} 0 0 1 {2 * radius} 0V{base:g}z", fill
            )
        )
    return "".join(bows)


def _leaf(colours: Palette, size: float) -> str:
    """A leaf from rim to rim, one half in shade, with a berry."""
    bend = 62 + 14 * size
    whole = f"M60 6A{bend:g} {bend:g} 0 0 1 60 114A{bend:g} {bend:g} 0 0 1 60 6z"
    half = f"M60 6A{bend:g} {bend:g} 0 0 1 60 114z"
    berry = _disc(26, 34, 9, colours.accent)
    return _path(whole, colours.first) + _path(half, colours.second) + berry


def _crescent(colours: Palette, size: float) -> str:
    """A moon lying around a disc."""
    inner = 30 + 4 * size
    moon = _disc(60, 60, 46, colours.first) + _disc(60 + 12, 60 - 8, inner, colours.ground)
    return moon + _disc(60 + 14, 60 - 9, 14 + 4 * size, colours.second)


def _fields(colours: Palette, size: float) -> str:
    """Strips of field, seen from above, with a well."""
    upper, lower = 2 + 10 * size, 36 + 8 * size
    far = _segment(-172 + 2 * upper, -8 - 2 * upper, colours.second)
    near = _segment(lower, 180 - lower, colours.accent)
    band = f"M{_rim(upper)}A60 60 0 0 1 {_rim(lower)}L{_rim(180 - lower)}"
    middle = _path(f"{band}A60 60 0 0 1 {_rim(180 - upper)}z", colours.first)
    return far + near + middle + _disc(78, 50 - 6 * size, 9, colours.accent)


MOTIFS: Final[tuple[Callable[[Palette, float], str], ...]] = (
    _horizon,
    _pair,
    _peak,
    _petals,
    _arch,
    _leaf,
    _crescent,
    _fields,
)
