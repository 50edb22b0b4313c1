"""Files on their way in, with their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, and_, cast, func, or_, select

from marketplace.catalog.models import Import, ImportColumn, ImportRow
from marketplace.foundation.database import db

TOGETHER = 500
"""Rows that are checked, saved or undone in one change."""


@dataclass(frozen=True, slots=True)
class ImportView:
    """One file: what it is, how far it is, what its rows would do."""

    id: int
    producer_id: int
    file_name: str
    file_hash: str
    file: str
    pictures_file: str
    state: str
    plan: Mapping[str, Any]
    counts: Mapping[str, Any]
    done: int
    total: int
    made_at: datetime
    saved_at: datetime | None


@dataclass(frozen=True, slots=True)
class ImportRowView:
    """One row of a file as its page shows it."""

    id: int
    number: int
    sku: str
    data: Mapping[str, str]
    faults: Mapping[str, Any]
    hints: Mapping[str, Any]
    changes: Mapping[str, Any]
    effect: str
    saved: bool


def import_view(import_id: int) -> ImportView | None:
    """One file. Loads: 1 statement."""
    row = db.session.get(Import, import_id, populate_existing=True)
    return None if row is None or row.producer_id is None else _view(row)


def _view(row: Import) -> ImportView:
    return ImportView(row.id, row.producer_id or 0, row.file_name, row.file_hash, row.file,
                      row.pictures_file, row.state, row.plan, row.counts, row.done, row.total,
                      row.made_at, row.saved_at)


def imports_of(producer_id: int, limit: int = 20) -> Sequence[ImportView]:
    """A producer's files, the newest first. Loads: 1 statement."""
    return [_view(row) for row in db.session.scalars(
        select(Import).where(Import.producer_id == producer_id)
        .order_by(Import.made_at.desc(), Import.id.desc()).limit(limit))]


def same_file(producer_id: int, file_hash: str, besides: int) -> datetime | None:
    """When this very file was taken in before. Loads: 1 statement."""
    return db.session.scalar(
        select(func.max(Import.saved_at)).where(
            Import.producer_id == producer_id, Import.file_hash == file_hash,
            Import.id != besides, Import.state == "saved"))


def remembered_columns(producer_id: int) -> Mapping[str, str]:
    """What a producer's columns meant before, by plain name. Loads: 1 statement."""
    return dict(db.session.execute(select(ImportColumn.word, ImportColumn.ours).where(
        ImportColumn.producer_id == producer_id)).all())


def counts_of(import_id: int) -> dict[str, int]:
    """How many rows do what; `saved` are done. Loads: 2 statements."""
    found = {str(effect): int(n) for effect, n in db.session.execute(
        select(ImportRow.effect, func.count()).where(ImportRow.import_id == import_id)
        .group_by(ImportRow.effect)).all()}
    saved = db.session.scalar(select(func.count()).where(
        ImportRow.import_id == import_id, ImportRow.saved.is_(True)))
    return {**found, "saved": saved or 0}


def row_views(import_id: int, effect: str, offset: int, limit: int) -> Sequence[ImportRowView]:
    """Rows of one effect, "" for all, in the file's order. Loads: 1 statement."""
    rows = select(ImportRow).where(ImportRow.import_id == import_id)
    if effect == "hint":
        rows = rows.where(cast(ImportRow.hints, String) != "{}", ImportRow.effect != "fault")
    elif effect:
        rows = rows.where(ImportRow.effect == effect)
    return [ImportRowView(row.id, row.number, row.sku, row.data, row.faults, row.hints,
                          row.changes, row.effect, row.saved)
            for row in db.session.scalars(rows.order_by(ImportRow.number).offset(offset)
                                          .limit(limit))]


def rows_by_id(import_id: int, ids: Sequence[int]) -> Sequence[ImportRow]:
    """Rows of this file by id. Loads: 1 statement."""
    return db.session.scalars(select(ImportRow).where(
        ImportRow.import_id == import_id, ImportRow.id.in_(ids))).all()


def unread_batch(import_id: int) -> Sequence[ImportRow]:
    """Rows that wait for their check, whole products together. Loads: 1 or 2 statements."""
    return _whole(import_id, select(ImportRow).where(
        ImportRow.import_id == import_id, ImportRow.effect == "unread"))


def ready_batch(import_id: int) -> Sequence[ImportRow]:
    """Good rows that wait for saving, whole products together. Loads: 1 or 2 statements."""
    return _whole(import_id, select(ImportRow).where(
        ImportRow.import_id == import_id, ImportRow.effect.in_(("new", "changed")),
        ImportRow.saved.is_(False)))


def undo_batch(import_id: int) -> Sequence[ImportRow]:
    """Saved rows that wait to be taken back, whole products together. Loads: 1 or 2 statements."""
    return _whole(import_id, select(ImportRow).where(
        ImportRow.import_id == import_id, ImportRow.saved.is_(True)))


def _whole(import_id: int, rows: Any) -> Sequence[ImportRow]:
    """At most 500 rows, without a product that goes on behind them; a larger one comes alone."""
    found: Sequence[ImportRow] = db.session.scalars(
        rows.order_by(ImportRow.product_key, ImportRow.number).limit(TOGETHER + 1)).all()
    if len(found) <= TOGETHER:
        return found
    last = found[-1].product_key
    whole = [row for row in found if row.product_key != last]
    if whole:
        return whole
    alone: Sequence[ImportRow] = db.session.scalars(
        rows.where(ImportRow.product_key == last).order_by(ImportRow.number)).all()
    return alone


def doubled_skus(import_id: int, skus: Sequence[str]) -> Mapping[str, Sequence[int]]:
    """Numbers that stand in several rows -> those rows' numbers. Loads: 1 statement."""
    twice = (select(ImportRow.sku).where(ImportRow.import_id == import_id,
                                         ImportRow.sku.in_(list(skus)), ImportRow.sku != "")
             .group_by(ImportRow.sku).having(func.count() > 1))
    found: dict[str, list[int]] = {}
    for row in db.session.execute(
            select(ImportRow.sku, ImportRow.number)
            .where(ImportRow.import_id == import_id, ImportRow.sku.in_(twice))
            .order_by(ImportRow.number)):
        found.setdefault(row.sku, []).append(row.number)
    return found


def rows_together(import_id: int, keys: Sequence[str], skus: Sequence[str]
                  ) -> Sequence[ImportRow]:
    """All unsaved rows that belong to these products or have these numbers. Loads: 1 statement."""
    return db.session.scalars(select(ImportRow).where(and_(
        ImportRow.import_id == import_id, ImportRow.saved.is_(False),
        or_(ImportRow.product_key.in_(list(keys)), ImportRow.sku.in_(list(skus)))))).all()
