"""Goods seen lately: the browser keeps the numbers and asks for cards; nothing is kept here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, request

from marketplace.storefront.queries.cards import Card, product_cards
from marketplace.storefront.views import pages
from marketplace.web.answers import answer
from marketplace.web.languages import current_lang

MOST = 12


@dataclass(frozen=True, slots=True)
class SeenPage:
    """Cards in the order that was asked for."""

    cards: Sequence[Card]


@pages.get("/seen")
def seen() -> Response:
    """Cards of the goods whose numbers are given; nothing counted, no copy kept. Without the
    script's own header a whole page.
    """
    asked = request.args.get("ids", "")[:300].split(",")
    ids = list(dict.fromkeys(int(one) for one in asked if one.isascii() and one.isdecimal()
                             and len(one) < 16))[:MOST]
    template = "seen" if request.headers.get("HX-Request") else "seen_page"
    given = answer(f"storefront/{template}.html",
                   SeenPage(product_cards(ids, current_lang(), None)))
    given.headers["Cache-Control"] = "private, no-store"
    return given
