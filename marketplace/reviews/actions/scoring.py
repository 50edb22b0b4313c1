"""Counts and scores, kept with each answer and rebuilt from all of them at night."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from marketplace.catalog.models import Product
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.orders.queries import buyer_counts
from marketplace.reviews.models import Rating, Score
from marketplace.reviews.rules.score import (
    Prior,
    category_prior,
    decay,
    overall_mean,
    posterior,
    prior_weight,
)


@dataclass(frozen=True, slots=True)
class Counted:
    """The part of an answer that is counted."""

    again: bool
    stars: int | None
    value: bool | None
    delight: str | None


COLUMNS = ("k", "n", "stars_n", "stars_sum", "stars_1", "stars_2", "stars_3", "stars_4", "stars_5",
           "value_yes", "value_n", "delight_d", "delight_o", "delight_b")


def _row_of(counted: Counted | None) -> dict[str, int]:
    """What an answer adds to each counter."""
    row = dict.fromkeys(COLUMNS, 0)
    if counted is None:
        return row
    row["n"], row["k"] = 1, int(counted.again)
    if counted.stars:
        row["stars_n"], row["stars_sum"], row[f"stars_{counted.stars}"] = 1, counted.stars, 1
    if counted.value is not None:
        row["value_n"], row["value_yes"] = 1, int(counted.value)
    letter = {"disappointed": "d", "okay": "o", "delighted": "b"}.get(counted.delight or "")
    if letter:
        row[f"delight_{letter}"] = 1
    return row


def score_changed(
    product_id: int, lot_id: int | None, before: Counted | None, after: Counted | None
) -> None:
    """Add the difference of an answer to the product's and the lot's counts, and score anew.

    Exact under any number of simultaneous answers: one UPDATE adds, and the score is computed
    from the counts just written. Changes scores.
    """
    old, new = _row_of(before), _row_of(after)
    step = {name: new[name] - old[name] for name in COLUMNS if new[name] != old[name]}
    fresh = before is None and after is not None
    for lot in {None, lot_id}:
        row_id = _score_row(product_id, lot)
        _carry(row_id)
        _apply(row_id, step, fresh)


def _score_row(product_id: int, lot_id: int | None) -> int:
    """The id of a counting row, made if it is missing."""
    find = select(Score.id).where(Score.product_id == product_id,
                                  Score.lot_id.is_not_distinct_from(lot_id))
    found = db.session.scalar(find)
    if found is not None:
        return found
    prior = prior_of(product_id)
    empty = posterior(prior, 0, 0)
    try:
        with db.session.begin_nested():
            row = Score(product_id=product_id, lot_id=lot_id, mu=prior.mu, m=prior.m,
                        mean=empty.mean, q10=empty.q10, decayed_on=clock.today())
            db.session.add(row)
        return row.id
    except IntegrityError:
        return db.session.execute(find).scalar_one()


def prior_of(product_id: int) -> Prior:
    """The belief for a new product: that of a sister in its main category, else the general one."""
    sister = db.session.execute(
        select(Score.mu, Score.m).join(Product, Product.id == Score.product_id)
        .where(Product.main_category_id == select(Product.main_category_id)
               .where(Product.id == product_id).scalar_subquery(), Score.lot_id.is_(None))
        .limit(1)).first()
    return Prior(sister.mu, sister.m) if sister else Prior(0.8, 10.0)


def _carry(row_id: int) -> None:
    """Carry the weighted counts forward to today, once a day; locks the row."""
    row = db.session.execute(
        select(Score.decayed_on).where(Score.id == row_id).with_for_update()).one()
    today = clock.today()
    if row.decayed_on == today:
        return
    factor = decay((today - row.decayed_on).days) if row.decayed_on else 1.0
    db.session.execute(update(Score).where(Score.id == row_id,
                                           Score.decayed_on.is_not_distinct_from(row.decayed_on))
                       .values(kw=Score.kw * factor, nw=Score.nw * factor, decayed_on=today)
                       .execution_options(synchronize_session=False))


def _apply(row_id: int, step: dict[str, int], fresh: bool) -> None:
    now = clock.now()
    values: dict[str, object] = {name: getattr(Score, name) + by for name, by in step.items()}
    values["kw"] = Score.kw + step.get("k", 0)
    values["nw"] = Score.nw + step.get("n", 0)
    if fresh:
        values["last_at"] = now
    db.session.execute(update(Score).where(Score.id == row_id).values(**values)
                       .execution_options(synchronize_session=False))
    row = db.session.execute(
        select(Score.kw, Score.nw, Score.mu, Score.m, Score.first_at).where(Score.id == row_id)
    ).one()
    believed = posterior(Prior(row.mu, row.m), max(row.kw, 0.0), max(row.nw, row.kw, 0.0))
    db.session.execute(update(Score).where(Score.id == row_id).values(
        mean=believed.mean, q10=believed.q10, first_at=row.first_at or now)
        .execution_options(synchronize_session=False))


@dataclass(slots=True)
class _Sum:
    counts: dict[str, int]
    kw: float = 0.0
    nw: float = 0.0
    first_at: datetime | None = None
    last_at: datetime | None = None


def rebuild_scores() -> int:
    """Count everything anew from `ratings`; the number of rows. Changes scores.

    A person's newest lot alone counts for the product; each lot counts its own.
    """
    sums = _sums()
    buyers = buyer_counts([product for product, _lot in sums])
    mains = dict(db.session.execute(select(Product.id, Product.main_category_id)).all())
    priors = _priors(sums, mains)
    db.session.execute(delete(Score))
    for product_id in mains:
        sums.setdefault((product_id, None), _Sum(dict.fromkeys(COLUMNS, 0)))
    for (product_id, lot_id), total in sums.items():
        prior = priors.get(mains[product_id], Prior(0.8, 10.0))
        believed = posterior(prior, total.kw, max(total.nw, total.kw))
        db.session.add(Score(
            product_id=product_id, lot_id=lot_id, **total.counts, kw=total.kw, nw=total.nw,
            buyers=buyers.get(product_id, 0) if lot_id is None else 0, mu=prior.mu, m=prior.m,
            mean=believed.mean, q10=believed.q10, decayed_on=clock.today(),
            first_at=total.first_at, last_at=total.last_at))
    db.session.flush()
    return len(sums)


def _sums() -> dict[tuple[int, int | None], _Sum]:
    sums: dict[tuple[int, int | None], _Sum] = {}
    newest: dict[tuple[int, object], bool] = {}
    today = clock.today()
    for row in db.session.scalars(
        select(Rating).where(Rating.standing == "counts")
        .order_by(Rating.given_at.desc(), Rating.id.desc())
    ):
        author = (row.product_id, row.person_id or row.guest_key or f"r{row.id}")
        keys: set[tuple[int, int | None]] = {(row.product_id, row.lot_id)} if row.lot_id else set()
        if author not in newest:
            newest[author] = True
            keys.add((row.product_id, None))
        weight = decay((today - row.given_at.date()).days)
        for key in keys:
            _count_in(sums.setdefault(key, _Sum(dict.fromkeys(COLUMNS, 0))), row, weight)
    return sums


def _count_in(total: _Sum, row: Rating, weight: float) -> None:
    for name, by in _row_of(Counted(row.again, row.stars, row.value, row.delight)).items():
        total.counts[name] += by
    total.nw += weight
    total.kw += weight * row.again
    total.first_at = min(total.first_at or row.given_at, row.given_at)
    total.last_at = max(total.last_at or row.given_at, row.given_at)


def _priors(sums: dict[tuple[int, int | None], _Sum], mains: dict[int, int]) -> dict[int, Prior]:
    """The belief of each main category."""
    whole = [(product, total.counts) for (product, lot), total in sums.items() if lot is None]
    mu_all = overall_mean(sum(c["k"] for _p, c in whole), sum(c["n"] for _p, c in whole))
    m = prior_weight((c["k"], c["n"]) for _p, c in whole)
    grouped: dict[int, list[dict[str, int]]] = {}
    for product, counts in whole:
        grouped.setdefault(mains[product], []).append(counts)
    return {main: _prior(rows, mu_all, m) for main, rows in grouped.items()}


def _prior(rows: Iterable[dict[str, int]], mu_all: float, m: float) -> Prior:
    counted = list(rows)
    return category_prior(sum(c["k"] for c in counted), sum(c["n"] for c in counted), mu_all, m)
