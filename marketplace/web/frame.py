"""What stands around every page: name, search, basket and notice counts, menu, foot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, request, session, url_for
from flask_login import current_user

from marketplace.web.access import basket_key, guest_orders, viewer_id
from marketplace.web.languages import LANGS, current_lang

QUIET = frozenset(("checkout", "moderation", ""))
"""Where nothing is asked beside the matter: buying, decisions, and pages of faults."""
NAMES = {"de": "Deutsch", "en": "English"}


@dataclass(frozen=True, slots=True)
class FramePerson:
    """The signed-in person as the menu needs them."""

    id: int
    handle: str
    name: str
    picture_url: str
    is_operator: bool
    is_moderator: bool
    studio: bool


@dataclass(frozen=True, slots=True)
class FrameCounts:
    """What is counted for a person or a guest's basket."""

    basket: int
    notices: int
    studio: bool
    ask_id: int | None = None


NOTHING = FrameCounts(0, 0, False)
Counts = Callable[[int | None, str | None], FrameCounts]
Asked = Callable[[int | None, str, str], Any]
ClosesOn = Callable[[], date | None]


class Frame:
    """The frame of one answer; counts are read only when drawn, and only with a session."""

    def __init__(self, counts: Counts, closes_on: ClosesOn, asked: Asked) -> None:
        self._count = counts
        self._closes_on = closes_on
        self._asked = asked
        self.demo: bool = current_app.config["ZURUF_DEMO"]
        self.market_name: str = current_app.config["MARKET_NAME"]
        self.noindex: bool = self.demo
        self.lang = current_lang()

    @property
    def theme(self) -> str:
        """auto, light or dark."""
        own = current_user.theme if current_user.is_authenticated else "auto"
        return str(session.get("theme", own)) if session else str(own)

    @cached_property
    def person(self) -> FramePerson | None:
        """The signed-in person, or None."""
        if not current_user.is_authenticated:
            return None
        who: Any = current_user
        return FramePerson(who.id, who.handle, who.name, who.picture_url, who.is_operator,
                           who.is_moderator, self._counts.studio)

    @property
    def css_url(self) -> str:
        """The one style sheet."""
        return str(current_app.jinja_env.globals["asset"]("site.css"))  # type: ignore[operator]

    @property
    def js_urls(self) -> list[str]:
        """Small scripts; pages work without them."""
        names = current_app.extensions["asset_names"]
        wanted = [n for n in names if n.startswith("js/parts/") and n.endswith(".js")]
        vendored = [n for n in names if n.endswith("htmx.min.js")]
        return ["/static/" + names[n] for n in (*vendored, *wanted)]

    @cached_property
    def _counts(self) -> FrameCounts:
        return self._count(viewer_id(), basket_key()) if session else NOTHING

    @property
    def basket_count(self) -> int:
        """Pieces in the basket."""
        return self._counts.basket

    @property
    def notice_count(self) -> int:
        """Unread notices."""
        return self._counts.notices

    @property
    def closes_on(self) -> date | None:
        """The day on which the market closes, if that was announced."""
        return self._closes_on()

    @cached_property
    def ask(self) -> Any:
        """The short question that is open for whoever looks, at the foot of the page; none while
        they buy or sign in, nor where it is answered.
        """
        room, _dot, name = (request.endpoint or "").partition(".")
        if not session or request.method != "GET" or room in QUIET or name == "survey":
            return None
        if current_user.is_authenticated:
            known = self._counts.ask_id
            return self._asked(known, "", self.lang) if known is not None else None
        number = str((request.view_args or {}).get("number", "")).upper()
        here = request.endpoint == "orders.order" and number in guest_orders()
        return self._asked(None, number, self.lang) if here else None

    @property
    def searched(self) -> str:
        """What was searched for, where this page answers it: the field keeps it."""
        return request.args.get("q", "")[:200] if request.path == "/search" else ""

    @property
    def path(self) -> str:
        """This page's path with its filters, without the language."""
        if not request.query_string:
            return request.path
        filters = [(name, value) for name, value in request.args.items(multi=True)
                   if name != "lang"]
        return f"{request.path}?{urlencode(filters)}" if filters else request.path

    @property
    def canonical(self) -> str:
        """The address search engines shall keep."""
        return str(current_app.config["ZURUF_URL"]) + request.path

    @property
    def lang_links(self) -> list[tuple[str, str, str]]:
        """Code, name and address of this page in each language."""
        values = {**request.args.to_dict(flat=False), **(request.view_args or {})}
        values.pop("lang", None)
        endpoint = request.endpoint or "storefront.home"
        if request.method != "GET":
            endpoint, values = "storefront.home", {}
        return [(code, NAMES[code], url_for(endpoint, **{**values, "lang": code}))
                for code in LANGS]


def init_app(app: Flask, counts: Counts, closes_on: ClosesOn, asked: Asked) -> None:
    """Give every template its `frame`; what is counted, when the market closes and what is asked
    come from the rooms that know.
    """

    def has_endpoint(name: str) -> bool:
        return name in app.view_functions

    app.jinja_env.globals["has_endpoint"] = has_endpoint
    app.context_processor(lambda: {"frame": Frame(counts, closes_on, asked)})
    app.config.setdefault("MARKET_NAME", "Zuruf")
