"""Addresses made once: most links of a page are the same on every page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, g, has_request_context, request

from marketplace.web.languages import asked_lang

MOST, LONGEST = 10_000, 200
PLAIN = (str, int)
OUTWARD = {"_external", "_scheme"}
UNSAID = {"_anchor", "_method", "_scheme", "_external"}
"""What Flask's own `url_for` passes on as None when nobody said it."""


class KnownUrls:
    """`url_for` of an app that remembers what it built; languages and mount points apart."""

    def __init__(self, build: Callable[..., str]) -> None:
        self._build = build
        self._built: dict[object, str] = {}

    def __call__(self, endpoint: str, **values: Any) -> str:
        """The address of an endpoint, as Flask builds it."""
        values = {name: value for name, value in values.items()
                  if value is not None or name not in UNSAID}
        if not self._may_keep(endpoint, values):
            return self._build(endpoint, **values)
        key = (endpoint, *_here(), *values.items())
        found = self._built.get(key)
        if found is None:
            if len(self._built) >= MOST:
                self._built.clear()
            found = self._built[key] = self._build(endpoint, **values)
        return found

    @staticmethod
    def _may_keep(endpoint: str, values: dict[str, Any]) -> bool:
        """Whether the address depends on nothing but plain values and this site's path."""
        if endpoint[0] == "." or not values.keys().isdisjoint(OUTWARD):
            return False
        for value in values.values():
            if type(value) not in PLAIN or (type(value) is str and len(value) > LONGEST):
                return False
        return has_request_context()


def _here() -> tuple[str | None, str]:
    """What every address of this request has in common: the asked language and the mount point."""
    known = g.get("url_base")
    if known is None:
        lang = asked_lang() if "lang" in request.args else None
        known = g.url_base = (lang, request.script_root)
    return known


def init_app(app: Flask) -> None:
    """Let views and templates take known addresses."""
    known = KnownUrls(app.url_for)
    app.url_for = known  # type: ignore[method-assign]
    app.jinja_env.globals["url_for"] = known
