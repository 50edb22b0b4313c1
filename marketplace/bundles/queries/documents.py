"""A bundle as a file: from the tables, and what a file names found in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from marketplace.bundles.models import BoardTemplate, Bundle
from marketplace.bundles.queries.rows import BundleRow
from marketplace.bundles.rules import spread
from marketplace.bundles.rules.documents import FORMAT, NUMBERS, VERSION, rejoined
from marketplace.catalog.models import Product, Variant
from marketplace.catalog.queries import occasions
from marketplace.foundation.database import db


def document_of(row: BundleRow) -> dict[str, Any]:
    """A bundle as its file says it. Loads: 3 or 4 statements."""
    slugs = dict(db.session.execute(select(Product.id, Product.slug).where(
        Product.id.in_([item.product_id for item in row.items]))).all())
    skus = dict(db.session.execute(select(Variant.id, Variant.sku).where(
        Variant.id.in_([item.fixed_id for item in row.items if item.fixed_id]))).all())
    away = row.not_here or {}
    first = spread(len(row.items))
    items = []
    for pos, item in enumerate(row.items, start=1):
        place = item.place or first[pos - 1]
        items.append({
            "crop": list(place.crop), "note": item.note, "picture": item.picture_key, "pos": pos,
            "product": slugs.get(item.product_id, ""), "qty": item.qty, "slot": item.slot,
            "variant": skus.get(item.fixed_id or 0),
            **{name: getattr(place, name) for name in NUMBERS}})
    known = occasions().get(row.occasion_id or 0)
    return {
        "alt": row.alt, "background": row.background, "format": FORMAT,
        "items": rejoined(items, away.get("items", ())), "lang": row.lang,
        "licence": row.licence, "mode": row.mode, "occasion": known.slug if known else
        away.get("occasion"), "parent": _slug_of(row.parent_id) or away.get("parent"),
        "remix": row.may_remix, "season": row.season, "template": _board(row.template_id),
        "text": row.words, "title": row.title, "version": VERSION}


def _slug_of(bundle_id: int | None) -> str | None:
    return db.session.scalar(select(Bundle.slug).where(Bundle.id == bundle_id)) \
        if bundle_id else None


def _board(template_id: int | None) -> str | None:
    return db.session.scalar(select(BoardTemplate.slug).where(
        BoardTemplate.id == template_id)) if template_id else None


def goods_named(items: Sequence[Mapping[str, Any]]) -> Mapping[str, int]:
    """The goods on sale that a file names, by slug. Loads: 1 statement."""
    return dict(db.session.execute(select(Product.slug, Product.id).where(
        Product.slug.in_([item["product"] for item in items]), Product.state == "published"
    )).all())


def variants_named(items: Sequence[Mapping[str, Any]], product_ids: Sequence[int]
                   ) -> Mapping[tuple[int, str], int]:
    """The variants that a file names, by product and number. Loads: 1 statement."""
    return {(row.product_id, row.sku): row.id for row in db.session.execute(
        select(Variant.product_id, Variant.sku, Variant.id).where(
            Variant.product_id.in_(product_ids), Variant.active,
            Variant.sku.in_([item["variant"] for item in items if item["variant"]])))}


def board_named(slug: str | None) -> int | None:
    """The board of a name, None where there is none. Loads: 1 statement, or none."""
    return db.session.scalar(select(BoardTemplate.id).where(BoardTemplate.slug == slug)) \
        if slug else None


def origin_named(slug: str | None) -> Any:
    """A bundle that variants may be made of, by its address: id, root_id, depth, licence; None
    where it is not here. Loads: 1 statement, or none.
    """
    return db.session.execute(
        select(Bundle.id, Bundle.root_id, Bundle.depth, Bundle.licence).where(
            Bundle.slug == slug, Bundle.state == "published", Bundle.may_remix,
            Bundle.standing.in_(("visible", "labelled")),
            Bundle.visibility == "public")).first() if slug else None
