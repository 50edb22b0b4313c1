"""Whether goods say all that the law wants before an order, asked in one statement."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, literal, select

from marketplace.catalog.models import Particular, Product, Variant
from marketplace.catalog.queries.readiness import (
    LANGS,
    WORDS,
    Gathered,
    lacking,
    products_asked,
)
from marketplace.foundation import clock
from marketplace.foundation.database import read

FIELD, ROW = "\x1f", "\x1e"


@dataclass(frozen=True, slots=True)
class _Fact:
    """A particular as the rules of templates read it."""

    key: str
    lang: str | None
    lot_id: int | None
    value: Any


@dataclass(frozen=True, slots=True)
class _Offered:
    """What a variant on offer holds."""

    unit: str
    amount: int
    drained: int
    label_de: str
    active: bool = True


def particulars_missing(product_ids: Collection[int]) -> frozenset[int]:
    """Which of these products lack particulars that the law wants. Loads: 1 statement."""
    if not product_ids:
        return frozenset()
    rows = {row.id: row for row in read(_statement(), ids=list(product_ids), on=clock.today())}
    return frozenset(i for i, row in rows.items() if lacking(_gathered(row)))


def _gathered(row: Any) -> Gathered:
    facts = [_Fact(key, lang or None, int(lot) if lot else None, json.loads(value))
             for key, lang, lot, value in _split(row.facts)]
    variants = [_Offered(unit, int(amount), int(drained or 0), label)
                for unit, amount, drained, label in _split(row.offered)]
    return Gathered(row, _texts(row),
                    [one for one in facts if one.lot_id in (None, row.lot_id)], variants)


def _texts(row: Any) -> Mapping[str, Mapping[str, str]]:
    return {lang: {name: getattr(row, f"{name}_{lang}") or "" for name in WORDS}
            for lang in LANGS}


def _split(joined: str | None) -> Iterator[Sequence[str]]:
    """Rows out of a column that holds them one after the other."""
    for one in (joined or "").split(ROW):
        if one:
            yield one.split(FIELD)


def _joined(*columns: Any) -> ColumnElement[str]:
    """The values of columns as one text, empty for what is not there."""
    found: ColumnElement[str] = func.coalesce(cast(columns[0], String), "")
    for column in columns[1:]:
        found = found + literal(FIELD) + func.coalesce(cast(column, String), "")
    return func.aggregate_strings(found, ROW)


@cache
def _statement() -> Any:
    facts = select(_joined(Particular.key, Particular.lang, Particular.lot_id, Particular.value)) \
        .where(Particular.product_id == Product.id).scalar_subquery()
    offered = select(_joined(Variant.unit, Variant.amount, Variant.drained, Variant.label_de)) \
        .where(Variant.product_id == Product.id, Variant.active).scalar_subquery()
    return products_asked().add_columns(facts.label("facts"), offered.label("offered"))
