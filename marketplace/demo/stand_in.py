"""A drawn picture for goods that come without one: the form of their shelf, their own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from marketplace.adapters.doors import doors
from marketplace.adapters.storage import svg_picture
from marketplace.demo.art.letters import writable
from marketplace.demo.art.still_life import Order, Style, still_life

PALETTES = (
    ("#e9d8c4", "#b98d63", "#7a2a37", "#8a2f3c"),
    ("#cfdcd2", "#8f9f86", "#24503a", "#3e6b57"),
    ("#e6dfee", "#a08fb0", "#4a3560", "#8a5a2a"),
    ("#f1dfb8", "#c79a4b", "#7a3a1e", "#9a4a2a"),
    ("#d8e3ea", "#8fa5b3", "#1f4a6b", "#1f4a6b"),
    ("#f0dcd2", "#c08a74", "#5a2a24", "#a3432f"),
)
MOTIFS = ("hills", "sun", "leaf", "waves", "grape", "stars")
FORMS: Mapping[str, tuple[str, tuple[str, str, str]]] = {
    "white-wine": ("schlegel", ("#8f9a4d", "#2d3a28", "#e3d27a")),
    "red-wine": ("bordeaux", ("#2a1620", "#4a1420", "#5a1020")),
    "rose-wine": ("bordeaux", ("#e3a698", "#b4656a", "#f0b8a8")),
    "sparkling-wine": ("sparkling", ("#2d3f2c", "#c9a24a", "#e3d27a")),
    "dessert-wine": ("burgund", ("#6a3a1e", "#3a1e14", "#b06a2a")),
    "wine": ("burgund", ("#3a2a24", "#2a1a18", "#7a2a37")),
    "coffee": ("coffee-bag", ("#c9a77c", "#5a3a24", "#3a2417")),
    "bowls": ("bowl", ("#8fb0b8", "#c9a684", "#2d5873")),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A stored drawing: file name, pixels, ground colour, what it shows."""

    file: str
    width: int
    height: int
    tint: str
    alt_de: str
    alt_en: str


def stand_in(values: Mapping[str, Any]) -> Drawn:
    """Draw and store a still life for an imported product; not inside a change.

    values: category slug, producer and title, as the import knows them.
    """
    category, maker = str(values.get("category", "")), str(values.get("producer", ""))
    title = str(values.get("title") or values.get("title_en") or values.get("title_de") or "")
    form, colours = FORMS.get(category, ("jar", ("#d9962b", "#7a5a2a", "#d9962b")))
    pick = blake2b(maker.encode(), digest_size=2).digest()
    palette = PALETTES[pick[0] % len(PALETTES)]
    style = Style(palette, "window", "#f7f1e4", "#2a211b", "framed", MOTIFS[pick[1] % len(MOTIFS)])
    wanted = (_short(writable(words)) for words in (maker, title))
    lines = tuple(words for words in wanted if words)
    svg = still_life(style, Order(f"{maker} {title}", form, lines, colours))
    return Drawn(
        svg_picture(svg, doors().storage),
        800,
        1000,
        palette[0],
        f"{title} von {maker}, gezeichnet"[:200],
        f"{title} by {maker}, drawn"[:200],
    )


def _short(words: str, most: int = 22) -> str:
    """Words that fit on a label, cut at a word."""
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0]
