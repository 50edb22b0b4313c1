"""Figures about producers: written by jobs, one row for each period."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import kinds
from marketplace.producers.actions import keep_fact
from marketplace.producers.models import ProducerFact
from marketplace.producers.queries import Fact, facts_of
from marketplace.reviews.actions import withdraw_answer
from marketplace.reviews.models import Rating
from tests.cast import Cast
from tests.reviews.hands import HAT, WINE, answered, given, many


def nightly() -> None:
    """Run the job of the night."""
    db.session.rollback()
    kinds()["reviews.nightly"].run()
    db.session.rollback()


def test_night_hands_the_verdict_over(cast: Cast) -> None:
    """reviews 5: verdict_k is yes of answers with its Wilson ends, verdict_n answers of buyers.

    5 of 5 -> .5655 to 1 (vector); bert's house has 0 of 1; a house without answers has no fact.
    """
    many(cast, 5, 0)
    many(cast, 0, 1, HAT)
    nightly()
    wine, hat = cast.goods(WINE).producer_id, cast.goods(HAT).producer_id
    found = facts_of([wine, hat])
    assert set(found) == {(house, fact) for house in (wine, hat)
                          for fact in ("verdict_k", "verdict_n")}
    said, asked = found[wine, "verdict_k"], found[wine, "verdict_n"]
    assert (said.k, said.n, round(said.low or 0, 4), said.high) == (5, 5, 0.5655, 1)
    assert (asked.k, asked.n) == (5, 5)
    assert (found[hat, "verdict_k"].k, found[hat, "verdict_k"].n) == (0, 1)
    assert said.from_on <= said.to_on == clock.in_zone(clock.now()).date()


def test_quiet_nights_add_no_row(cast: Cast) -> None:
    """A second night of the same answers replaces; an answer of another day adds a period."""
    old = answered(cast, "cleo")
    given(old, 30)
    nightly()
    nightly()
    assert len(db.session.scalars(db.select(ProducerFact)).all()) == 2
    answered(cast, "eva", False)
    nightly()
    assert len(db.session.scalars(db.select(ProducerFact)).all()) == 4
    newest = facts_of([cast.goods(WINE).producer_id])[cast.goods(WINE).producer_id, "verdict_k"]
    assert (newest.k, newest.n) == (1, 2)


def test_answer_taken_back_takes_its_period_along(cast: Cast) -> None:
    """The newest fact never speaks of an answer that was withdrawn."""
    given(answered(cast, "cleo"), 30)
    row = answered(cast, "eva", False)
    nightly()
    db.session.rollback()
    with committing():
        withdraw_answer(db.session.get_one(Rating, row.id))
    nightly()
    house = cast.goods(WINE).producer_id
    newest = facts_of([house])[house, "verdict_k"]
    assert (newest.k, newest.n, newest.to_on) == (1, 1, newest.from_on)


def test_facts_are_of_the_list_and_possible(app: Flask, cast: Cast) -> None:
    """producers-5: the table refuses a sales figure, and more of fewer."""
    house, day = cast.goods(WINE).producer_id, clock.today()
    for fact, k, n in (("sales", 1, 2), ("verdict_k", 3, 2)):
        with pytest.raises(IntegrityError), committing():
            keep_fact(Fact(house, fact, day, day, n, k))
    assert db.session.scalar(sa.text("SELECT count(*) FROM producer_facts")) == 0
