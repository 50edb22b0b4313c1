"""Small things that lie beside the thing for sale; drawn around 0 0, standing on y = 0."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from marketplace.demo.art.brush import moved, oval
from marketplace.demo.art.props.fruit import apple, asparagus, figs, grapes, lemon, quince, walnuts
from marketplace.demo.art.props.table import (
    beans,
    bread,
    cup,
    dipper,
    flute,
    glass,
    pretzel,
    salmon,
)
from marketplace.demo.art.props.workshop import flower, matches, shavings, slate, sprig, yarn


def prop(name: str, x: float, y: float, scale: float = 1) -> str:
    """The small thing with its shadow, put on the table."""
    shade = oval(14, -2, 74, 13, "url(#fall)", 0.8)
    return moved(shade + PROPS[name](), x, y, scale)


PROPS: Final[dict[str, Callable[[], str]]] = {
    "white-glass": lambda: glass("#e9d58c"),
    "red-glass": lambda: glass("#6d1f30"),
    "rose-glass": lambda: glass("#e8937f"),
    "flute": flute,
    "lemon": lemon,
    "asparagus": asparagus,
    "green-grapes": lambda: grapes("#a9b45c"),
    "dark-grapes": lambda: grapes("#51385f"),
    "walnuts": walnuts,
    "apple": apple,
    "quince": quince,
    "beans": beans,
    "cup": cup,
    "dipper": dipper,
    "sprig": sprig,
    "bread": bread,
    "figs": figs,
    "pretzel": pretzel,
    "blue-yarn": lambda: yarn("#3d5f7d"),
    "grey-yarn": lambda: yarn("#9a9c94"),
    "shavings": shavings,
    "slate": slate,
    "flower": flower,
    "matches": matches,
    "salmon": salmon,
}
