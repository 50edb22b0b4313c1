"""What the operator decided for the whole market, for rooms that draw or check it."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app


def ships_to_switzerland() -> bool:
    """Whether producers may send to Switzerland."""
    return bool(current_app.config["ZURUF"].switzerland)


def market_name() -> str:
    """What the marketplace is called."""
    return str(current_app.config["MARKET_NAME"])


def place_of_site() -> tuple[str, str]:
    """The name that people's keys are bound to, and the origin that its pages have."""
    parts = urlsplit(str(current_app.config["ZURUF_URL"]))
    return parts.hostname or "localhost", f"{parts.scheme}://{parts.netloc}"
