"""One picture per product: a producer's room, the thing, and what lies beside it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from marketplace.demo.art.forms import FORMS
from marketplace.demo.art.labels import Print
from marketplace.demo.art.picture import Picture
from marketplace.demo.art.props import prop
from marketplace.demo.art.scene import Room, scene

LEFT: Final = (128, 936)
RIGHT: Final = (668, 944)


@dataclass(frozen=True, slots=True)
class Style:
    """What a shelf of one producer has in common: palette of four, backdrop, paper, layout."""

    palette: tuple[str, str, str, str]
    backdrop: str
    paper: str
    ink: str
    layout: str
    motif: str


@dataclass(frozen=True, slots=True)
class Order:
    """What differs from product to product; empty words mean "as the producer always does".

    `beside` names up to two things of `props`, first right, then left.
    """

    slug: str
    form: str
    lines: tuple[str, ...]
    colours: tuple[str, str, str]
    pattern: str = ""
    accent: str = ""
    motif: str = ""
    layout: str = ""
    beside: tuple[str, ...] = ()


def still_life(style: Style, order: Order) -> str:
    """The picture of a product, 800 x 1000, as SVG text; the same order gives the same text."""
    text = Print(
        lines=order.lines,
        motif=order.motif or style.motif,
        layout=order.layout or style.layout,
        paper=style.paper,
        ink=style.ink,
        accent=order.accent or style.palette[3],
    )
    stretch, girth = _proportions(order.slug)
    thing = Picture(order.form, *order.colours, text, order.pattern, stretch, girth)
    wall, table = style.palette[:2]
    places = (RIGHT, LEFT)
    beside = "".join(prop(name, *place) for name, place in zip(order.beside, places, strict=False))
    return scene(Room(wall, table, style.backdrop), FORMS[order.form](thing), beside)


def _proportions(slug: str) -> tuple[float, float]:
    """Height and width factors between 0.96 and 1.04, drawn from the name."""
    digest = blake2b(slug.encode(), digest_size=2).digest()
    return 0.96 + digest[0] / 255 * 0.08, 0.96 + digest[1] / 255 * 0.08
