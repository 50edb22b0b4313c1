"""Every row of a file beside what is there: new, changed, same or fault; nothing is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from marketplace.catalog.actions.intake.obstacles import House, house_of, obstacles
from marketplace.catalog.models import ImportRow, Variant
from marketplace.catalog.queries.intake import Present, Standing, present_products, present_variants
from marketplace.catalog.queries.intake.imports import ImportView, doubled_skus, unread_batch
from marketplace.catalog.queries.shelves import occasions, shelf_path, shelves
from marketplace.catalog.rules.cells import Words, read_cells, unwritten
from marketplace.catalog.rules.columns import LOT, NEEDED_FOR_NEW, plain
from marketplace.catalog.rules.intake import Row, differing, of_lots, of_product, of_variant, settle
from marketplace.foundation.database import db


@dataclass(frozen=True, slots=True)
class Known:
    """What is there of what a batch of rows names."""

    variants: Mapping[str, Present]
    products: Mapping[str, Standing]
    barcodes: Mapping[str, Sequence[tuple[int, str]]]
    doubled: Mapping[str, Sequence[int]]
    house: House


def words_of(plan: Mapping[str, Any]) -> Words:
    """What categories and occasions may be called, in both languages and by address."""
    categories: dict[str, str] = {}
    for shelf in shelves().values():
        path = [part.slug for part in shelf_path(shelf.id)]
        for word in (shelf.slug, shelf.de, shelf.en, "".join(path)):
            categories.setdefault(plain(word), shelf.slug)
    meant: dict[str, str] = {}
    for one in occasions().values():
        for word in (one.slug, one.de, one.en, *one.words_de, *one.words_en):
            meant.setdefault(plain(word), one.slug)
    return Words(categories, meant, str(plan.get("lang") or "de"))


def check_batch(known: ImportView) -> int:
    """Check the next rows that wait; how many. Changes import_rows. Loads: 20 statements."""
    staged = unread_batch(known.id)
    if staged:
        judge(known, staged)
        db.session.flush()
    return len(staged)


def judge(known: ImportView, staged: Sequence[ImportRow], again: bool = False
          ) -> tuple[Mapping[int, Row], Known]:
    """Write into each staged row what saving it would do; the same by the row's id, and what is
    there already. `again`: its words were looked at before and have not changed since.
    """
    words = words_of(known.plan)
    rows = {}
    for one in staged:
        cells = read_cells({k: v for k, v in one.data.items() if k != "?"}, words)
        rows[one.id] = Row(one.number, cells.values, dict(cells.faults))
        if "?" in one.data:
            rows[one.id].blame("", "more_cells", text=one.data["?"][:40])
    found = _known(known, staged, rows)
    for mine in by_product(staged):
        _product([rows[one.id] for one in mine], known, found, again)
    for one in staged:
        row = rows[one.id]
        one.effect, one.faults = row.effect, _plain(row.faults)
        one.hints = one.hints if again else _plain(row.hints)
        one.changes = dict(row.changes)
    return rows, found


def by_product(staged: Sequence[ImportRow]) -> list[list[ImportRow]]:
    """Rows in groups that belong to one product each."""
    found: dict[str, list[ImportRow]] = {}
    for one in staged:
        found.setdefault(one.product_key, []).append(one)
    return list(found.values())


def _plain(faults: Mapping[str, Any]) -> dict[str, list[Any]]:
    return {column: [code, args] for column, (code, args) in faults.items()}


def _known(known: ImportView, staged: Sequence[ImportRow], rows: Mapping[int, Row]) -> Known:
    skus = sorted({one.sku for one in staged})
    codes = {unwritten(str(one.data.get("product", ""))).upper() for one in staged}
    barcodes: dict[str, list[tuple[int, str]]] = {}
    wanted = {str(row.values["gtin"]) for row in rows.values() if "gtin" in row.values}
    for row in db.session.execute(
            select(Variant.gtin, Variant.producer_id, Variant.sku)
            .where(Variant.gtin.in_(wanted))) if wanted else ():
        barcodes.setdefault(str(row.gtin), []).append((row.producer_id, row.sku))
    return Known(present_variants(known.producer_id, skus),
                 present_products(known.producer_id, codes - {""}), barcodes,
                 doubled_skus(known.id, skus), house_of(known.producer_id))


def _product(rows: Sequence[Row], known: ImportView, found: Known, again: bool) -> None:
    """Judge the rows of one product together."""
    standing = standing_of(rows, found)
    for row in rows:
        _row(row, known, found)
    said = of_product(rows)
    if standing is not None:
        for name, pair in differing({n: v for n, (v, _row) in said.items()},
                                    standing.values).items():
            said[name][1].changes[name] = pair
    else:
        _new_product(rows, said, known)
    _pictures(rows, standing, known)
    of_lots(rows)
    for row in rows:
        there = found.variants.get(str(row.values.get("sku", "")))
        if there is not None:
            same_lot = row.values.get("lot", there.values["lot"]) == there.values["lot"]
            row.changes |= differing({"active": True} | {
                n: v for n, v in row.values.items() if of_variant(n)},
                {n: v for n, v in there.values.items() if same_lot or not n.startswith(LOT)})
    obstacles(rows, standing, known.plan, found.house, not again)
    settle(rows, {row.number: str(row.values.get("sku", "")) not in found.variants
                  for row in rows})


def standing_of(rows: Sequence[Row], found: Known) -> Standing | None:
    """The product that rows belong to, by number or by code; rows of another one are at fault."""
    first: Standing | None = None
    for row in rows:
        there = found.variants.get(str(row.values.get("sku", "")))
        code = found.products.get(str(row.values.get("product", "")).upper())
        for one in (there.product if there else None, code):
            if one is None:
                continue
            first = first or one
            if one.id != first.id:
                row.blame("product", "other_product", known=str(one.values["product"]))
    return first


def _row(row: Row, known: ImportView, found: Known) -> None:
    """What can be said of one row alone."""
    sku = str(row.values.get("sku", ""))
    others = [n for n in found.doubled.get(sku, ()) if n != row.number]
    if others:
        row.blame("sku", "sku_twice", row=others[0])
    there = found.variants.get(sku)
    if there is None:
        for name in ("price",):
            if name not in row.values:
                row.blame(name, "needed_for_new")
    elif "stock" in row.values and not there.values["made_to_order"] \
            and row.values["stock"] < there.reserved:
        row.blame("stock", "stock_reserved", count=there.reserved)
    for producer_id, other in found.barcodes.get(str(row.values.get("gtin", "")), ()):
        if producer_id != known.producer_id:
            row.hints["gtin"] = ("gtin_elsewhere", {})
        elif other != sku:
            row.hints["gtin"] = ("gtin_own", {"sku": other})


def _new_product(rows: Sequence[Row], said: dict[str, tuple[Any, Row]], known: ImportView) -> None:
    """What a product that does not exist yet must say: a name, a shelf."""
    if "category" not in said and known.plan.get("category"):
        said["category"] = (known.plan["category"], rows[0])
    if not (said.get("title_de") or said.get("title_en")):
        rows[0].blame("title", "needed_for_new")
    if "category" not in said:
        rows[0].blame("category", "needed_for_new")
    assert set(NEEDED_FOR_NEW) == {"title", "category", "price"}


def _pictures(rows: Sequence[Row], standing: Standing | None, known: ImportView) -> None:
    """Each new picture must lie beside the table, be a picture, and say what it shows."""
    beside: Mapping[str, str] = known.plan.get("pictures", {})
    there = set(standing.files) if standing is not None else set()
    for row in rows:
        names = [name for name in row.values.get("picture", ()) if name not in there]
        for name in names:
            fault = beside.get(name.lower())
            if fault is None:
                row.blame("picture", "picture_missing", text=name[:60])
            elif fault:
                row.blame("picture", f"picture_{fault}", text=name[:60])
        alts = [str(row.values.get(f"picture_alt_{lang}", "")) for lang in ("de", "en")]
        said = any(_as_many(alt, row.values["picture"]) for alt in alts) if names else True
        if not said and "picture" not in row.faults:
            row.blame("picture_alt", "alt_needed", count=len(row.values["picture"]))


def _as_many(alt: str, names: Sequence[str]) -> bool:
    """Whether there are words for each of the pictures."""
    return bool(alt) and len([part for part in alt.split("|") if part.strip()]) == len(names)
