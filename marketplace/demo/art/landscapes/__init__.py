"""Wide pictures for the head of a producer's page: the place, 1600 x 600, in their colours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from marketplace.demo.art.brush import path
from marketplace.demo.art.colour import lighter, mix
from marketplace.demo.art.landscapes.ground import Tones
from marketplace.demo.art.landscapes.hills import alps, river, vines, woods
from marketplace.demo.art.landscapes.indoors import roofs, shelf
from marketplace.demo.art.landscapes.plains import coast, flats, heath, plateau

__all__ = ["LANDSCAPES", "Tones", "landscape"]


def landscape(kind: str, tones: Tones) -> str:
    """The picture as SVG text."""
    sky = (
        '<linearGradient id="sky" x2="0" y2="1">'
        f'<stop offset="0" stop-color="{mix(tones.pale, tones.dark, 0.16)}"/>'
        f'<stop offset=".75" stop-color="{lighter(tones.pale, 0.5)}"/></linearGradient>'
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 600"><defs>'
        f"{sky}</defs>{path('M0 0h1600v600H0z', 'url(#sky)')}{LANDSCAPES[kind](tones)}</svg>"
    )


LANDSCAPES: Final[dict[str, Callable[[Tones], str]]] = {
    "river": river,
    "vines": vines,
    "plateau": plateau,
    "heath": heath,
    "alps": alps,
    "flats": flats,
    "roofs": roofs,
    "coast": coast,
    "shelf": shelf,
    "woods": woods,
}
