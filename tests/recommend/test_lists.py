"""Default lists: newcomers in their places, every reason true from the raw tables, trust by
subject."""

from __future__ import annotations

import re
from datetime import timedelta
from random import Random

import pytest
from flask import Flask
from flask_babel import force_locale

from marketplace.catalog.models import Product
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.people.actions import follow, give_consent, trust, untrust
from marketplace.people.models import Consent, Follow, Person, Subject, Trust
from marketplace.people.queries import lines
from marketplace.recommend.actions import NewRecommendation, keep_signal, recommend
from marketplace.recommend.models import Recommendation, Signal
from marketplace.recommend.queries import suggestions
from marketplace.recommend.queries.arrays import kept
from marketplace.recommend.queries.suggested import Suggestion
from marketplace.reviews.models import Score
from tests.cast import Cast
from tests.databases import Database
from tests.recommend.test_taste_page import HAT, RED, WINE, said, shown
from tests.stories.test_circle import order_by, send

GOODS, PEOPLE, ANSWERS = 60, 80, 18


@pytest.fixture
def crowd(app: Flask, cast: Cast, database: Database) -> Cast:
    """60 goods of two houses, 80 members of two tastes with 18 answers each, follows, words."""
    if "crowd" in database.kept:
        database.fresh(app, "crowd")
    else:
        _gather(cast)
        database.keep(app, "crowd")
    return cast


def _gather(cast: Cast) -> None:
    chance = Random(7)
    with committing():
        goods = _goods(cast)
        people = _people()
        for number, person in enumerate(people):
            half = goods[:30] if number % 2 else goods[30:]
            for product in chance.sample(half, ANSWERS):
                again = chance.random() < 0.8
                keep_signal(person, product, 1.0 if again else 0.6, again, "imported")
            if number % 4 != 3:
                give_consent(person, "taste_matching", "1", "test")
            for other in chance.sample(people, 2):
                if other != person:
                    follow(person, other)
        for person in people[:20]:
            recommend(person, NewRecommendation(
                "product", chance.choice(goods), "all", "Good for long evenings at home.", "en"))


def _goods(cast: Cast) -> list[int]:
    wine = db.session.get_one(Product, cast.goods(WINE).product_id)
    hat = db.session.get_one(Product, cast.goods(HAT).product_id)
    rows = [{c.name: getattr(like, c.name) for c in Product.__table__.columns if c.name != "id"}
            | {"slug": f"goods-{n}", "code": f"GOODS{n}",
               "published_at": clock.now() - timedelta(days=200)}
            for n in range(GOODS) for like in ((wine, hat)[n % 2],)]
    made = [Product(**row) for row in rows]
    db.session.add_all(made)
    db.session.flush()
    db.session.add_all(Score(product_id=row.id, k=8 + n % 9, n=20, q10=0.4 + n / 200, mu=0.6,
                             m=10.0) for n, row in enumerate(made))
    db.session.flush()
    return [row.id for row in made]


def _people() -> list[int]:
    rows = [Person(handle=f"member-{n}", handle_folded=f"member-{n}", picture_seed=n,
                   joined_on=clock.today(), age_class="18", trust_level=1)
            for n in range(PEOPLE)]
    db.session.add_all(rows)
    db.session.flush()
    return [row.id for row in rows]


def test_500_reasons_are_true(crowd: Cast) -> None:
    """recommend-3, recommend-13: each of 500 suggestions has one reason, proved from the tables."""
    people = db.session.scalars(db.select(Person.id).where(Person.handle.like("member-%"))).all()
    proved, kinds = 0, set()
    for me in people:
        with force_locale("en"):
            listed = suggestions(me, "en", 12)
        assert len(listed) <= 12
        for one in listed:
            assert one.reason is not None and one.reason.url.startswith("/")
            kinds.add(_prove(one, me))
            proved += 1
    with force_locale("en"):
        kinds |= {_prove(one, crowd.id("dan"))
                  for one in suggestions(crowd.id("dan"), "en", 12, choice="verdict")}
    assert proved >= 500
    assert {"named", "counted", "person", "verdict", "new"} <= kinds


def _prove(one: Suggestion, me: int) -> str:
    """Recompute a reason from raw rows; the kind of proof."""
    assert one.reason is not None
    words, url, kind = one.reason.words, one.reason.url, one.reason.kind
    if url.startswith("/suggestions/r-"):
        row = db.session.scalar(db.select(Recommendation).where(
            Recommendation.code == url.removeprefix("/suggestions/r-")))
        assert row is not None and row.thing_id == one.product_id and row.state == "visible"
        assert lines({row.author_id}, me)[row.author_id].name in words
        return "person"
    if kind == "verdict":
        score = db.session.scalar(db.select(Score).where(Score.product_id == one.product_id))
        assert score is not None and score.n >= 5
        return "verdict"
    if kind == "new":
        young = db.session.get_one(Product, one.product_id).published_at
        assert young is not None and clock.now() - young < timedelta(days=90)
        return "new"
    likers = set(db.session.scalars(db.select(Signal.person_id).where(
        Signal.product_id == one.product_id, Signal.value >= 0.7)))
    return _prove_people(words, me, likers)


def _prove_people(words: str, me: int, likers: set[int]) -> str:
    """Names: they like it, and both consented or I follow them; numbers: recounted."""
    agreed = re.search(r"^(member-\d+).* you two agreed on (\d+) of (\d+)", words)
    tied = re.search(r"^(member-\d+), whom you follow", words)
    counted = re.search(r"^(\d+) members? of like taste", words)
    assert agreed or tied or counted, words
    if counted:
        assert 1 <= int(counted[1]) <= len(likers - {me})
        return "counted"
    name = (agreed or tied)[1]  # type: ignore[index]
    who = db.session.scalar(db.select(Person.id).where(Person.handle == name))
    assert who in likers
    if tied:
        assert db.session.get(Follow, (me, who)) or _trusts(me, who)
        return "tied"
    assert agreed is not None and {me, who} <= set(db.session.scalars(db.select(Consent.person_id)))
    mine, theirs = (dict(db.session.execute(db.select(Signal.product_id, Signal.value >= 0.7).where(
        Signal.person_id == one)).all()) for one in (me, who))
    common = set(mine) & set(theirs)
    assert (int(agreed[2]), int(agreed[3])) == (
        sum(bool(mine[i]) == bool(theirs[i]) for i in common), len(common))
    return "named"


def _trusts(me: int, who: int | None) -> bool:
    return db.session.scalar(db.select(Trust.subject_id).where(
        Trust.truster_id == me, Trust.trusted_id == who)) is not None


@pytest.mark.parametrize(("choice", "places"), [
    ("taste", [4, 11]), ("verdict", [4]), ("plain", [4])])
def test_newcomers_take_places_4_and_11(crowd: Cast, choice: str, places: list[int]) -> None:
    """insights-7: the young goods of the cast, labelled; three of each of two houses make six."""
    me = crowd.id("member-0")
    young = {crowd.goods(slug).product_id for slug in (
        WINE, RED, HAT, "fischerpullover", "literwein-fuer-alle-tage")}
    listed = suggestions(me, "en", 12, choice=choice)
    assert [place for place, one in enumerate(listed, 1) if one.fresh] == places
    assert {listed[place - 1].product_id for place in places} <= young
    again = suggestions(me, "en", 3, 3, choice)
    assert [one.product_id for one in again] == [one.product_id for one in listed[3:6]]


def test_just_three_gives_three(crowd: Cast) -> None:
    """recommend-13: at most twelve, and three where three are asked for."""
    client = crowd.browser("member-0")
    assert len(shown(client, "/for-you")) <= 12
    assert len(shown(client, "/for-you?just=three")) == 3


def test_trust_counts_in_its_subject_only(cast: Cast) -> None:
    """recommend-5: cleo, trusted on wine, likes hat and red: red leads; on fashion the hat; gone
    at once when taken back."""
    send(cast, "ana", f"{order_by(cast, cast.browser('cleo'), WINE)}-1")
    said(cast, "cleo", HAT, RED)
    eva, cleo = cast.id("eva"), cast.id("cleo")
    subjects = dict(db.session.execute(db.select(Subject.slug, Subject.id)).all())
    hat, red = (cast.goods(slug).product_id for slug in (HAT, RED))
    db.session.rollback()
    for subject, first in (("wine", red), ("fashion", hat)):
        with committing():
            trust(eva, cleo, subjects[subject])
        shares = {one.product_id: one.reckoned.trust_share for one in suggestions(eva, "en", 12)
                  if one.reckoned is not None}
        assert max(shares, key=lambda i: shares[i]) == first
        assert [i for i, share in shares.items() if share > 0] == [first]
        db.session.rollback()
        with committing():
            untrust(eva, cleo, subjects[subject])
        assert not kept().model.follows.voters(eva)
        assert not any(one.reckoned and one.reckoned.trust_share > 0
                       for one in suggestions(eva, "en", 12))
        db.session.rollback()
