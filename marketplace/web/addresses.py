"""What the parts of an address may be."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**63 - 1


class Whole(IntegerConverter):
    """A whole number that fits a column; there is nothing at the address of a larger one."""

    def __init__(self, map: Map, fixed_digits: int = 0, min: int | None = None,
                 max: int | None = LARGEST, signed: bool = False) -> None:
        super().__init__(map, fixed_digits, min, max, signed)


def init_app(app: Flask) -> None:
    """Read whole numbers in addresses our way."""
    app.url_map.converters["int"] = Whole
