"""What the operator decided for the whole market, for rooms that draw or check it."""

from __future__ import annotations

from flask import current_app


def ships_to_switzerland() -> bool:
    """Whether producers may send to Switzerland."""
    return bool(current_app.config["ZURUF"].switzerland)
