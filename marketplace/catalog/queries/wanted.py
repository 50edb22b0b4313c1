"""What people wait for, as demand: by product, kind and size; never who."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import and_, distinct, func, select
from sqlalchemy.orm import aliased

from marketplace.catalog.models import Product, ProductText, Watch
from marketplace.foundation.database import read
from marketplace.producers.models import Producer

MOST_SIZES = 5


@dataclass(slots=True)
class Wanted:
    """How many wait for a product by kind (back, next_lot, price), and for which sizes."""

    kinds: dict[str, int] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def words(self) -> str:
        """All of it in words; "" for nothing."""
        back, lot, price = (self.kinds.get(kind, 0) for kind in ("back", "next_lot", "price"))
        parts = [words for n, words in (
            (back, ngettext("%(num)s waits for stock", "%(num)s wait for stock", back)),
            (lot, ngettext("%(num)s waits for the next vintage",
                           "%(num)s wait for the next vintage", lot)),
            (price, ngettext("%(num)s waits for a lower price",
                             "%(num)s wait for a lower price", price))) if n]
        ranked = sorted(self.sizes.items(), key=lambda row: (-row[1], row[0]))[:MOST_SIZES]
        if ranked:
            parts.append(_("sizes wished: %(sizes)s", sizes=", ".join(
                f"{size} ({n})" for size, n in ranked)))
        return " · ".join(parts)


@dataclass(frozen=True, slots=True)
class WantedGoods:
    """A product that people wait for."""

    slug: str
    title: str
    producer: str
    people: int
    wanted: Wanted


def wanted(product_ids: Collection[int]) -> Mapping[int, Wanted]:
    """What is waited for and not told yet, by product. Loads: 1 statement, or none."""
    found: dict[int, Wanted] = {}
    for product_id, kind, size, n in read(
            select(Watch.product_id, Watch.kind, Watch.size, func.count())
            .where(Watch.product_id.in_(list(product_ids)), Watch.told_at.is_(None))
            .group_by(Watch.product_id, Watch.kind, Watch.size)) if product_ids else ():
        one = found.setdefault(product_id, Wanted())
        one.kinds[kind] = one.kinds.get(kind, 0) + n
        if size:
            one.sizes[size] = one.sizes.get(size, 0) + n
    return found


def most_wanted(lang: str, least: int, limit: int) -> Sequence[WantedGoods]:
    """Goods that at least so many people wait for, most first. Loads: 1 or 2 statements."""
    own, other = aliased(ProductText), aliased(ProductText)
    people = func.count(distinct(Watch.person_id))
    title = func.coalesce(own.title, other.title, Product.slug)
    rows = read(select(Watch.product_id, Product.slug, title, Producer.name, people)
                .join(Product, Product.id == Watch.product_id)
                .join(Producer, Producer.id == Product.producer_id)
                .outerjoin(own, and_(own.product_id == Product.id, own.lang == lang))
                .outerjoin(other, and_(other.product_id == Product.id, other.lang != lang))
                .where(Watch.told_at.is_(None))
                .group_by(Watch.product_id, Product.slug, title, Producer.name)
                .having(people >= least).order_by(people.desc(), Watch.product_id).limit(limit))
    found = wanted([row[0] for row in rows])
    return [WantedGoods(row[1], row[2], row[3], row[4], found.get(row[0], Wanted()))
            for row in rows]
