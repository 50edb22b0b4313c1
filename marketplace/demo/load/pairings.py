"""Phase "pairings": what goes with what, and who votes on it."""

from __future__ import annotations

from random import Random

from marketplace.demo.content.kinds import Content, Pairing
from marketplace.demo.load.book import Book
from marketplace.recommend import models
from marketplace.recommend.rules.pairings import pair


def load_pairings(book: Book) -> None:
    """Write pairings with their votes. Changes pairings, pairing_votes."""
    rows, votes = [], []
    houses = _houses(book.content)
    for one in book.content.pairings:
        kind, _, name = one.to.partition(":")
        here = book.products[one.product]
        goods = pair(here, book.products[name]) if kind == "product" else (here, None)
        number, at = book.next_id(models.Pairing), book.days_ago(one.days_ago)
        rows.append({
            "id": number, "code": book.secret(), "product_id": goods[0], "other_id": goods[1],
            "occasion_id": book.occasions[name] if kind == "occasion" else None,
            "proposer_id": book.people[one.by], "up": one.up, "down": one.down, "made_at": at})
        votes += [{"pairing_id": number, "person_id": book.people[handle], "at": at,
                   "value": 1 if place < one.up else -1}
                  for place, handle in enumerate(_voters(book.content, one, houses))]
    book.insert(models.Pairing, rows)
    book.insert(models.PairingVote, votes)


def _houses(content: Content) -> dict[str, frozenset[str]]:
    """Who acts for the house of each product."""
    return {product.slug: frozenset(staff.handle for staff in producer.staff)
            for producer in content.producers for product in producer.products}


def _voters(content: Content, one: Pairing, houses: dict[str, frozenset[str]]) -> list[str]:
    """The proposer first, then members drawn for this pairing alone; nobody of either house."""
    barred = houses[one.product] | houses.get(one.to.partition(":")[2], frozenset()) | {one.by}
    others = sorted(content.handles - barred)
    drawn = Random(f"{one.product} {one.to}").sample(others, one.up + one.down - 1)
    return [one.by, *drawn]
