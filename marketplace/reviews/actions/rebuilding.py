"""The nightly truth: all counts anew from the answers, in batches, with every difference told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import delete, select, update

from marketplace.catalog.models import Lot, Product
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import announce
from marketplace.reviews.actions.differing import Difference, note_differences
from marketplace.reviews.actions.grouping import rebuild_group
from marketplace.reviews.events import LotDrift
from marketplace.reviews.models import Score, ScoreDay
from marketplace.reviews.queries.beliefs import Beliefs, beliefs
from marketplace.reviews.queries.recounts import asked_buyers, contributions, group_ids
from marketplace.reviews.rules.counting import COLUMNS, Key, Share
from marketplace.reviews.rules.formula import Formula
from marketplace.reviews.rules.score import Prior, drift, lot_prior, posteriors

BATCH = 1_000
KEPT_DAYS = 730


def product_batches(size: int = BATCH) -> list[tuple[int, int]]:
    """All products as ranges (first id, last id), each of so many rows. Loads: 1 statement."""
    ids = db.session.scalars(select(Product.id).order_by(Product.id)).all()
    return [(ids[i], ids[min(i + size, len(ids)) - 1]) for i in range(0, len(ids), size)]


def rebuild_scores() -> int:
    """Count everything anew in the open change; the number of differences.

    Changes scores, group_scores.

    A person's newest lot alone counts for the product; each lot counts its own.
    """
    believed, found = beliefs(), 0
    for first, last in product_batches():
        found += len(rebuild_range(first, last, believed))
    return found + sum(rebuild_group(group_id) for group_id in group_ids())


def rebuild_range(first: int, last: int, believed: Beliefs) -> list[Difference]:
    """Count the products of a range of ids anew, correct and log what differs.

    Changes scores, score_days, score_differences; announces LotDrift. Loads: 7, whatever the
    number of answers.
    """
    kept = _kept(first, last, lock=True)
    rows, lots = _true(first, last, believed, kept)
    differences = _all_differences(kept, rows)
    _tell_drift(kept, rows, lots, believed.formula)
    _write(kept, rows)
    _keep_days(first, last, rows)
    note_differences(differences)
    return differences


def differences_now() -> Iterator[Difference]:
    """Every kept count that is not what the answers say at this moment; changes nothing.

    Loads: 6 statements per 1,000 products, and 2 more.
    """
    believed = beliefs()
    for first, last in product_batches():
        kept = _kept(first, last, lock=False)
        yield from _all_differences(kept, _true(first, last, believed, kept)[0])


def _kept(first: int, last: int, lock: bool) -> dict[tuple[int, Key], Any]:
    table: Any = Score.__table__
    wanted = (select(table).where(table.c.product_id.between(first, last))
              .order_by(table.c.id))
    rows = db.session.execute(wanted.with_for_update() if lock else wanted)
    return {(row.product_id, row.lot_id): row for row in rows}


def _true(first: int, last: int, believed: Beliefs, kept: Mapping[tuple[int, Key], Any]
          ) -> tuple[dict[tuple[int, Key], dict[str, Any]], dict[int, list[int]]]:
    """All rows as they should be, and the lots by product."""
    mains = dict(db.session.execute(select(Product.id, Product.main_category_id)
                                    .where(Product.id.between(first, last))).all())
    sums = contributions(first, last, clock.today(), believed.formula.half_life_days)
    for key in [*((product, None) for product in mains), *kept]:
        sums.setdefault(key, Share.empty())
    lots = _lots(first, last)
    return _rows(sums, mains, lots, asked_buyers(first, last), believed), lots


def _all_differences(kept: Mapping[tuple[int, Key], Any],
                     rows: Mapping[tuple[int, Key], dict[str, Any]]) -> list[Difference]:
    return [one for key, row in rows.items() if key in kept
            for one in _differences(kept[key], row)]


def _lots(first: int, last: int) -> dict[int, list[int]]:
    """Lot ids by product, oldest first."""
    found: dict[int, list[int]] = {}
    for product_id, lot_id in db.session.execute(
        select(Lot.product_id, Lot.id).where(Lot.product_id.between(first, last))
        .order_by(Lot.product_id, Lot.sequence, Lot.id)
    ):
        found.setdefault(product_id, []).append(lot_id)
    return found


def _rows(
    sums: Mapping[tuple[int, Key], Share], mains: Mapping[int, int],
    lots: Mapping[int, Sequence[int]], buyers: Mapping[int, int], believed: Beliefs,
) -> dict[tuple[int, Key], dict[str, Any]]:
    """All rows as they should be, scored in one go."""
    import numpy as np

    priors = _priors(sums, mains, lots, believed)
    keys = [key for key in sums if key in priors]
    if not keys:
        return {}
    mean, q10 = posteriors(
        np.array([priors[key].mu for key in keys]), np.array([priors[key].m for key in keys]),
        np.array([sums[key].kw for key in keys]),
        np.array([max(sums[key].nw, sums[key].kw) for key in keys]))
    return {
        key: {**sums[key].counts, "kw": sums[key].kw, "nw": sums[key].nw,
              "buyers": max(buyers.get(key[0], 0), sums[key].counts["n"])
              if key[1] is None else 0, "mu": priors[key].mu,
              "m": priors[key].m, "mean": float(mean[at]), "q10": float(q10[at]),
              "decayed_on": clock.today(), "first_at": sums[key].first_at,
              "last_at": sums[key].last_at, "product_id": key[0], "lot_id": key[1],
              "drift": None}
        for at, key in enumerate(keys)}


def _priors(
    sums: Mapping[tuple[int, Key], Share], mains: Mapping[int, int],
    lots: Mapping[int, Sequence[int]], believed: Beliefs,
) -> dict[tuple[int, Key], Prior]:
    """The belief of each row: the main category's, a later lot's from the lot before."""
    found: dict[tuple[int, Key], Prior] = {}
    for product, main in mains.items():
        prior = own = believed.by_main.get(main, believed.whole)
        found[product, None] = own
        for lot in lots.get(product, ()):
            said = sums.get((product, lot))
            if said is None:
                continue
            found[product, lot] = prior
            mean = (prior.alpha + said.kw) / (prior.m + said.nw)
            prior = lot_prior(mean, believed.formula.lot_weight)
    return found


def _differences(kept: Any, true: Mapping[str, Any]) -> Iterable[Difference]:
    """Counts that were kept wrong; weighted sums are compared carried to today."""
    for name in (*COLUMNS, "buyers"):
        if getattr(kept, name) != true[name]:
            yield Difference(name, getattr(kept, name), true[name], kept.product_id, kept.lot_id)


def _tell_drift(
    kept: Mapping[tuple[int, Key], Any], rows: Mapping[tuple[int, Key], dict[str, Any]],
    lots: Mapping[int, Sequence[int]], formula: Formula,
) -> None:
    """Mark and announce lots that are provably other than the one before, once each."""
    for product, own in lots.items():
        known = [lot for lot in own if (product, lot) in rows]
        for before, now in pairwise(known):
            old, new = rows[product, before], rows[product, now]
            found = drift((old["k"], old["n"]), (new["k"], new["n"]), formula.drift_chance)
            new["drift"] = found.direction if found else None
            was = getattr(kept.get((product, now)), "drift", None)
            if found and found.direction != was:
                producer = db.session.scalar(
                    select(Product.producer_id).where(Product.id == product)) or 0
                announce(LotDrift(product, producer, now, found.direction))


def _write(kept: Mapping[tuple[int, Key], Any], rows: Mapping[tuple[int, Key], dict[str, Any]]
           ) -> None:
    table: Any = Score.__table__
    old = [{**row, "row_id": kept[key].id} for key, row in rows.items() if key in kept]
    new = [row for key, row in rows.items() if key not in kept]
    if old:
        names = [name for name in old[0] if name not in ("product_id", "lot_id", "row_id")]
        db.session.execute(
            update(table).where(table.c.id == db.bindparam("row_id"))
            .values({name: db.bindparam(name) for name in names}),
            [{name: row[name] for name in (*names, "row_id")} for row in old])
    if new:
        db.session.execute(db.insert(Score), new)


def _keep_days(first: int, last: int, rows: Mapping[tuple[int, Key], dict[str, Any]]) -> None:
    """Note the counts of today where they differ from the day noted last. Changes score_days."""
    today, known = clock.today(), _days(first, last)
    fresh = []
    for (product, lot), row in rows.items():
        figures = (row["k"], row["n"], row["buyers"])
        if lot is None and known.get(product, (0, 0, 0)) != figures:
            fresh.append({"product_id": product, "day": today, "k": figures[0], "n": figures[1],
                          "buyers": figures[2]})
    if fresh:
        db.session.execute(delete(ScoreDay).where(
            ScoreDay.day == today, ScoreDay.product_id.in_([row["product_id"] for row in fresh])))
        db.session.execute(db.insert(ScoreDay), fresh)


def _days(first: int, last: int) -> dict[int, tuple[int, int, int]]:
    newest = (select(ScoreDay.product_id, db.func.max(ScoreDay.day).label("day"))
              .where(ScoreDay.product_id.between(first, last))
              .group_by(ScoreDay.product_id).subquery())
    return {row.product_id: (row.k, row.n, row.buyers) for row in db.session.execute(
        select(ScoreDay.product_id, ScoreDay.k, ScoreDay.n, ScoreDay.buyers)
        .join(newest, (newest.c.product_id == ScoreDay.product_id)
              & (newest.c.day == ScoreDay.day)))}


def forget_days(today: date | None = None) -> None:
    """Drop days older than two years. Changes score_days."""
    limit = (today or clock.today()) - timedelta(days=KEPT_DAYS)
    db.session.execute(delete(ScoreDay).where(ScoreDay.day < limit))
