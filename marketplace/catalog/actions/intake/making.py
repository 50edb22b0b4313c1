"""Many new products at once: the same rows as `create` writes one by one, in ten statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select

from marketplace.catalog.actions.facts import NOTHING, keep_words
from marketplace.catalog.actions.intake.changing import lot_of
from marketplace.catalog.actions.products import tax_of
from marketplace.catalog.models import (
    FactValue,
    ImportRow,
    OldSlug,
    Particular,
    Price,
    Product,
    ProductOccasion,
    ProductText,
    Variant,
)
from marketplace.catalog.queries.intake.imports import ImportView
from marketplace.catalog.queries.shelves import Shelf, category_by_slug, occasions
from marketplace.catalog.rules.codes import slug_of
from marketplace.catalog.rules.columns import FACT, OTHER
from marketplace.catalog.rules.facets import filter_words
from marketplace.catalog.rules.intake import Row, of_product
from marketplace.catalog.rules.prices import unit_price
from marketplace.catalog.rules.templates import fields_of
from marketplace.foundation import clock
from marketplace.foundation.codes import new_code
from marketplace.foundation.database import db

Group = tuple[Sequence[ImportRow], Sequence[Row]]


def make_drafts(known: ImportView, groups: Sequence[Group], person_id: int) -> None:
    """Make a draft of each group of rows, with variants, prices, words and particulars.

    Changes eight tables and the rows' own marks.
    """
    said = [{name: value for name, (value, _row) in of_product(rows).items()}
            for _staged, rows in groups]
    shelves = [category_by_slug(str(one.get("category") or known.plan.get("category", "")))
               for one in said]
    codes = _free_codes(len(groups))
    titles = [str(one.get("title_de") or one.get("title_en")) for one in said]
    slugs = _free_slugs(titles, codes)
    rows = [_product(known, one, shelf, rows, slug, code)
            for one, shelf, (_staged, rows), slug, code
            in zip(said, shelves, groups, slugs, codes, strict=True)]
    _insert(Product, rows)
    known_ids = dict(db.session.execute(select(Product.code, Product.id).where(
        Product.code.in_(codes))).all())
    ids = [known_ids[code] for code in codes]
    for table, rows_of in ((ProductText, _texts), (ProductOccasion, _occasions)):
        _insert(table, [row for i, one in zip(ids, said, strict=True) for row in rows_of(i, one)])
    _facts(ids, said, shelves)
    _variants(known, ids, groups, person_id)


def _insert(table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        db.session.execute(insert(table), rows)


def _free_codes(count: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        fresh = {new_code(5) for _one in range(count - len(found))} - set(found)
        taken = set(db.session.scalars(select(Product.code).where(Product.code.in_(fresh))))
        found |= dict.fromkeys(sorted(fresh - taken))
    return list(found)


def _free_slugs(titles: Sequence[str], codes: Sequence[str]) -> list[str]:
    """Addresses nobody has: the title, with the short code where it is taken."""
    bases = [slug_of(title) or "product" for title in titles]
    wanted = set(bases)
    taken = set(db.session.scalars(select(Product.slug).where(Product.slug.in_(wanted))))
    taken |= set(db.session.scalars(select(OldSlug.slug).where(OldSlug.slug.in_(wanted))))
    found = []
    for base, code in zip(bases, codes, strict=True):
        slug = f"{base}-{code.lower()}" if base in taken else base
        taken.add(base)
        found.append(slug)
    return found


def _product(known: ImportView, said: Mapping[str, Any], shelf: Shelf | None,
             rows: Sequence[Row], slug: str, code: str) -> dict[str, Any]:
    """A product's row, its copies for cards included."""
    assert shelf is not None
    now = clock.now()
    prices = sorted((int(row.values["price"]), place) for place, row in enumerate(rows))
    low = rows[prices[0][1]].values
    per = unit_price(int(low["price"]), int(low.get("amount", 1)), str(low.get("unit", "piece")),
                     low.get("drained"))
    return {
        "producer_id": known.producer_id, "category_id": shelf.id, "slug": slug, "code": code,
        "state": "draft", "age_class": shelf.age_class, "tax_category": tax_of(shelf),
        "withdrawal": said.get("withdrawal", "yes"), "not_for_de": said.get("not_for_de", ""),
        "not_for_en": said.get("not_for_en", ""), "place_of_making": said.get("place", ""),
        "made_at": now, "version": 1, "main_category_id": shelf.main_id, "last_change_at": now,
        "price_from_minor": prices[0][0], "price_to_minor": prices[-1][0],
        "unit_price_minor": per[0] if per else None, "unit_price_of": per[1] if per else None,
        "deposit_minor": low.get("deposit", 0),
        "in_stock": any(row.values.get("made_to_order") or row.values.get("stock", 0) > 0
                        for row in rows)}


def _texts(product_id: int, said: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"product_id": product_id, "lang": lang, "title": said[f"title_{lang}"],
             "teaser": said.get(f"teaser_{lang}", ""), "story": said.get(f"story_{lang}", ""),
             "use": "", "care": ""}
            for lang in ("de", "en") if said.get(f"title_{lang}")]


def _occasions(product_id: int, said: Mapping[str, Any]) -> list[dict[str, Any]]:
    by_slug = {one.slug: one.id for one in occasions().values()}
    return [{"product_id": product_id, "occasion_id": by_slug[slug]}
            for slug in said.get("occasions", ()) if slug in by_slug]


def _facts(ids: Sequence[int], said: Sequence[Mapping[str, Any]],
           shelves: Sequence[Shelf | None]) -> None:
    """Particulars of each product's template, and the filterable part of them."""
    particulars, codes, words = [], [], []
    for product_id, one, shelf in zip(ids, said, shelves, strict=True):
        known = {field.key: field for field in fields_of(shelf.template if shelf else "")}
        for name, value in one.items():
            key = name.removeprefix(FACT).removesuffix(OTHER)
            if not name.startswith(FACT) or key not in known or value in NOTHING:
                continue
            english = name.endswith(OTHER)
            particulars.append({"product_id": product_id, "lot_id": None, "key": key,
                                "value": value, "lang": "en" if english else None,
                                "source": "producer"})
            if not english:
                found = filter_words(known[key], value, one.get(f"{name}{OTHER}", ""))
                words += [(key, word) for word in found]
                codes += [{"product_id": product_id, "key": key, "value_code": word.code,
                           "number": None} for word in found]
    _insert(Particular, particulars)
    _insert(FactValue, codes)
    keep_words(words)


def _variants(known: ImportView, ids: Sequence[int], groups: Sequence[Group], person_id: int
              ) -> None:
    rows, staged_rows = [], []
    for product_id, (staged, found) in zip(ids, groups, strict=True):
        for position, (one, row) in enumerate(zip(staged, found, strict=True)):
            values, lot = row.values, str(row.values.get("lot", ""))
            rows.append({
                "product_id": product_id, "producer_id": known.producer_id,
                "lot_id": lot_of(product_id, lot) if lot else None, "position": position,
                "sku": values["sku"], "gtin": values.get("gtin") or None,
                "price_minor": values["price"], "amount": values.get("amount", 1),
                "unit": values.get("unit", "piece"), "drained": values.get("drained"),
                "on_hand": values.get("stock", 0), "weight_g": values.get("weight_g", 0),
                "made_to_order": values.get("made_to_order", False),
                "lead_days": values.get("lead_days"), "label_de": values.get("label_de", ""),
                "label_en": values.get("label_en", ""), "options": {},
                "deposit_minor": values.get("deposit", 0), "reserved": 0, "active": True})
            staged_rows.append((one, "product" if position == 0 else "variant", product_id))
    _insert(Variant, rows)
    by_sku = dict(db.session.execute(select(Variant.sku, Variant.id).where(
        Variant.producer_id == known.producer_id,
        Variant.sku.in_([row["sku"] for row in rows]))).all())
    made = [by_sku[row["sku"]] for row in rows]
    now = clock.now()
    _insert(Price, [{"variant_id": variant_id, "price_minor": row["price_minor"], "from_at": now,
                     "person_id": person_id} for variant_id, row in zip(made, rows, strict=True)])
    for variant_id, (one, what, product_id) in zip(made, staged_rows, strict=True):
        one.saved = True
        one.undo = {"made": what, "product": product_id, "variant": variant_id, "changes": {}}
