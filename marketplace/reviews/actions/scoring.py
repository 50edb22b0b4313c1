"""Counts and scores, kept in the transaction of each answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from sqlalchemy import bindparam, or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from marketplace.catalog.models import Lot, Product
from marketplace.foundation import clock
from marketplace.foundation.database import db, read
from marketplace.reviews.models import Score
from marketplace.reviews.queries.formulas import formula_in_force
from marketplace.reviews.rules.counting import COLUMNS, Counted, Key, Share, shares, steps
from marketplace.reviews.rules.score import Prior, decay, lot_prior, posterior

GROUPS_OF_PERSON = text(
    "INSERT INTO group_scores (group_id, product_id, k, n) "
    "SELECT group_id, :product_id, :k, :n FROM memberships "
    "WHERE person_id = :person_id AND left_at IS NULL ORDER BY group_id "
    "ON CONFLICT (group_id, product_id) DO UPDATE "
    "SET k = group_scores.k + excluded.k, n = group_scores.n + excluded.n")


def count_change(
    product_id: int, person_id: int | None, before: Collection[Counted],
    after: Collection[Counted], new_buyers: int = 0,
) -> None:
    """Carry the difference of one person's answers to a product into all rows of counts.

    before and after: all answers of that person to that product. Exact under any number of
    simultaneous answers: the rows are locked, the sums carried to today, and the score is
    computed from the counts just written. Changes scores, group_scores. Loads: 0 to 3.
    """
    today, half = clock.today(), formula_in_force().half_life_days
    found = steps(shares(before, today, half), shares(after, today, half))
    if new_buyers:
        found.setdefault(None, Share.empty())
    if not found:
        return
    rows = _locked(product_id, list(found))
    db.session.connection().execute(_write(), [
        _carried(rows[key], step, new_buyers if key is None else 0) for key, step in found.items()])
    whole = found.get(None)
    if person_id is not None and whole and (whole.counts["k"] or whole.counts["n"]):
        db.session.execute(GROUPS_OF_PERSON, {
            "product_id": product_id, "person_id": person_id, "k": whole.counts["k"],
            "n": whole.counts["n"]})


def ensure_row(product_id: int) -> None:
    """A fresh product has a row of counts without answers. Changes scores."""
    _locked(product_id, [None])


def _locked(product_id: int, keys: Collection[Key]) -> dict[Key, Any]:
    """The rows of counts, locked in the order of their ids; missing ones are made first."""
    rows = _read(product_id, keys)
    missing = [key for key in keys if key not in rows]
    if not missing:
        return rows
    for lot_id in missing:
        _insert(product_id, lot_id)
    return _read(product_id, keys)


def _read(product_id: int, keys: Collection[Key]) -> dict[Key, Any]:
    lots = [key for key in keys if key is not None]
    asked: dict[str, Any] = {"product": product_id} | ({"lots": lots} if lots else {})
    return {row.lot_id: row for row in read(_rows(bool(lots)), **asked)}


@cache
def _rows(of_lots: bool) -> Any:
    table: Any = Score.__table__
    wanted = table.c.lot_id.is_(None)
    if of_lots:
        wanted = or_(wanted, table.c.lot_id.in_(bindparam("lots", expanding=True)))
    return (select(table).where(table.c.product_id == bindparam("product"), wanted)
            .order_by(table.c.id).with_for_update())


def _insert(product_id: int, lot_id: Key) -> None:
    prior = prior_of(product_id) if lot_id is None else _prior_of_lot(product_id, lot_id)
    empty = posterior(prior, 0, 0)
    dialect = db.session.get_bind().dialect.name
    db.session.execute((sqlite if dialect == "sqlite" else postgresql).insert(Score).values(
        product_id=product_id, lot_id=lot_id, mu=prior.mu, m=prior.m, mean=empty.mean,
        q10=empty.q10, decayed_on=clock.today()).on_conflict_do_nothing())


def prior_of(product_id: int) -> Prior:
    """The belief for a new product: that of a sister in its main category, else the general one."""
    sister = db.session.execute(
        select(Score.mu, Score.m).join(Product, Product.id == Score.product_id)
        .where(Product.main_category_id == select(Product.main_category_id)
               .where(Product.id == product_id).scalar_subquery(), Score.lot_id.is_(None))
        .limit(1)).first()
    return Prior(sister.mu, sister.m) if sister else Prior(0.8, formula_in_force().prior_weight)


def _prior_of_lot(product_id: int, lot_id: int) -> Prior:
    """The belief for a new lot: what is believed of the lot before, else of the product."""
    own = select(Lot.sequence).where(Lot.id == lot_id).scalar_subquery()
    before = db.session.scalar(
        select(Score.mean).join(Lot, Lot.id == Score.lot_id)
        .where(Score.product_id == product_id, Lot.id != lot_id,
               or_(Lot.sequence < own, (Lot.sequence == own) & (Lot.id < lot_id)))
        .order_by(Lot.sequence.desc(), Lot.id.desc()).limit(1))
    return prior_of(product_id) if before is None else \
        lot_prior(before, formula_in_force().lot_weight)


def _carried(row: Any, step: Share, buyers: int) -> dict[str, Any]:
    """The new content of a row: sums carried to today, the difference added, scored anew."""
    today = clock.today()
    age = (today - row.decayed_on).days if row.decayed_on else 0
    factor = decay(age, formula_in_force().half_life_days)
    values: dict[str, Any] = {
        name: max(getattr(row, name) + step.counts[name], 0) for name in COLUMNS}
    nw = max(row.nw * factor + step.nw, 0.0)
    kw = min(max(row.kw * factor + step.kw, 0.0), nw)
    if not values["n"]:
        kw = nw = 0.0
    believed = posterior(Prior(row.mu, row.m), kw, nw)
    firsts = [at for at in (row.first_at, step.first_at) if at is not None]
    lasts = [at for at in (row.last_at, step.last_at) if at is not None]
    return values | {
        "row_id": row.id, "kw": kw, "nw": nw, "mean": believed.mean, "q10": believed.q10,
        "buyers": row.buyers + buyers, "decayed_on": today,
        "first_at": min(firsts, default=None), "last_at": max(lasts, default=None)}


@cache
def _write() -> Any:
    names = (*COLUMNS, "kw", "nw", "mean", "q10", "buyers", "decayed_on", "first_at", "last_at")
    table: Any = Score.__table__
    return update(table).where(table.c.id == bindparam("row_id")).values(
        {name: bindparam(name) for name in names})


def buyer_counted(product_id: int) -> None:
    """One buyer more is asked about a product. Changes scores."""
    count_change(product_id, None, (), (), 1)


def membership_changed(group_id: int, answers: Mapping[int, Collection[Counted]], sign: int
                       ) -> None:
    """Add (sign 1) or take (-1) the counted answers of a person by product to a group's rows.

    Changes group_scores.
    """
    today, rows = clock.today(), []
    for product_id, said in sorted(answers.items()):
        whole = shares(said, today).get(None)
        if whole:
            rows.append({"group_id": group_id, "product_id": product_id,
                         "k": sign * whole.counts["k"], "n": sign * whole.counts["n"]})
    if rows:
        db.session.execute(text(
            "INSERT INTO group_scores (group_id, product_id, k, n) "
            "VALUES (:group_id, :product_id, :k, :n) ON CONFLICT (group_id, product_id) "
            "DO UPDATE SET k = group_scores.k + excluded.k, n = group_scores.n + excluded.n"), rows)
