"""What could come into a bundle: found by words, or because members say it goes with the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import current_app, request, url_for

from marketplace.bundles.queries import BundleRow
from marketplace.bundles.rules import Slot
from marketplace.catalog.queries import ProductCard, cards, shelf_path

A_SEARCH, MOST_SUGGESTED = 8, 3
Found = tuple[str, str, Any, Any, str]


def fitting(row: BundleRow, lang: str) -> list[tuple[ProductCard, str]]:
    """Goods that members say go with those on the board, best first, and why.

    A question to a later room, put in by the wiring.
    """
    on_board = [item.product_id for item in row.items]
    fitting: Callable[[Sequence[int]], Sequence[tuple[int, str]]] = \
        current_app.extensions["fitting_products"]
    found = fitting(on_board) if on_board else []
    goods = cards([product_id for product_id, _words in found], lang)
    return [(goods[i], words) for i, words in found if i in goods and goods[i].in_stock]


def for_slot(row: BundleRow, slot: Slot, fits: Sequence[tuple[ProductCard, str]]
             ) -> list[tuple[str, str, str]]:
    """At most three that belong into a place, each with the way to add it."""
    fit = [(card, words) for card, words in fits if not slot.shelf or slot.shelf in {
        shelf.slug for shelf in shelf_path(card.category_id)}]
    return [(card.title, words, url_for("bundles.edit", slug=row.slug, slot=slot.key,
                                        q=card.title, _anchor="add"))
            for card, words in fit[:MOST_SUGGESTED]]


def found_for(row: BundleRow, words: str, into: str, lang: str) -> list[Found]:
    """Goods for the words; a question to a later room, put in by the wiring."""
    find: Callable[[str, int], Sequence[int]] = current_app.extensions["find_products"]
    ids = find(words, A_SEARCH) if words else []
    goods, instead = cards(ids, lang), request.args.get("swap", "")[:4]
    place: dict[str, Any] = {"slot": into} if into else {}
    place |= {"swap": instead} if instead else {}
    return [(card.title, card.url, card.picture, card.price,
             url_for("bundles.edit_post", slug=row.slug, step="add", product=card.id, **place))
            for card in (goods[i] for i in ids if i in goods) if card.price]
