"""A beginning without answers: goods one may know, and what goes with those one knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from flask_babel import ngettext
from sqlalchemy import select

from marketplace.catalog.models import Product
from marketplace.catalog.queries import ProductCard, cards
from marketplace.foundation.database import db
from marketplace.foundation.kept import kept as kept_a_minute
from marketplace.recommend.queries.arrays import Kept, kept, or_else, patience_of_a_page
from marketplace.recommend.queries.offer import Left
from marketplace.recommend.queries.suggested import Suggestion
from marketplace.recommend.rules.signals import LIKED_FROM
from marketplace.reviews.models import Score
from marketplace.web.shapes import Reason

NINE, ALIKE = 9, 40


def well_known(lang: str) -> Sequence[ProductCard]:
    """Nine goods most people answered for, one of each producer; none for 18 and older.

    Loads: 2 statements, the first once a minute.
    """
    rows: Sequence[Any] = kept_a_minute(("well known",), lambda: db.session.execute(
        select(Product.id, Product.producer_id).join(Score, Score.product_id == Product.id)
        .where(Score.lot_id.is_(None), Product.state == "published", Product.in_stock,
               Product.age_class < 18)
        .order_by(Score.n.desc(), Product.id).limit(200)).all())
    first: dict[int, int] = {}
    for row in rows:
        first.setdefault(row.producer_id, row.id)
    ids = list(dict.fromkeys((*first.values(), *(row.id for row in rows))))[:NINE]
    found = cards(ids, lang)
    return [found[i] for i in ids if i in found]


def going_with(known: Sequence[ProductCard], left: Left, limit: int, lang: str
               ) -> Sequence[Suggestion]:
    """What those like who like the same, of goods somebody says they know; each with its number.

    Loads: 2 statements once the arrays are in memory.
    """
    return or_else(lambda: _going_with(kept(patience_of_a_page()), known, left, limit, lang),
                   list)


def _going_with(found: Kept, known: Sequence[ProductCard], left: Left, limit: int, lang: str
                ) -> Sequence[Suggestion]:
    alike, by = Counter[int](), dict[int, tuple[float, ProductCard]]()
    ids = {card.id for card in known}
    for card in known:
        for product, likeness in found.model.goes_with(card.id, ALIKE):
            other = int(str(product))
            alike[other] += likeness  # type: ignore[assignment]
            if likeness > by.get(other, (0.0, card))[0]:
                by[other] = (likeness, card)
    goods = cards([i for i, _worth in alike.most_common(4 * limit) if i not in ids], lang)
    made = []
    for i, worth in alike.most_common():
        if i in goods and goods[i].in_stock and left.shows(i, goods[i].age_class):
            made.append(Suggestion(i, worth, _both(found, by[i][1], i)))
    return [one for one in made if one.reason][:limit]


def _both(found: Kept, card: ProductCard, product_id: int) -> Reason | None:
    """How many like both, as a reason; nothing where nobody does."""
    n = len(_likers(found, card.id) & _likers(found, product_id))
    return Reason(ngettext("%(num)s member likes it and %(title)s",
                           "%(num)s members like it and %(title)s", n, title=card.title),
                  card.url, "taste") if n else None


def _likers(found: Kept, product_id: int) -> frozenset[int]:
    """Places of those who like a product and whose answers count for others."""
    signals = found.model.signals.reading()
    place = signals.products.find(product_id)
    if place is None:
        return frozenset()
    people, values = signals.column(place)
    speaks = signals.standing.speaks(people)
    return frozenset(people[speaks & (values >= LIKED_FROM)].tolist())
