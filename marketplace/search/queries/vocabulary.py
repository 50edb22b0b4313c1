"""What the marketplace knows, as wishes are read with it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlalchemy import select

from marketplace.catalog.models import FactValue, Product
from marketplace.catalog.queries import attribute_words, occasion_words, shelf_path, shelves
from marketplace.catalog.rules.shelf_words import NO_WORDS, SHELF_WORDS
from marketplace.foundation.database import db
from marketplace.foundation.kept import kept
from marketplace.producers.models import Producer
from marketplace.search.rules.particulars import names_of as names_of_particular
from marketplace.search.rules.regions import names_of
from marketplace.search.rules.wishes import Vocabulary

NOT_ALONE = frozenset(("butters",))
"""Parts of a shelf's name that alone mean something else."""


def vocabulary() -> Vocabulary:
    """What the marketplace knows, for reading wishes; kept for a minute. Loads: 4 statements."""
    return kept("wish vocabulary", _vocabulary)


def _vocabulary() -> Vocabulary:
    categories, english = dict[str, str](), set[str]()
    for shelf in shelves().values():
        said = SHELF_WORDS.get(shelf.slug, NO_WORDS)
        german, own = (
            [names, *({word.strip() for word in re.split("[&,]", names)} - NOT_ALONE), *more]
            for names, more in ((shelf.de, said.de), (shelf.en, said.en)))
        categories |= dict.fromkeys((*german, *own), shelf.slug)
        english.update(own)
    makers = db.session.execute(select(Producer.slug, Producer.name, Producer.region)
                                .where(Producer.state.in_(("open", "selling", "paused")))
                                .limit(5000)).all()
    return Vocabulary(
        categories=categories,
        attributes=_particulars(),
        regions={name: m.region for m in makers if m.region for name in names_of(m.region)},
        occasions={word: slug for slug, words in occasion_words().items() for word in words},
        producers={m.name: m.slug for m in makers},
        fits=_fits(),
        above={shelf.slug: frozenset(one.slug for one in shelf_path(shelf.id)[:-1])
               for shelf in shelves().values()},
        english=frozenset(english))


def _particulars() -> Mapping[str, tuple[str, ...]]:
    """What goods can be, by what people call it: labels first, then other names of the same."""
    found = dict[str, dict[str, None]]()
    labels = [(value, word) for value, words in attribute_words().items() for word in words
              if sum(map(str.isalpha, word)) > 1 or value.startswith("vintage=")]
    for value, word in labels:
        found.setdefault(word, {})[value] = None
    for value, word in labels:
        for name in names_of_particular(word):
            found.setdefault(name, {})[value] = None
    return {word: tuple(values) for word, values in found.items()}


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
