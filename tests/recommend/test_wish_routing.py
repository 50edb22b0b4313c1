"""Wishes go to producers that have what they name; whoever was asked wrongly says so."""

from __future__ import annotations

import pytest

from marketplace.catalog.models import Category, Product
from marketplace.dialogue.models import Thread
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.groups.models import Membership
from marketplace.people.models import Person
from marketplace.producers.models import MessageBlock, Producer, ProducerFact, Staff
from marketplace.recommend.models import AskRoute
from marketplace.recommend.rules.routing import best, score
from tests.cast import Cast
from tests.recommend.test_asks import RED, WINE, WISH, answered, asked, notices
from tests.recommend.test_views_recommend import count

HOUSE, OTHER = "weingut-kaltbach", "nordgarn"


def test_the_score_of_a_wish() -> None:
    """dialogue-17: the routing vector: white wine, vegan, asparagus; 6.8, 4.0, 3.0 and 2.8."""
    scores = {1: score(("category", "attribute"), .9), 2: score(("category",), .5),
              3: score(("attribute",), .4), 4: score(("category",), None)}
    assert {one: round(value, 6) for one, value in scores.items()} == {
        1: 6.8, 2: 4.0, 3: 2.8, 4: 4.0}
    assert best(scores, 3) == [1, 2, 4]
    assert best(scores, 3, taken=(1,)) == [2, 4]
    assert best({7: 3.0, 8: 2.999}, 3) == [7] and best(scores, 0) == []


def put(cast: Cast, who: str = "cleo", **other: str) -> str:
    """A wish that was put to whom it fits; its code."""
    code = asked(cast, who, **other)
    run_due()
    db.session.rollback()
    return code


def houses() -> list[tuple[str, int, str]]:
    """Producers asked, with the score in hundredths and the state."""
    found = [(row[0], row[1], row[2]) for row in db.session.execute(
        db.select(Producer.slug, AskRoute.score, AskRoute.state)
        .join(Producer, Producer.id == AskRoute.producer_id).order_by(AskRoute.id))]
    db.session.rollback()
    return found


def route(slug: str) -> str:
    """The number of a producer's route, as its address names it."""
    found = str(db.session.scalar(db.select(AskRoute.id).join(
        Producer, Producer.id == AskRoute.producer_id).where(Producer.slug == slug)))
    db.session.rollback()
    return found


def set_house(slug: str, **values: object) -> None:
    """A producer otherwise."""
    with committing():
        for name, value in values.items():
            setattr(db.session.scalars(db.select(Producer).where(Producer.slug == slug)).one(),
                    name, value)


def sell_white_wine(slug: str = OTHER) -> None:
    """A producer's goods stand with the white wines."""
    with committing():
        shelf = db.session.scalars(db.select(Category.id).where(
            Category.slug == "white-wine")).one()
        house = db.session.scalars(db.select(Producer.id).where(Producer.slug == slug)).one()
        db.session.execute(db.update(Product).where(Product.producer_id == house)
                           .values(category_id=shelf))


def test_producers_who_have_it_are_asked_with_the_reason(cast: Cast) -> None:
    """dialogue-17, search-7: ana sells white wine, bert does not; why stands on every page."""
    code = put(cast)
    assert houses() == [(HOUSE, 400, "asked")]
    ana = cast.browser("ana")
    assert "ask_put" in notices(cast, "ana") and "ask_put" not in notices(cast, "bert")
    assert "Jemand wünscht sich, was Weingut Kaltbach hat" in ana.get(
        "/account/notices").get_data(as_text=True)
    studio = ana.get("/studio/wishes").get_data(as_text=True)
    assert WISH in studio and "Ihr werdet gefragt wegen: Weißwein." in studio
    assert "Weingut Kaltbach wurde gefragt wegen: Weißwein." in ana.get(
        f"/asks/{code}").get_data(as_text=True)
    mine = cast.browser("cleo").get(f"/asks/{code}?lang=en").get_data(as_text=True)
    assert "Weingut Kaltbach</a> · White wine" in mine
    assert "Weingut Kaltbach</a> · White wine" not in ana.get(
        f"/asks/{code}?lang=en").get_data(as_text=True)
    assert WISH not in cast.browser("bert").get("/studio/wishes").get_data(as_text=True)


def test_the_share_of_answers_counts(cast: Cast) -> None:
    """9 of 10 answered: 3 + 2 x .9 = 4.8; half is assumed of whom nothing is known."""
    today = clock.today()
    with committing():
        house = db.session.scalars(db.select(Producer.id).where(Producer.slug == HOUSE)).one()
        db.session.add(ProducerFact(producer_id=house, fact="answered", to_on=today,
                                    from_on=today, k=9, n=10, computed_at=clock.now()))
    sell_white_wine()
    put(cast)
    assert houses() == [(HOUSE, 480, "asked"), (OTHER, 400, "asked")]


@pytest.mark.parametrize("why", ["off", "paused", "own", "blocked", "no messages", "group"])
def test_who_is_left_in_peace(cast: Cast, why: str) -> None:
    """Wishes switched off, no sales, one's own house, a block, messages not taken, a group's."""
    who, more = "cleo", {}
    if why == "off":
        set_house(HOUSE, takes_wishes=False)
    elif why == "paused":
        set_house(HOUSE, state="paused")
    elif why == "own":
        who = "ana"
    elif why == "blocked":
        cast.post(cast.browser("ana"), "/members/cleo/block")
    elif why == "no messages":
        with committing():
            house = db.session.scalars(db.select(Producer.id).where(Producer.slug == HOUSE)).one()
            db.session.add(MessageBlock(producer_id=house, person_id=cast.id("cleo"),
                                        reason="-", by_id=cast.id("ana"), at=clock.now()))
    else:
        who, more = "gina", {"audience": "group", "group": "weisswein-zu-gemuese"}
    put(cast, who, **more)
    assert houses() == []


def test_the_next_is_asked_where_it_does_not_fit(cast: Cast) -> None:
    """dialogue-17: ana says that it is wrong there, bert is asked; she can change her mind."""
    code = put(cast)
    sell_white_wine()
    ana = cast.browser("ana")
    assert cast.post(ana, f"/asks/{code}/fits/{route(HOUSE)}", fits="no").status_code == 303
    assert houses() == [(HOUSE, 400, "wrong"), (OTHER, 400, "asked")]
    assert WISH not in ana.get("/studio/wishes").get_data(as_text=True)
    assert WISH in cast.browser("bert").get("/studio/wishes").get_data(as_text=True)
    assert "sagt, dass es nicht passt" in cast.browser("cleo").get(
        f"/asks/{code}").get_data(as_text=True)
    cast.post(ana, f"/asks/{code}/fits/{route(HOUSE)}", fits="no")
    assert len(houses()) == 2
    cast.post(ana, f"/asks/{code}/fits/{route(HOUSE)}", fits="yes")
    assert houses()[0] == (HOUSE, 400, "asked") and WISH in ana.get(
        "/studio/wishes").get_data(as_text=True)


def test_with_nobody_left_it_stands_on_the_board_at_once(cast: Cast) -> None:
    """dialogue-17: the house and both groups say that it does not fit; two days are not awaited."""
    code = put(cast)
    cast.post(cast.browser("ana"), f"/asks/{code}/fits/{route(HOUSE)}", fits="no")
    assert count(Thread) == 0
    rows = db.session.execute(db.select(AskRoute.id, AskRoute.group_id).where(
        AskRoute.group_id.is_not(None)).order_by(AskRoute.id)).all()
    for number, group in rows:
        carer = db.session.scalars(db.select(Person.handle).join(
            Membership, Membership.person_id == Person.id).where(
            Membership.group_id == group, Membership.role == "founder")).one()
        db.session.rollback()
        assert cast.post(cast.browser(carer), f"/asks/{code}/fits/{number}",
                         fits="no").status_code == 303
    assert count(Thread) == 1
    assert WISH in cast.browser("bert").get("/asks?list=board").get_data(as_text=True)


def test_a_wish_nobody_fits_stands_on_the_board_at_once(cast: Cast) -> None:
    """dialogue-17: none found."""
    put(cast, wish="Etwas, das niemand hier kennt und hat.")
    assert count(AskRoute) == 0 and count(Thread) == 1


def test_an_answered_wish_does_not_go_to_the_board(cast: Cast) -> None:
    """The only house says no after somebody answered."""
    code = put(cast)
    with committing():
        db.session.execute(db.delete(AskRoute).where(AskRoute.group_id.is_not(None)))
    answered(cast, code)
    cast.post(cast.browser("ana"), f"/asks/{code}/fits/{route(HOUSE)}", fits="no")
    assert count(Thread) == 0


@pytest.mark.parametrize(("who", "number", "fits", "status"), [
    ("bert", "own", "no", 404), ("dan", "own", "no", 404), ("ana", "own", "maybe", 422),
    ("ana", "own", "", 422), ("ana", "999999", "no", 404), ("ana", "x", "no", 404),
    ("ana", "9" * 40, "no", 404)])
def test_strangers_and_nonsense_change_nothing(
    cast: Cast, who: str, number: str, fits: str, status: int
) -> None:
    """Only who answers for a house says it, and only yes or no."""
    code = put(cast)
    number = route(HOUSE) if number == "own" else number
    said = cast.post(cast.browser(who), f"/asks/{code}/fits/{number}", fits=fits)
    assert said.status_code == status and houses() == [(HOUSE, 400, "asked")]


def test_packers_do_not_answer_for_the_house(cast: Cast) -> None:
    """The role shipping neither reads nor turns away wishes."""
    with committing():
        house = db.session.scalars(db.select(Producer.id).where(Producer.slug == HOUSE)).one()
        db.session.add(Staff(producer_id=house, person_id=cast.id("eva"), role="shipping",
                             shown_name="Eva", since=clock.today()))
    code, eva = put(cast), cast.browser("eva")
    assert eva.get("/studio/wishes").status_code == 403
    assert cast.post(eva, f"/asks/{code}/fits/{route(HOUSE)}", fits="no").status_code == 404
    assert "ask_put" not in notices(cast, "eva")


def test_a_house_chooses_whether_wishes_come(cast: Cast) -> None:
    """The switch stands with the other choices and keeps what else is there."""
    ana = cast.browser("ana")
    page = ana.get("/studio/choices?lang=en").get_data(as_text=True)
    assert "Put wishes to us that name what we have" in page
    assert cast.post(ana, "/studio/choices", voices_mail="none").status_code == 303
    put(cast)
    assert houses() == []
    assert "/studio/choices?producer=" in ana.get("/studio/wishes").get_data(as_text=True)


def test_a_house_answers_with_its_own_goods(cast: Cast) -> None:
    """What fits best is offered first; the answer says whose it is, and is offered no more."""
    code, ana = put(cast), cast.browser("ana")
    page = ana.get(f"/asks/{code}?lang=en").get_data(as_text=True)
    assert "Something of yours that fits?" in page
    assert f"/asks/{code}/answer?product={WINE}" in page
    assert f"/asks/{code}/answer?product={RED}" not in page
    assert f"product={WINE}" in ana.get(f"/asks/{code}/answer").get_data(as_text=True)
    answered(cast, code, "ana")
    assert f"/answer?product={WINE}" not in ana.get(f"/asks/{code}").get_data(as_text=True)
    seen = cast.browser("dan").get(f"/asks/{code}?lang=en").get_data(as_text=True)
    assert "Salzig und trocken" in seen and "works for the producer" in seen
