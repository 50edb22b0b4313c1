"""Nobody changes or deletes what another said, and nothing that happens to goods hides it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from marketplace.catalog.models import Product, ProductText
from marketplace.dialogue.models import Case
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.notify.actions import choose
from marketplace.notify.models import Notice
from marketplace.reviews.actions import vote_helpful
from marketplace.reviews.models import Rating, RatingVersion
from tests.cast import Cast
from tests.reviews.hands import WINE, answered, bought, counts, lot, say

SAID = "SELECT id, again, stars, words, title, standing, version FROM ratings"


def test_no_route_of_any_role_rewrites_an_answer(app: Flask, cast: Cast) -> None:
    """reviews-5: every POST of the whole site, sent by operator, moderator and the producer's
    staff with words and answers, leaves all of another's rating as it was.
    """
    from tests.web.places import everything

    places = everything(app, cast)
    before = db.session.execute(sa.text(SAID)).all()
    versions = db.session.scalar(db.select(db.func.count()).select_from(RatingVersion))
    db.session.rollback()
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())
             and rule.endpoint not in ("people.sign_out", "people.end_others", "people.end_login",
                                       "moderation.decide")]
    assert len(rules) > 60
    for who in ("olga", "max", "ana"):
        browser = cast.browser(who)
        for rule in rules:
            cast.post(browser, places.address(app, rule), again="yes", words="Bestens, wirklich!",
                      stars="5", step="undo", vote="up", delete="1", title="x")
            db.session.rollback()
            assert db.session.execute(sa.text(SAID)).all() == before, (who, rule.endpoint)
            db.session.rollback()
    assert db.session.scalar(db.select(db.func.count()).select_from(RatingVersion)) == versions


def test_critical_answer_outlives_everything(cast: Cast) -> None:
    """reviews-6: after the producer signs in, stops the goods, renames, moves and brings a new
    vintage, the one-star no is visible and counted.
    """
    row = answered(cast, "cleo", False, stars=1, words="Ein Stern, leider korkig und müde.")
    ana = cast.browser("ana")
    ana.get("/studio")
    with committing():
        product = db.session.get_one(Product, row.product_id)
        db.session.execute(db.update(ProductText).where(ProductText.product_id == product.id)
                           .values(title="Ganz neuer Name"))
        product.category_id = db.session.scalar(
            sa.text("SELECT id FROM categories WHERE slug = 'red-wine'")) or 0
    lot(cast, "2027", 9)
    for state in ("published", "paused", "withdrawn"):
        with committing():
            db.session.get_one(Product, row.product_id).state = state
        text = cast.app.test_client().get(f"/products/{WINE}").get_data(as_text=True)
        assert "leider korkig" in text, state
        assert counts(row.product_id) == (0, 1)


@pytest.mark.parametrize(("again", "delight", "cases"), [
    (False, None, 1), (False, "delighted", 1), (True, "disappointed", 1), (True, None, 0),
    (True, "delighted", 0)])
def test_no_and_disappointment_open_a_case(cast: Cast, again: bool, delight: str | None,
                                           cases: int) -> None:
    """reviews-31: one case, however often it is said; a yes opens none."""
    line = bought(cast, "cleo")
    say(cast, "cleo", line, again, delight=delight)
    run_due()
    say(cast, "cleo", line, again, delight=delight, words="Noch ein paar Worte dazu.")
    run_due()
    found = db.session.scalars(db.select(Case)).all()
    assert [case.source for case in found] == ["rating"] * cases


def test_event_names_what_was_said_before_and_only_once(cast: Cast) -> None:
    """Spec 6: one event each with before and after; a job that runs twice tells once."""
    from marketplace.foundation import events
    from marketplace.reviews.actions import tell_rating
    from marketplace.reviews.events import RatingGiven

    heard: list[tuple[bool | None, bool]] = []
    table = dict(events.reactions())
    events.wire({**table, RatingGiven: (lambda e: heard.append((e.before, e.again)),)})
    try:
        line = bought(cast, "cleo")
        for again in (True, False, False, True):
            row = say(cast, "cleo", line, again)
            for _twice in range(2):
                db.session.rollback()
                with committing():
                    tell_rating(row.id)
    finally:
        events.wire(table)
    assert heard == [(None, True), (True, False), (False, True)]


def test_helped_people_are_told_to_who_wants_to_hear(cast: Cast) -> None:
    """reviews-25: 1, 7, 25, 100; off until chosen; the answer's yes or no plays no part."""
    rows = {who: answered(cast, who, again, words=f"Worte von {who}, lang genug.")
            for who, again in (("cleo", False), ("eva", True), ("dan", False))}
    with committing():
        for who in ("cleo", "eva"):
            choose(cast.id(who), "helped", "app", True)
    for row in rows.values():
        for voter in ("ana", "bert"):
            db.session.rollback()
            with committing():
                vote_helpful(row.code, cast.id(voter), True)
    found = db.session.execute(db.select(Notice.person_id, Notice.args).where(
        Notice.title == "helped")).all()
    assert {person: args["people"] for person, args in found} == {
        cast.id("cleo"): 1, cast.id("eva"): 1}


def test_own_answers_are_one_list_whatever_they_say(cast: Cast) -> None:
    """reviews-25: counts of contributions never depend on yes or no."""
    from marketplace.reviews.queries import ratings_of_person

    answered(cast, "cleo", False, words="Ein Nein mit Worten.")
    answered(cast, "cleo", True, "muetze-deichwind", words="Ein Ja mit Worten.")
    assert len(ratings_of_person(cast.id("cleo"), "de")) == 2
    assert {row.standing for row in db.session.scalars(db.select(Rating))} == {"counts"}
