"""Everybody is asked once, the happy and the unhappy alike; by mail only who agreed."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from marketplace.catalog.models import Product
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.events import announce
from marketplace.foundation.jobs import run_due
from marketplace.notify.actions import choose
from marketplace.notify.models import Letter, Notice
from marketplace.orders.events import LineDelivered
from marketplace.people.actions import give_consent, withdraw_consent
from marketplace.reviews.actions import ask_due
from marketplace.reviews.models import Invitation, Rating
from tests.cast import Cast
from tests.reviews.hands import HAT, WINE, Line, answered, bought, counts, many, say, score


def deliver(cast: Cast, who: str | None, line: Line) -> None:
    """The event by which orders tell that a line is in hands; told twice, as a job may."""
    db.session.rollback()
    for _twice in range(2):
        with committing():
            announce(LineDelivered(line.id, 0, cast.id(who) if who else None, line.product_id,
                                   None))


def ask(days: float) -> int:
    """Ask whoever is due in so many days."""
    with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
        db.session.rollback()
        with committing():
            return ask_due()


def test_happy_and_unhappy_buyers_are_asked_alike(cast: Cast) -> None:
    """reviews-7: the same lines whatever was answered before; one invitation for each line."""
    answered(cast, "cleo", True, HAT, stars=5, delight="delighted")
    answered(cast, "eva", False, HAT, stars=1, delight="disappointed")
    lines = {who: bought(cast, who, arrived=0.001) for who in ("cleo", "eva", "dan", None)}
    for who, line in lines.items():
        deliver(cast, who, line)
    rows = db.session.scalars(db.select(Invitation).where(
        Invitation.product_id == cast.goods(WINE).product_id).order_by(Invitation.id)).all()
    assert [row.order_line_id for row in rows] == [line.id for line in lines.values()]
    due = {round((row.due_at - clock.now()).total_seconds() / 86_400) for row in rows}
    assert due == {30}
    assert ask(29.9) == 0
    assert ask(30.1) == 4
    assert ask(60) == 0


def test_wait_is_that_of_the_product_else_of_the_shelf(cast: Cast) -> None:
    """Spec 3: product, else category (wine 30, fashion 7), else 14."""
    from marketplace.catalog.queries import shelves

    hat = bought(cast, "cleo", HAT, arrived=0.001)
    deliver(cast, "cleo", hat)
    with committing():
        db.session.execute(db.update(Product).where(Product.slug == WINE)
                           .values(opinion_after_days=3))
    deliver(cast, "cleo", bought(cast, "cleo", arrived=0.001))
    days = [round((row.due_at - clock.now()).total_seconds() / 86_400)
            for row in db.session.scalars(db.select(Invitation).order_by(Invitation.id))]
    assert days == [7, 3]
    assert {shelf.opinion_after_days for shelf in shelves().values()} >= {30, 7}


def test_invited_and_spontaneous_answers_are_counted_apart(cast: Cast) -> None:
    """reviews-7: invited_k/n and spont_k/n stand apart and add up."""
    asked = bought(cast, "cleo", arrived=40)
    deliver(cast, "cleo", asked)
    assert ask(0) == 1
    say(cast, "cleo", asked, True)
    answered(cast, "eva", False)
    row = score(asked.product_id)
    assert (row.invited_k, row.invited_n, row.spont_k, row.spont_n) == (1, 1, 0, 1)
    assert db.session.scalars(db.select(Rating.origin).order_by(Rating.id)).all() == [
        "invited", "spontaneous"]


def test_buyers_grow_when_they_are_asked_not_at_delivery(cast: Cast) -> None:
    """Spec 3: fresh parcels do not lower the answer rate; a buyer counts once per product."""
    product = cast.goods(WINE).product_id
    for _n in range(2):
        deliver(cast, "cleo", bought(cast, "cleo", arrived=0.001))
    assert score(product).buyers == 0
    assert ask(31) == 2
    assert score(product).buyers == 1
    many(cast, 2, 0)
    assert (score(product).buyers, counts(product)) == (3, (2, 2))


def test_no_letter_without_consent_and_one_with_it(cast: Cast) -> None:
    """reviews-8: page and notice ask all; a letter leaves only with a stored consent that still
    stands when it is sent, once, and not against a choice.
    """
    with committing():
        for who in ("cleo", "eva", "gina"):
            give_consent(cast.id(who), "review_invite", "2026-11", "checkout")
        choose(cast.id("gina"), "review_invite", "mail", False)
    lines = {who: bought(cast, who, arrived=40) for who in ("cleo", "eva", "dan", "gina")}
    for who, line in lines.items():
        deliver(cast, who, line)
    assert ask(0) == 4
    ask(40)
    assert len(db.session.scalars(db.select(Notice).where(Notice.title == "invited")).all()) == 4
    db.session.rollback()
    with committing():
        withdraw_consent(cast.id("eva"), "review_invite")
    with time_machine.travel(clock.now() + timedelta(days=41), tick=False):
        run_due()
    letters = dict(db.session.execute(db.select(Letter.person_id, Letter.state).where(
        Letter.class_ == "review_invite")).all())
    assert letters == {cast.id("cleo"): "sent", cast.id("eva"): "skipped"}
    rows = {row.person_id: row for row in db.session.scalars(db.select(Invitation))}
    assert rows[cast.id("cleo")].ways == "page,app,mail" and rows[cast.id("cleo")].consent_id
    assert rows[cast.id("dan")].ways == "page,app" and rows[cast.id("dan")].consent_id is None
    for who, line in lines.items():
        assert line.url in cast.browser(who).get(f"/orders/{line.number}").get_data(as_text=True)


def test_answered_before_due_is_not_asked(cast: Cast) -> None:
    """Who answered or said no thanks already hears nothing."""
    lines = [bought(cast, who, arrived=0.01) for who in ("cleo", "eva")]
    for who, line in zip(("cleo", "eva"), lines, strict=True):
        deliver(cast, who, line)
    say(cast, "cleo", lines[0])
    cast.post(cast.browser("eva"), lines[1].url, again="none")
    assert ask(31) == 0
    assert db.session.scalars(db.select(Notice).where(Notice.title == "invited")).all() == []
