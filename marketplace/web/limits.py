"""How often one network may do what costs or annoys."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from flask import Flask, current_app, request
from flask_limiter import Limiter


def network() -> str:
    """The caller's /24 or /48, so that one household counts once."""
    address = request.remote_addr or "0.0.0.0"  # noqa: S104 - not a bind
    try:
        wide = 24 if ip_address(address).version == 4 else 48
        return str(ip_network(f"{address}/{wide}", strict=False))
    except ValueError:
        return "unknown"


def account() -> str:
    """The account that a form names by its address, folded; unknown ones are limited alike."""
    return "account " + request.form.get("email", "").strip().lower()[:254]


limiter = Limiter(key_func=network, storage_uri="memory://", strategy="moving-window")


@limiter.request_filter
def _switched_off() -> bool:
    """Whether this app has no limits; the limiter itself is shared by all apps of a process."""
    return not current_app.config["RATE_LIMITS"]


def init_app(app: Flask, on: bool) -> None:
    """Switch the limits on or off for this app."""
    app.config["RATE_LIMITS"] = on
    app.config["RATELIMIT_HEADERS_ENABLED"] = False
    limiter.init_app(app)
