"""What the parts of an address, its filters and fields may be."""

from __future__ import annotations

from flask import Flask, abort, request
from flask_babel import gettext as _
from werkzeug.routing import IntegerConverter, Map

from marketplace.foundation.errors import MarketError

LARGEST = 2**63 - 1


class Whole(IntegerConverter):
    """A whole number that fits a column; there is nothing at the address of a larger one."""

    def __init__(self, map: Map, fixed_digits: int = 0, min: int | None = None,
                 max: int | None = LARGEST, signed: bool = False) -> None:
        super().__init__(map, fixed_digits, min, max, signed)


def _no_nul() -> None:
    """Refuse the one sign that no text of people holds and no database column takes."""
    if any("\0" in str(part) for part in (request.view_args or {}).values()):
        abort(404)
    for values in (request.args, request.form):
        if any("\0" in name or "\0" in value for name, value in values.items(multi=True)):
            raise MarketError(_("There is a sign in this that is no text. Please type it again."))


def init_app(app: Flask) -> None:
    """Read whole numbers in addresses our way, and no text with a NUL in it."""
    app.url_map.converters["int"] = Whole
    app.before_request(_no_nul)
