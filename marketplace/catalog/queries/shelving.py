"""The tree of shelves as those who run the market see it, closed shelves too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from marketplace.catalog.models import Category, Occasion, Particular, Product
from marketplace.catalog.rules.templates import missing
from marketplace.foundation.database import db, read


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """A shelf with what it decides, and how many goods stand on it."""

    id: int
    slug: str
    parent_id: int | None
    de: str
    en: str
    template: str
    tax_category: str
    age_class: int
    opinion_after_days: int
    active: bool
    goods: int
    on_sale: int


@dataclass(frozen=True, slots=True)
class Hits:
    """What a change of a shelf would touch: goods by what would change for them."""

    goods: int
    on_sale: int
    age: int
    tax: int
    lacking: int
    below: int


def shelf_rows() -> Sequence[ShelfRow]:
    """All shelves, parents before children. Loads: 2 statements."""
    counts = {row.category_id: row for row in read(
        select(Product.category_id, func.count().label("goods"),
               func.count().filter(Product.state == "published").label("on_sale"))
        .group_by(Product.category_id))}
    rows = [ShelfRow(c.id, c.slug, c.parent_id, c.name_de, c.name_en, c.template, c.tax_category,
                     c.age_class, c.opinion_after_days, c.active,
                     counts[c.id].goods if c.id in counts else 0,
                     counts[c.id].on_sale if c.id in counts else 0)
            for c in db.session.scalars(select(Category).order_by(
                Category.position, Category.id))]
    return _in_tree(rows, None)


def _in_tree(rows: Sequence[ShelfRow], parent: int | None) -> list[ShelfRow]:
    found: list[ShelfRow] = []
    for row in rows:
        if row.parent_id == parent:
            found += [row, *_in_tree(rows, row.id)]
    return found


def hits_of(shelf_id: int, template: str, age_class: int, tax_category: str) -> Hits:
    """What giving a shelf another template, age or tax would change. Loads: 3 statements."""
    rows = read(select(Product.id, Product.state, Product.age_class, Product.tax_category)
                .where(Product.category_id == shelf_id))
    below = read(select(func.count()).select_from(Category).where(
        Category.parent_id == shelf_id))[0][0]
    live = [row.id for row in rows if row.state == "published"]
    facts: dict[int, dict[str, object]] = {number: {} for number in live}
    for row in read(select(Particular.product_id, Particular.key, Particular.value)
                    .where(Particular.product_id.in_(live))) if live else ():
        facts[row.product_id][row.key] = row.value
    return Hits(len(rows), len(live), sum(row.age_class != age_class for row in rows),
                sum(row.tax_category != tax_category for row in rows),
                sum(bool(_typed_gaps(template, said)) for said in facts.values()), below)


def _typed_gaps(template: str, facts: Mapping[str, object]) -> list[str]:
    """Demanded particulars that only the producer can say, and has not."""
    return [field.key for field in missing(template, facts) if not field.source]


def occasion_rows() -> Sequence[Occasion]:
    """The closed list of occasions, in order. Loads: 1 statement."""
    return db.session.scalars(select(Occasion).order_by(Occasion.position, Occasion.id)).all()
