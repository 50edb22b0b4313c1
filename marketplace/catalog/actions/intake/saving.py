"""The good rows of a file become goods: all or nothing by product, old values kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import update

from marketplace.catalog.actions.intake.changing import (
    change_product,
    change_variant,
    lot_of,
    say_lot,
)
from marketplace.catalog.actions.intake.checking import Known, by_product, judge, standing_of
from marketplace.catalog.actions.intake.making import make_drafts
from marketplace.catalog.actions.intake.reading import _change, _only_in, checked
from marketplace.catalog.actions.pictures import add_picture
from marketplace.catalog.actions.products import NewProduct, NewVariant, add_variant, create
from marketplace.catalog.actions.publishing import publish
from marketplace.catalog.actions.stock import refresh_price_copies
from marketplace.catalog.events import ProductsImported
from marketplace.catalog.models import Import, ImportRow, Picture, Product
from marketplace.catalog.queries.intake import present_products
from marketplace.catalog.queries.intake.imports import ImportView, counts_of, ready_batch
from marketplace.catalog.queries.shelves import category_by_slug, occasions
from marketplace.catalog.rules.columns import FACT, LOT, OTHER
from marketplace.catalog.rules.intake import Row, of_product, of_variant
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import announce


@dataclass(frozen=True, slots=True)
class Taken:
    """A picture that lies in the storage already: file, (width, height), tint."""

    file: str
    size: tuple[int, int]
    tint: str


Pictures = Mapping[str, Taken]
"""By name in lower case."""
Fetch = Callable[[Sequence[str]], Pictures]


def ask_saving(known: ImportView) -> None:
    """Begin to save the good rows. Raises Conflict. Changes imports."""
    _only_in(known, ("checked",))
    good = int(known.counts.get("new", 0)) + int(known.counts.get("changed", 0))
    if not good:
        raise Conflict(_("There is nothing in this file that could be saved."))
    _change(known.id, state="saving", done=0)


def wanted_pictures(known: ImportView) -> list[str]:
    """Names of pictures that the next batch of rows needs. Loads: 0 to 2 statements."""
    beside = known.plan.get("pictures", {})
    if not beside:
        return []
    names = {name.strip().lower() for row in ready_batch(known.id)
             for name in str(row.data.get("picture", "")).replace(";", "|").replace(",", "|")
              .split("|")}
    return sorted(name.rsplit("/", 1)[-1] for name in names
                  if name.rsplit("/", 1)[-1] in beside)


def save_batch(known: ImportView, person_id: int, pictures: Pictures) -> int:
    """Save the next good rows, judged anew; how many were looked at.

    Changes imports, import_rows and everything about goods; announces ProductsImported.
    """
    staged = ready_batch(known.id)
    if not staged:
        return 0
    rows, found = judge(known, staged, again=True)
    db.session.flush()
    batch = _Batch(known, person_id, pictures, found)
    drafts, saved = [], 0
    for mine in by_product(staged):
        pairs = (mine, [rows[one.id] for one in mine])
        if not all(one.effect in ("new", "changed", "same") for one in mine):
            continue
        if _is_plain_draft(batch, pairs[1]):
            drafts.append(pairs)
        else:
            saved += _save_product(batch, *pairs)
    if drafts:
        make_drafts(known, drafts, person_id)
        saved += sum(len(mine) for mine, _rows in drafts)
    db.session.flush()
    _change(known.id, done=Import.done + saved)
    announce(ProductsImported(saved))
    return len(staged)


@dataclass(frozen=True, slots=True)
class _Batch:
    """What the rows of one batch share."""

    known: ImportView
    person_id: int
    pictures: Pictures
    found: Known


def _is_plain_draft(batch: _Batch, rows: Sequence[Row]) -> bool:
    """Whether a product is new, stays a draft, brings no pictures and no lot that says things."""
    return (batch.known.plan.get("mode") != "sale" and standing_of(rows, batch.found) is None
            and not any(name == "picture" or name.startswith(LOT)
                        for row in rows for name in row.values))


def _save_product(batch: _Batch, staged: Sequence[ImportRow], rows: Sequence[Row]) -> int:
    """One product's rows, or none of them: what a rule refuses at the last moment is a fault."""
    try:
        with db.session.begin_nested():
            _whole_product(batch, staged, rows)
    except (Invalid, Conflict) as refused:
        words = next(iter(refused.faults.values()), "") if isinstance(refused, Invalid) else \
            refused.sentence
        for one in staged:
            db.session.refresh(one)
            one.effect, one.saved = "fault", False
            one.faults = {"": ["refused", {"text": words[:200]}]}
        db.session.flush()
        return 0
    return len(staged)


def _whole_product(batch: _Batch, staged: Sequence[ImportRow], rows: Sequence[Row]) -> None:
    there, standing = batch.found.variants, standing_of(rows, batch.found)
    if standing is None:
        _new(batch.known, staged, rows, batch.person_id, batch.pictures)
        return
    changes = {name: pair for row in rows for name, pair in row.changes.items()
               if not of_variant(name)}
    change_product(standing, changes)
    _put_pictures(standing.id, standing.files, rows, batch.pictures)
    for one, row in zip(staged, rows, strict=True):
        if one.sku in there:
            change_variant(there[one.sku], row.changes, batch.person_id)
            made, variant_id = "", there[one.sku].variant_id
        else:
            product = db.session.get_one(Product, standing.id)
            variant_id = add_variant(product, _variant(standing.id, row), one.number,
                                     batch.person_id).id
            say_lot(standing.id, standing.category_id, variant_id, _said(row))
            made = "variant"
        _done(one, made, standing.id, variant_id, row.changes)
    refresh_price_copies(standing.id)


def _new(known: ImportView, staged: Sequence[ImportRow], rows: Sequence[Row], person_id: int,
         pictures: Pictures) -> None:
    said = {name: value for name, (value, _row) in of_product(rows).items()}
    shelf = category_by_slug(str(said.get("category") or known.plan.get("category", "")))
    by_slug = {one.slug: one.id for one in occasions().values()}
    product = create(known.producer_id, NewProduct(
        shelf.id if shelf else 0,
        {lang: (said.get(f"title_{lang}", ""), said.get(f"teaser_{lang}", ""),
                said.get(f"story_{lang}", "")) for lang in ("de", "en")}, (),
        said.get("not_for_de", ""), said.get("not_for_en", ""), said.get("place", ""),
        said.get("withdrawal", "yes"),
        facts={name.removeprefix(FACT): value for name, value in said.items()
               if name.startswith(FACT) and not name.endswith(OTHER)},
        occasion_ids=[by_slug[slug] for slug in said.get("occasions", ())]), person_id)
    for position, (one, row) in enumerate(zip(staged, rows, strict=True)):
        variant = add_variant(product, _variant(product.id, row), position, person_id)
        say_lot(product.id, product.category_id, variant.id, _said(row))
        _done(one, "product" if position == 0 else "variant", product.id, variant.id, {})
    english = {name: [None, value] for name, value in said.items() if name.endswith(OTHER)}
    if english:
        standing = present_products(known.producer_id, [product.code])[product.code]
        change_product(standing, english)
    _put_pictures(product.id, {}, rows, pictures)
    refresh_price_copies(product.id)
    if known.plan.get("mode") == "sale":
        publish(product.id)


def _variant(product_id: int, row: Row) -> NewVariant:
    values = row.values
    lot = str(values.get("lot", ""))
    return NewVariant(
        str(values["sku"]), int(values["price"]), int(values.get("stock", 0)),
        int(values.get("amount", 1)), str(values.get("unit", "piece")),
        str(values.get("label_de", "")), str(values.get("label_en", "")),
        values.get("gtin") or None, int(values.get("weight_g", 0)),
        lot_of(product_id, lot) if lot else None, bool(values.get("made_to_order", False)),
        values.get("lead_days"), deposit_minor=int(values.get("deposit", 0)))


def _said(row: Row) -> dict[str, list[Any]]:
    """All of a row as changes of nothing."""
    return {name: [None, value] for name, value in row.values.items()}


def _done(one: ImportRow, made: str, product_id: int, variant_id: int,
          changes: Mapping[str, Any]) -> None:
    one.saved = True
    one.undo = {"made": made, "product": product_id, "variant": variant_id,
                "changes": {name: list(pair) for name, pair in changes.items()}}


def _put_pictures(product_id: int, there: Mapping[str, int], rows: Sequence[Row],
                  pictures: Pictures) -> None:
    """Add the pictures that the product has not got, and keep what they show."""
    for row in rows:
        names = list(row.values.get("picture", ()))
        alts = {lang: _parts(row.values.get(f"picture_alt_{lang}", ""), len(names))
                for lang in ("de", "en")}
        for place, name in enumerate(names):
            words = {lang: alts[lang][place] for lang in alts}
            if name in there:
                _say_alt(there[name], words)
            elif name.lower() in pictures:
                taken = pictures[name.lower()]
                add_picture(product_id, taken.file, "photo", taken.size, taken.tint,
                            words["de"], words["en"])


def _parts(text: object, count: int) -> list[str]:
    """One text a picture; none where their number differs."""
    parts = [part.strip()[:200] for part in str(text).split("|")] if text else []
    return parts if len(parts) == count else [""] * count


def _say_alt(picture_id: int, words: Mapping[str, str]) -> None:
    said = {f"alt_{lang}": text for lang, text in words.items() if text}
    if said:
        db.session.execute(update(Picture).where(Picture.id == picture_id).values(**said))


def finish_saving(import_id: int) -> None:
    """Nothing is left to save. Changes imports."""
    _change(import_id, state="saved", saved_at=clock.now(), counts=counts_of(import_id))


def look_again(import_id: int) -> None:
    """Nothing could be saved: back to the look at the rows. Changes imports."""
    checked(import_id)
