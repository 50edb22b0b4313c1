"""An answer taken back is no evidence of taste any more; what else was said takes over."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.recommend.models import Signal
from marketplace.recommend.queries.taste import kept
from marketplace.reviews.models import ImportedRating
from tests.cast import Cast
from tests.recommend.test_views_recommend import count, given
from tests.reviews.hands import WINE, Line, bought, lot


def signal(cast: Cast) -> tuple[float, bool, str] | None:
    """Cleo's signal for the wine: value, yes or no, where it comes from."""
    row = db.session.execute(db.select(Signal.value, Signal.again, Signal.source).where(
        Signal.person_id == cast.id("cleo"),
        Signal.product_id == cast.goods(WINE).product_id)).first()
    db.session.rollback()
    return tuple(row) if row else None


def says(cast: Cast, cleo: FlaskClient, line: Line, **words: str) -> None:
    """Cleo answers, or takes it back."""
    assert cast.post(cleo, line.url, **words).status_code == 303


def in_the_arrays(cast: Cast) -> list[float]:
    """What the running lists know of cleo's taste for the wine."""
    signals = kept().model.signals.reading()
    place = signals.people.places.get(cast.id("cleo"))
    wine = signals.products.places.get(cast.goods(WINE).product_id)
    if place is None or wine is None:
        return []
    products, values = signals.row(place)
    return values[products == wine].tolist()


def test_a_withdrawn_answer_is_no_taste(cast: Cast) -> None:
    """reviews-6, recommend-4: gone in the same transaction, also from the arrays of the process."""
    line, cleo = bought(cast, "cleo"), cast.browser("cleo")
    says(cast, cleo, line, again="yes")
    assert signal(cast) == (1.0, True, "rating") and in_the_arrays(cast) == [1.0]
    says(cast, cleo, line, step="undo")
    assert signal(cast) is None and in_the_arrays(cast) == []


def test_the_same_answer_again_is_taste_again(cast: Cast) -> None:
    """Yes, taken back, yes: the second yes counts as the first did."""
    line, cleo = bought(cast, "cleo"), cast.browser("cleo")
    for step in ({"again": "yes"}, {"step": "undo"}, {"again": "yes"}):
        says(cast, cleo, line, **step)
    assert signal(cast) == (1.0, True, "rating") and in_the_arrays(cast) == [1.0]


def test_a_withdrawn_no_lets_the_thing_come_back(cast: Cast) -> None:
    """recommend-14: what was refused stays out only as long as it is refused."""
    from marketplace.recommend.queries.offer import left_out

    line, cleo = bought(cast, "cleo"), cast.browser("cleo")
    says(cast, cleo, line, again="no")
    wine = line.product_id
    assert wine in left_out(cast.id("cleo")).out
    says(cast, cleo, line, step="undo")
    assert wine in left_out(cast.id("cleo")).again


def test_another_lot_still_speaks(cast: Cast) -> None:
    """reviews 3: an answer per lot; the newest of those that stand is the taste."""
    ids = [lot(cast, "2023", 1), lot(cast, "2024", 2)]
    cleo = cast.browser("cleo")
    old, new = (bought(cast, "cleo", lot_id=one) for one in ids)
    says(cast, cleo, old, again="no")
    says(cast, cleo, new, again="yes")
    says(cast, cleo, new, step="undo")
    assert signal(cast) == (0.6, False, "rating")
    says(cast, cleo, old, step="undo")
    assert signal(cast) == (0.8, True, "order_again")


def test_a_recommendation_after_a_purchase_still_speaks(cast: Cast) -> None:
    """recommend 3: recommended without an answer is .8."""
    line, cleo = bought(cast, "cleo"), cast.browser("cleo")
    given(cast, cleo)
    says(cast, cleo, line, again="yes")
    says(cast, cleo, line, step="undo")
    assert signal(cast) == (0.8, True, "recommendation")


@pytest.mark.parametrize(("value", "left"), [(0.9, (1.0, True)), (0.4, (0.6, False))])
def test_what_was_brought_along_still_speaks(
    cast: Cast, value: float, left: tuple[float, bool]
) -> None:
    """recommend 3: imported from .7 on counts 1, else .6."""
    line, cleo = bought(cast, "cleo"), cast.browser("cleo")
    with committing():
        db.session.add(ImportedRating(
            source="elsewhere", source_ref="1", product_id=line.product_id, source_person="x",
            person_id=cast.id("cleo"), value=value, scale="0..1", words="", at=clock.now()))
    says(cast, cleo, line, again="yes")
    says(cast, cleo, line, step="undo")
    assert signal(cast) == (*left, "imported")


def test_a_guests_withdrawn_answer_moves_nobody(cast: Cast) -> None:
    """A guest has no taste here; nothing breaks."""
    from marketplace.reviews.actions import Answer, rate, withdraw_answer

    line = bought(cast, None)
    with committing():
        row = rate(line.id, Answer(True), None, line.guest_key)
        withdraw_answer(row)
    assert count(Signal) == 0
