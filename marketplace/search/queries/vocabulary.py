"""What the marketplace knows, as wishes are read with it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from marketplace.catalog.models import FactValue, Product
from marketplace.catalog.queries import attribute_words, occasion_words, shelf_path, shelves
from marketplace.foundation.database import db
from marketplace.foundation.kept import kept
from marketplace.producers.models import Producer
from marketplace.search.rules.wishes import Vocabulary


def vocabulary() -> Vocabulary:
    """What the marketplace knows, for reading wishes; kept for a minute. Loads: 4 statements."""
    return kept("wish vocabulary", _vocabulary)


def _vocabulary() -> Vocabulary:
    categories = {}
    for shelf in shelves().values():
        for name in (shelf.de, shelf.en):
            for word in (name, *name.replace("&", ",").split(",")):
                categories[word.strip()] = shelf.slug
    makers = db.session.execute(select(Producer.slug, Producer.name, Producer.region)
                                .where(Producer.state.in_(("open", "selling", "paused")))
                                .limit(5000)).all()
    return Vocabulary(
        categories=categories,
        attributes={word: value for value, words in attribute_words().items() for word in words
                    if sum(map(str.isalpha, word)) > 1},
        regions={m.region: m.region for m in makers if m.region},
        occasions={word: slug for slug, words in occasion_words().items() for word in words},
        producers={m.name: m.slug for m in makers},
        fits=_fits(),
        above={one.slug: frozenset(over.slug for over in shelf_path(one.id) if over is not one)
               for one in shelves().values()})


def _fits() -> Mapping[str, frozenset[str]]:
    """Which shelves have goods with a particular, with those above and below. Loads: 1."""
    known, found = shelves(), dict[str, set[str]]()
    for key, shelf_id in db.session.execute(
            select(FactValue.key, Product.category_id)
            .join(Product, Product.id == FactValue.product_id)
            .where(Product.state == "published").distinct()).all():
        related = {above.slug for above in shelf_path(shelf_id)}
        related |= {one.slug for one in known.values()
                    if any(above.id == shelf_id for above in shelf_path(one.id))}
        found.setdefault(key, set()).update(related)
    return {key: frozenset(slugs) for key, slugs in found.items()}
