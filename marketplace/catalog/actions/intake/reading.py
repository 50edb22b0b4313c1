"""A file's way in: noted, its columns chosen, its rows staged; nothing of it is on sale yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, insert, select, update

from marketplace.catalog.models import Import, ImportColumn, ImportRow
from marketplace.catalog.queries.intake.imports import (
    ImportView,
    counts_of,
    rows_by_id,
    rows_together,
)
from marketplace.catalog.rules.cells import unwritten
from marketplace.catalog.rules.columns import plain
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict

KEPT = timedelta(days=7)


def start(producer_id: int, person_id: int, name: str, files: tuple[str, str, str],
          plan: Mapping[str, Any]) -> int:
    """Note a file; its number. `files` are hash, stored name, stored name of a ZIP with pictures.

    Changes imports.
    """
    row = Import(producer_id=producer_id, person_id=person_id, file_name=name[:200],
                 file_hash=files[0], file=files[1], pictures_file=files[2], state="columns",
                 plan=dict(plan), counts={}, made_at=clock.now())
    db.session.add(row)
    db.session.flush()
    return row.id


def choose_columns(known: ImportView, chosen: Mapping[str, str], plan: Mapping[str, Any]) -> None:
    """Keep what each column means, for the next file too, and begin reading.

    Changes imports, import_rows, import_columns.
    """
    _only_in(known, ("columns", "checked", "broken"))
    for column, ours in chosen.items():
        if plain(column):
            db.session.merge(ImportColumn(producer_id=known.producer_id, ours=ours[:60],
                                          word=plain(column)[:80]))
    used = {column: ours for column, ours in chosen.items() if ours}
    start_over(known.id)
    _change(known.id, plan={**known.plan, **plan, "columns": used}, state="reading")


def start_over(import_id: int) -> None:
    """Take away all staged rows. Changes imports, import_rows."""
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == import_id))
    _change(import_id, done=0, total=0, counts={})


def _change(import_id: int, **values: Any) -> None:
    db.session.execute(update(Import).where(Import.id == import_id).values(**values)
                       .execution_options(synchronize_session=False))


def _only_in(known: ImportView, states: Sequence[str]) -> None:
    """Lock the file's row and demand a state. Raises Conflict."""
    state = db.session.scalar(select(Import.state).where(Import.id == known.id).with_for_update())
    if state not in states:
        raise Conflict(_("This file is a step further already. Please look at it again."))


def keep_rows(import_id: int, header: Sequence[str], columns: Mapping[str, str],
              rows: Sequence[tuple[int, Sequence[str]]]) -> None:
    """Stage rows as they stand in the file. Changes import_rows, imports.

    Cells behind the last column of the header are a fault that is named at the check.
    """
    places = [(place, columns[name]) for place, name in enumerate(header) if name in columns]
    staged = []
    for number, cells in rows:
        data = {ours: cells[place] for place, ours in places
                if place < len(cells) and cells[place]}
        if any(cells[len(header):]):
            data["?"] = " ".join(cells[len(header):])[:200]
        staged.append({"import_id": import_id, "number": number, "data": data,
                       "sku": unwritten(data.get("sku", ""))[:60], "product_key": key_of(data),
                       "effect": "unread", "faults": {}, "hints": {}, "changes": {},
                       "saved": False, "undo": {}})
    if staged:
        db.session.execute(insert(ImportRow), staged)
        _change(import_id, total=Import.total + len(staged))


def key_of(data: Mapping[str, str]) -> str:
    """What joins the rows of one product: the product's word, else the row's own number."""
    word = unwritten(data.get("product", "")).strip()
    return f"p:{word.casefold()}"[:120] if word else f"s:{unwritten(data.get('sku', ''))}"[:120]


def broken(import_id: int, code: str, args: Mapping[str, Any]) -> None:
    """A file turned out to be unusable; no row of it stays. Changes imports, import_rows."""
    start_over(import_id)
    _change(import_id, state="broken", counts={"broken": [code, dict(args)]})


def correct_cells(known: ImportView, cells: Mapping[int, Mapping[str, str]]) -> int:
    """Replace cells of faulty rows; all rows they touch are checked again. How many changed.

    `cells` maps a row's id to its cells by our names. Changes import_rows.
    """
    _only_in(known, ("checked",))
    touched: set[str] = set()
    skus: set[str] = set()
    changed = 0
    for row in rows_by_id(known.id, sorted(cells)):
        typed = {name: text.strip() for name, text in cells[row.id].items()
                 if text.strip() != row.data.get(name, "")}
        if not typed or row.saved:
            continue
        changed += 1
        touched.add(row.product_key)
        skus.add(row.sku)
        row.data = {name: text for name, text in {**row.data, **typed}.items() if text}
        row.sku, row.product_key = unwritten(row.data.get("sku", ""))[:60], key_of(row.data)
        touched.add(row.product_key)
        skus.add(row.sku)
    db.session.flush()
    for row in rows_together(known.id, sorted(touched), sorted(skus)):
        row.effect = "unread"
    db.session.flush()
    return changed


def checked(import_id: int) -> None:
    """All rows are checked. Changes imports."""
    _change(import_id, state="checked", counts=counts_of(import_id))


def progress(import_id: int, done: int) -> None:
    """So many rows are done. Changes imports."""
    _change(import_id, done=done)


def forget_old() -> list[str]:
    """Take away rows of files older than seven days; names of files nobody needs any more.

    Changes imports, import_rows.
    """
    old = db.session.scalars(select(Import).where(
        Import.made_at < clock.now() - KEPT, Import.state != "saving",
        Import.file != "")).all()
    names = {name for row in old for name in (row.file, row.pictures_file) if name}
    for row in old:
        db.session.execute(delete(ImportRow).where(ImportRow.import_id == row.id))
        row.file, row.pictures_file = "", ""
        row.plan = {"mode": row.plan.get("mode", "")}
    db.session.flush()
    still = set(db.session.scalars(select(Import.file).where(Import.file.in_(names))))
    still |= set(db.session.scalars(
        select(Import.pictures_file).where(Import.pictures_file.in_(names))))
    return sorted(names - still)
