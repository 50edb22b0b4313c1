"""Rows of suggestions: each with what it is, where it leads, and a picture of goods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from marketplace.catalog import queries as catalog
from marketplace.catalog.queries import PictureView, ProductCard
from marketplace.dialogue.queries.threads import some as some_threads
from marketplace.groups.queries.cards import cards_of
from marketplace.producers import queries as producers
from marketplace.search.queries import Suggested

MOST = 8


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """One row below the field."""

    kind: str
    kind_words: str
    words: str
    url: str
    lang: str = ""
    picture: PictureView | None = None
    beside: str = ""


def suggestion_rows(found: Suggested, lang: str, viewer_id: int | None) -> list[SuggestionRow]:
    """At most eight rows: words first, then things. Loads: at most 4 statements."""
    rows = [SuggestionRow("query", _("Search"), words, url_for("storefront.search", q=words))
            for words in found.words]
    rows += _goods(found.ids.get("product", ()), lang)
    rows += _houses(found.ids.get("producer", ()), lang)
    rows += _groups(found.ids.get("group", ()), lang, viewer_id)
    rows += _threads(found.ids.get("thread", ()))
    return rows[:MOST]


def _goods(ids: Sequence[int], lang: str) -> list[SuggestionRow]:
    cards = catalog.cards(ids, lang) if ids else {}
    return [_product(cards[i]) for i in ids if i in cards]


def _product(card: ProductCard) -> SuggestionRow:
    return SuggestionRow("product", _("Product"), card.title, card.url, card.lang, card.picture,
                         card.seller.name)


def _houses(ids: Sequence[int], lang: str) -> list[SuggestionRow]:
    cards = producers.cards(ids, lang)
    return [SuggestionRow("producer", _("Producer"), cards[i].name, cards[i].url,
                          beside=cards[i].place) for i in ids if i in cards]


def _groups(ids: Sequence[int], lang: str, viewer_id: int | None) -> list[SuggestionRow]:
    cards = cards_of(ids, lang, viewer_id)
    return [SuggestionRow("group", _("Group"), cards[i].name, cards[i].url, cards[i].lang)
            for i in ids if i in cards]


def _threads(ids: Sequence[int]) -> list[SuggestionRow]:
    rows = some_threads(ids) if ids else {}
    return [SuggestionRow("thread", _("Answered"), rows[i].title, rows[i].url, rows[i].lang)
            for i in ids if i in rows]
