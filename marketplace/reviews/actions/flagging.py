"""Signs that an answer was not given freely: raised, decided by people, released by time."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import announce
from marketplace.reviews.actions.scoring import count_change
from marketplace.reviews.events import RatingFlagged, StandingChanged
from marketplace.reviews.models import Rating, RatingFlag, RatingVersion, TextPrint
from marketplace.reviews.queries import signs
from marketplace.reviews.queries.asking import answers_of, counted
from marketplace.reviews.queries.formulas import formula_in_force
from marketplace.reviews.rules import flags as rules

LOOK_BACK = timedelta(days=45)
CHECK = "check"


def check_rating(rating_id: int) -> None:
    """Look at one answer for every sign that can be seen at once. Changes rating_flags, prints.

    Never looks at whether it says yes or no, except against the author's own answers.
    """
    row = db.session.get(Rating, rating_id, populate_existing=True)
    if row is None or (row.standing == "aside" and row.aside_reason == "withdrawn"):
        return
    _check_burst(row)
    _check_words(row)
    order = signs.bought(row.id)
    if order is not None:
        _check_order(row, order)
    others = signs.same_network(row) if row.network else []
    if others:
        for one in (row.id, *others):
            raise_flag(one, "same_network", {"answers": len(others) + 1})
    alike, earlier = signs.own_history(row)
    if rules.is_outlier(alike, earlier):
        raise_flag(row.id, "own_history", {"alike": alike, "earlier": earlier})


def _check_burst(row: Rating) -> None:
    day = clock.in_zone(row.given_at).date()
    begin = datetime.combine(day, time(), ZoneInfo("Europe/Berlin"))
    of_day, before = signs.answers_of_day(row, begin)
    limit = rules.burst_from(before)
    if len(of_day) >= limit:
        for one in signs.without_flag(of_day, "burst"):
            raise_flag(one, "burst", {"day": day.isoformat(), "answers": len(of_day),
                                      "from": limit})


def _check_words(row: Rating) -> None:
    """Keep the prints of the newest words, and look for copies of others."""
    if not rules.long_enough(row.words):
        return
    version = db.session.scalar(select(RatingVersion.id).where(
        RatingVersion.rating_id == row.id, RatingVersion.n == row.version))
    prints = rules.text_print(row.words)
    if version is not None:
        dialect = db.session.get_bind().dialect.name
        db.session.execute(
            (sqlite if dialect == "sqlite" else postgresql).insert(TextPrint)
            .on_conflict_do_nothing(),
            [{"rating_version_id": version, "hash64": one} for one in prints])
    limit = formula_in_force().duplicate_from
    for other, words in signs.alike_words(row, prints):
        if rules.is_duplicate(row.words, words, limit):
            raise_flag(row.id, "duplicate", {"of": other})
            return


def _check_order(row: Rating, order: signs.Bought) -> None:
    ship = order.ship_to
    places = signs.addresses_of_producer(row.producer_id)
    if any(rules.same_place(str(ship.get("street", "")), str(ship.get("postcode", "")), *place)
           for place in places):
        raise_flag(row.id, "address_match", {})
    if order.dispatched_at and order.dispatched_at > row.given_at:
        raise_flag(row.id, "pre_delivery", {})
    fresh = timedelta(hours=rules.FRESH_HOURS)
    age = order.placed_at - order.confirmed_at if order.confirmed_at else fresh
    if timedelta(0) <= age < fresh:
        raise_flag(row.id, "fresh_account", {})


def raise_flag(rating_id: int, kind: str, evidence: dict[str, Any]) -> None:
    """Put a sign at an answer, once for each kind; from 100 points it waits for a person.

    Changes rating_flags, and ratings and scores where the answer is set aside.
    """
    now, formula = clock.now(), formula_in_force()
    dialect = db.session.get_bind().dialect.name
    made = db.session.execute(
        (sqlite if dialect == "sqlite" else postgresql).insert(RatingFlag).values(
            rating_id=rating_id, kind=kind, points=rules.POINTS[kind], evidence=evidence,
            state="open", raised_at=now, due_at=now + timedelta(days=formula.aside_days))
        .on_conflict_do_nothing(index_elements=["rating_id", "kind"]))
    if not made.rowcount:  # type: ignore[attr-defined]
        return
    kinds = [flag.kind for flag in signs.flags_of([rating_id]).get(rating_id, ())
             if flag.state != "cleared"]
    row = db.session.get(Rating, rating_id, populate_existing=True)
    if row is None or row.standing != "counts" or not rules.is_aside(
            kinds, formula.aside_from_points):
        return
    set_standing(rating_id, "aside", CHECK, now + timedelta(days=formula.aside_days))
    announce(RatingFlagged(rating_id, row.person_id, rules.flag_sum(kinds), ", ".join(kinds)))


def set_standing(
    rating_id: int, standing: str, reason: str | None, until: datetime | None = None
) -> None:
    """Let an answer count or set it aside; words and versions stay as they are.

    Changes ratings, scores, group_scores; announces StandingChanged.
    """
    row = db.session.get(Rating, rating_id, populate_existing=True)
    if row is None:
        return
    mine = answers_of(row.product_id, row.person_id, row.guest_key, lock=True) or [row]
    before = [counted(one) for one in mine]
    row.standing, row.aside_reason, row.aside_until = standing, reason, until
    row.counted_at = clock.now() if standing == "counts" else None
    db.session.flush()
    count_change(row.product_id, row.person_id, before, [counted(one) for one in mine])
    announce(StandingChanged(row.id, row.person_id, row.product_id, standing, reason or "counts"))


def release_checks() -> int:
    """Let answers count again about which nobody decided in time; how many."""
    due = db.session.scalars(
        select(Rating.id).where(Rating.aside_until <= clock.now(), Rating.standing == "aside",
                                Rating.aside_reason == CHECK).order_by(Rating.id).limit(500)).all()
    for rating_id in due:
        _close_flags(rating_id, "cleared")
        _count_again(rating_id)
    return len(due)


def decide_flags(rating_id: int, sham: bool) -> None:
    """A person looked at the signs: a sham stays aside for good, else the answer counts again.

    Changes rating_flags, ratings, scores.
    """
    row = db.session.get(Rating, rating_id, populate_existing=True)
    if row is None:
        return
    _close_flags(rating_id, "confirmed" if sham else "cleared")
    if sham and row.aside_reason != "sham_review":
        set_standing(rating_id, "aside", "sham_review")
    elif not sham and row.standing == "aside" and row.aside_reason in (CHECK, "sham_review"):
        _count_again(rating_id)


def _count_again(rating_id: int) -> None:
    """Back into the count, unless its author has to do with the producer."""
    row = db.session.get_one(Rating, rating_id)
    if row.relation:
        set_standing(rating_id, "aside", row.relation)
    else:
        set_standing(rating_id, "counts", None)


def _close_flags(rating_id: int, state: str) -> None:
    db.session.execute(
        update(RatingFlag).where(RatingFlag.rating_id == rating_id, RatingFlag.state == "open")
        .values(state=state).execution_options(synchronize_session=False))


def check_all() -> None:
    """Signs that only time or many answers together show. Changes rating_flags."""
    since = clock.now() - LOOK_BACK
    for rating_id in signs.sent_later(since):
        raise_flag(rating_id, "pre_delivery", {})
    for rating_id in signs.given_back(since):
        raise_flag(rating_id, "refund_after_yes", {})
    _check_rings()
    _check_co_review()
    forget_networks()


def _check_rings() -> None:
    rows = signs.praise_of_staff()
    for ring in rules.rings([(giver, taker) for _id, giver, taker in rows]):
        for rating_id, giver, taker in rows:
            if giver in ring and taker in ring:
                raise_flag(rating_id, "ring", {"producers": sorted(ring)})


def _check_co_review() -> None:
    rows = signs.recent_answers(clock.now() - timedelta(days=2 * rules.CO_REVIEW_DAYS))
    found = rules.co_reviewers([(person, product, at) for _id, person, product, at in rows])
    raters: dict[int, set[int]] = defaultdict(set)
    for _id, person, product, _at in rows:
        if person in found:
            raters[product].add(person)
    for rating_id, person, product, _at in rows:
        if person in found and len(raters[product]) >= rules.CO_REVIEW_SHARED:
            raise_flag(rating_id, "co_review", {"accounts": len(raters[product])})


def forget_networks() -> None:
    """Networks are kept for 30 days. Changes ratings."""
    limit = clock.now() - timedelta(days=rules.NETWORK_DAYS)
    db.session.execute(
        update(Rating).where(Rating.given_at < limit, Rating.network.is_not(None))
        .values(network=None).execution_options(synchronize_session=False))
