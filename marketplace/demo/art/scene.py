"""Wall, table, light and shadow: the room every still life stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from marketplace.demo.art.brush import disc, path
from marketplace.demo.art.colour import darker, lighter, mix

WIDTH: Final = 800
HEIGHT: Final = 1000
EDGE: Final = 770
BACKDROPS: Final = ("window", "niche", "disc", "plain", "panel", "leaves")


@dataclass(frozen=True, slots=True)
class Still:
    """A drawn thing: its body as SVG, and where its shadow lies (x, y, half width).

    A thing without `shadow` hangs on the wall. `zoom` enlarges low things around their foot.
    """

    body: str
    shadow: tuple[float, float, float] | None
    zoom: float = 1


@dataclass(frozen=True, slots=True)
class Room:
    """Colours of wall and table, and the style of backdrop a producer keeps."""

    wall: str
    table: str
    backdrop: str


def scene(room: Room, still: Still, props: str = "") -> str:
    """The whole picture, 800 x 1000, as SVG text."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"<defs>{_lights(room)}</defs>"
        f"{path('M0 0h800v1000H0z', 'url(#wall)')}{_backdrop(room)}"
        f"{path('M0 770h800v230H0z', 'url(#table)')}"
        f"{path('M0 770h800v3H0z', '#fff', 0.25)}"
        f"{_enlarged(still)}{props}</svg>"
    )


def _enlarged(still: Still) -> str:
    """Shadow and thing, scaled around the middle of the foot."""
    drawn = _shadow(still) + still.body
    if still.zoom == 1:
        return drawn
    x, y, by = 400, 902, still.zoom
    return f'<g transform="translate({x - x * by:g} {y - y * by:g}) scale({by:g})">{drawn}</g>'


def _gradient(name: str, stops: tuple[tuple[float, str, float], ...], way: str) -> str:
    """A linear gradient; stops are (offset, colour, opacity)."""
    inner = "".join(
        f'<stop offset="{offset:g}" stop-color="{colour}"'
        + (f' stop-opacity="{opacity:g}"/>' if opacity < 1 else "/>")
        for offset, colour, opacity in stops
    )
    return f'<linearGradient id="{name}" {way}>{inner}</linearGradient>'


_ROUND_LIGHT: Final = (
    (0, "#000", 0.3),
    (0.13, "#000", 0.08),
    (0.24, "#fff", 0.22),
    (0.36, "#fff", 0.05),
    (0.68, "#000", 0.06),
    (0.9, "#000", 0.3),
    (1, "#000", 0.22),
)
_SOFT_LIGHT: Final = (
    (0, "#000", 0.12),
    (0.26, "#fff", 0.16),
    (0.55, "#fff", 0),
    (1, "#000", 0.2),
)


def _lights(room: Room) -> str:
    """The gradients all drawings share: wall, table, round, soft and fall of shadow."""
    wall = ((0, lighter(room.wall, 0.42), 1), (1, darker(room.wall, 0.06), 1))
    table = ((0, darker(room.table, 0.1), 1), (1, lighter(room.table, 0.16), 1))
    down = ((0, "#fff", 0.12), (0.5, "#fff", 0), (1, "#000", 0.2))
    return (
        _gradient("wall", wall, 'x2=".8" y2="1"')
        + _gradient("table", table, 'x2="0" y2="1"')
        + _gradient("round", _ROUND_LIGHT, 'x2="1"')
        + _gradient("soft", _SOFT_LIGHT, 'x2="1"')
        + _gradient("down", down, 'x2="0" y2="1"')
        + '<radialGradient id="fall"><stop offset="0" stop-color="#170d08" stop-opacity=".5"/>'
        '<stop offset=".6" stop-color="#170d08" stop-opacity=".2"/>'
        '<stop offset="1" stop-color="#170d08" stop-opacity="0"/></radialGradient>'
    )


def _shadow(still: Still) -> str:
    """Two soft ellipses: the wide one falls to the right, the dark one lies under the thing."""
    if still.shadow is None:
        return ""
    x, y, half = still.shadow
    wide = f'<ellipse cx="{x + half * 0.62:.4g}" cy="{y - 7:g}" rx="{half * 1.5:.4g}" ry="34"'
    tight = f'<ellipse cx="{x + 8:g}" cy="{y:g}" rx="{half * 1.12:.4g}" ry="21"'
    return f'{wide} fill="url(#fall)" opacity=".55"/>{tight} fill="url(#fall)"/>'


def _backdrop(room: Room) -> str:
    """What is to be seen on the wall: light of a window, a niche, a disc, panels, leaves."""
    pale, deep = lighter(room.wall, 0.65), mix(room.wall, room.table, 0.3)
    if room.backdrop == "window":
        panes = "M70 0h190l150 560H220zM300 0h190l150 560H450z"
        return path(panes, pale, 0.42) + path("M120 250h520l6 22H126z", room.wall, 0.5)
    if room.backdrop == "niche":
        arch = "M150 770V360a250 250 0 0 1 500 0v410z"
        inner = "M178 770V366a222 222 0 0 1 444 0v404z"
        return path(arch, deep, 0.55) + path(inner, pale, 0.38)
    if room.backdrop == "disc":
        return disc(400, 430, 285, pale, 0.5) + disc(400, 430, 232, pale, 0.4)
    if room.backdrop == "panel":
        boards = "".join(f"M{x} 0h3v770h-3z" for x in range(98, 800, 100))
        return path(boards, deep, 0.5) + path("M0 0h800v26H0z", deep, 0.35)
    if room.backdrop == "leaves":
        return _leaf_shadows(deep)
    return ""


def _leaf_shadows(colour: str) -> str:
    """The shadow a twig outside the window throws on the wall."""
    leaf = "M0 0C-30 -36 -26 -92 0 -128C26 -92 30 -36 0 0z"
    places = ((120, 150, 20), (205, 235, 62), (80, 300, -30), (230, 92, 100), (168, 380, 35))
    leaves = "".join(
        f'<path d="{leaf}" transform="translate({x} {y}) rotate({turn})"/>' for x, y, turn in places
    )
    twig = '<path d="M-20 60C80 140 140 260 170 420" fill="none" stroke-width="7"/>'
    return f'<g fill="{colour}" stroke="{colour}" opacity=".3" stroke-width="0">{leaves}{twig}</g>'
