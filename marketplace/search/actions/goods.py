"""Documents of products, made of what several rooms hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import and_, func, select

from marketplace.catalog.models import (
    FactValue,
    Particular,
    Product,
    ProductOccasion,
    ProductText,
    Variant,
)
from marketplace.catalog.queries import occasions, shelf_path
from marketplace.catalog.queries.buying import allergens_of
from marketplace.catalog.queries.facets import CHOSEN
from marketplace.catalog.rules.codes import slug_of
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.findable import PUBLIC
from marketplace.orders.queries.received import destinations
from marketplace.producers.models import Producer
from marketplace.recommend.queries import paired_occasions
from marketplace.reviews.models import Rating, RatingOccasion, Score
from marketplace.search.rules.analysis import fold
from marketplace.search.rules.needs import again_levels, contained


def documents(product_ids: Collection[int]) -> list[dict[str, Any]]:
    """Products that are shown, as rows of the index. Loads: 10 statements for any number."""
    ids = list(product_ids)
    made = {row[0].id: _document(row) for row in _products(ids)}
    _add_words(made, ids)
    _add_needs(made, ids)
    return list(made.values())


def _products(ids: Collection[int]) -> Any:
    return db.session.execute(
        select(Product, Producer.name, Producer.slug, Producer.region, Score.q10)
        .join(Producer, Producer.id == Product.producer_id)
        .outerjoin(Score, and_(Score.product_id == Product.id, Score.lot_id.is_(None)))
        .where(Product.id.in_(list(ids)), Product.state.in_(("published", "paused")))).all()


def _document(row: Any) -> dict[str, Any]:
    product, maker, slug, region, q10 = row
    path = shelf_path(product.category_id)
    return {
        "kind": "product", "object_id": product.id, "title": "", "title_folded": "",
        "maker": maker, "body": " ".join(f"{s.de} {s.en}" for s in path) + f" {region}",
        "categories": [s.slug for s in path], "producer": slug, "region": region,
        "occasions": [], "facts": {}, "price_minor": product.price_from_minor,
        "unit_price_minor": product.unit_price_minor,
        "available": product.in_stock and product.state == "published", "q10": q10 or 0.0,
        "newest": product.published_at or product.made_at, "visibility": PUBLIC, "author_id": None,
        "producer_id": product.producer_id,
        "version": int(clock.now().timestamp()),
    }


def _add_words(made: Mapping[int, dict[str, Any]], ids: Collection[int]) -> None:
    """Texts, particulars, occasions and filterable facts of all documents."""
    for text in db.session.scalars(
        select(ProductText).where(ProductText.product_id.in_(list(ids)))
        .order_by(ProductText.product_id, ProductText.lang)
    ):
        document = made.get(text.product_id)
        if document:
            document["title"] = f"{document['title']} {text.title}".strip()
            document["title_folded"] = fold(document["title"])[:200]
            document["body"] += f" {text.teaser} {text.story} {text.use}"
    for fact in db.session.scalars(
        select(Particular).where(Particular.product_id.in_(list(ids)))
    ):
        if fact.product_id in made:
            made[fact.product_id]["body"] += f" {_flat(fact.value)}"
    for value in db.session.scalars(
        select(FactValue).where(FactValue.product_id.in_(list(ids)))
    ):
        if value.product_id in made:
            made[value.product_id]["facts"].setdefault(value.key, []).append(value.value_code)
    _add_options(made, ids)
    _add_occasions(made, ids)


def _add_options(made: Mapping[int, dict[str, Any]], ids: Collection[int]) -> None:
    """Sizes that one can choose."""
    for product_id, options in db.session.execute(
        select(Variant.product_id, Variant.options)
        .where(Variant.product_id.in_(list(ids)), Variant.active).order_by(Variant.id)
    ):
        for name in CHOSEN if product_id in made else ():
            code = slug_of(str(options.get(name) or ""), 80)
            codes = made[product_id]["facts"].setdefault(name, []) if code else [code]
            if code not in codes:
                codes.append(code)


def _add_needs(made: Mapping[int, dict[str, Any]], ids: Collection[int]) -> None:
    """What own needs and levels are filtered by: label, size, destination, careful estimate."""
    labels, sent = allergens_of(ids), destinations({row["producer_id"] for row in made.values()})
    for product_id, row in made.items():
        facts: dict[str, list[str]] = row["facts"]
        if "size" not in facts:
            facts["sized"] = ["no"]
        facts["contains"] = contained(labels.get(product_id, {}).values())
        facts["delivers"] = sent.get(row.pop("producer_id"), [])
        facts["again"] = again_levels(row["q10"])


def _flat(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(str(part) for part in value)
    return " ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else str(value)


def _add_occasions(made: Mapping[int, dict[str, Any]], ids: Collection[int]) -> None:
    """What the producer names, what at least two counted buyers used it for, what members say."""
    known = occasions()
    said = select(ProductOccasion.product_id, ProductOccasion.occasion_id).where(
        ProductOccasion.product_id.in_(list(ids)))
    used = (select(Rating.product_id, RatingOccasion.occasion_id)
            .join(RatingOccasion, RatingOccasion.rating_id == Rating.id)
            .where(Rating.product_id.in_(list(ids)), Rating.again,
                   Rating.standing == "counts")
            .group_by(Rating.product_id, RatingOccasion.occasion_id).having(func.count() >= 2))
    paired = [(i, one) for i, found in paired_occasions(ids).items() for one in found]
    for product_id, occasion_id in [*db.session.execute(said), *db.session.execute(used), *paired]:
        document, occasion = made.get(product_id), known.get(occasion_id)
        if document and occasion and occasion.slug not in document["occasions"]:
            document["occasions"].append(occasion.slug)
            document["body"] += f" {occasion.de} {occasion.en}"
