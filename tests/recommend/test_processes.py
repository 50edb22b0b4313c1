"""A change committed by one process counts in the next look of every other."""

from __future__ import annotations

import pytest
from flask import current_app

from marketplace.catalog.models import Product
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.people.models import Follow
from marketplace.recommend.actions.signals import keep_signal, ties_changed
from marketplace.recommend.queries.taste import kept
from tests.cast import Cast


def test_what_one_process_commits_counts_in_the_next_look_of_another(cast: Cast) -> None:
    """recommend-4: the arrays of the other process are those from before the rating."""
    person = cast.id("cleo")
    former, product = db.session.scalars(db.select(Product.id).order_by(Product.id).limit(2))
    with committing():
        keep_signal(person, former, 1.0, True, "save")
    elsewhere = kept()
    current_app.extensions.pop("taste")
    with committing():
        keep_signal(person, product, 0.8, True, "save")
    here = kept()
    current_app.extensions["taste"] = elsewhere
    there = kept()
    assert there is elsewhere and there is not here
    for one in (here, there):
        signals = one.model.signals.reading()
        products, values = signals.row(signals.people.places[person])
        found = dict(zip(products.tolist(), values.tolist(), strict=True))
        assert found[signals.products.places[product]] == pytest.approx(0.8)


def test_follow_committed_elsewhere_counts_in_the_next_look(cast: Cast) -> None:
    """recommend-5."""
    one, other = cast.id("cleo"), cast.id("max")
    before = kept()
    assert other not in before.model.follows.followed(one)
    with committing():
        db.session.add(Follow(follower_id=one, followed_id=other, at=clock.now()))
        ties_changed()
    assert other in kept().model.follows.followed(one)
