"""Answers to asks: two taps, the rules of recommendations, what helped."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.people.models import Person
from marketplace.recommend.models import Ask, Recommendation, Signal
from tests.cast import Cast
from tests.recommend.test_asks import HAT, RED, WINE, WISH, answered, asked, notices
from tests.recommend.test_views_recommend import count
from tests.stories.test_circle import order_by, send


def test_two_taps_answer_an_ask(cast: Cast) -> None:
    """recommend-12: tap what one would buy again, tap to send; only the asker reads it."""
    eva = cast.browser("eva")
    send(cast, "ana", f"{order_by(cast, eva, WINE)}-1")
    with committing():
        db.session.add(Signal(person_id=cast.id("eva"), product_id=cast.goods(WINE).product_id,
                              value=1.0, again=True, source="rating", at=clock.now(), stamp=1))
    code = asked(cast)
    page = eva.get(f"/asks/{code}").get_data(as_text=True)
    tap = f"/asks/{code}/answer?product={WINE}"
    assert f'href="{tap}"' in page
    form = eva.get(tap).get_data(as_text=True)
    assert f'name="product" value="{WINE}"' in form
    answered(cast, code, reason="")
    row = db.session.scalar(db.select(Recommendation))
    assert row is not None
    assert (row.audience, row.person_id, row.reason, row.bought) == (
        "person", cast.id("cleo"), "", True)
    assert row.ask_id == db.session.scalar(db.select(Ask.id))
    mine = cast.browser("cleo").get(f"/asks/{code}?lang=en").get_data(as_text=True)
    assert "Slate Riesling" in mine and "only you read this" in mine
    assert "purchase checked" in mine
    others = cast.browser("dan").get(f"/asks/{code}?lang=en").get_data(as_text=True)
    assert "Slate Riesling" not in others and "1 more answer is for the asker alone" in others
    assert notices(cast, "cleo") == ["ask_answered"]


def test_an_answer_with_words_is_a_recommendation_everybody_reads(
    cast: Cast, client: FlaskClient
) -> None:
    """recommend-12, recommend-8: labelled, on the ask and on the product's page."""
    code = asked(cast)
    answer = answered(cast, code, who="ana")
    page = client.get(f"/asks/{code}?lang=en").get_data(as_text=True)
    assert "works for the producer" in page and "without an own purchase" in page
    assert "Spargel gemacht" in client.get(
        f"/products/{WINE}/recommendations").get_data(as_text=True)
    assert client.get(f"/suggestions/r-{answer}").status_code == 200
    assert count(Signal) == 0


def test_goods_are_found_without_having_any(cast: Cast) -> None:
    """A search on the page, without script."""
    code = asked(cast)
    page = cast.browser("eva").get(f"/asks/{code}/answer?q=Riesling").get_data(as_text=True)
    assert f"/asks/{code}/answer?product={WINE}" in page


@pytest.mark.parametrize(("product", "reason"), [
    ("", "Salzig und trocken."), ("nichts-davon", "Salzig und trocken."), (WINE, "zu kurz"),
    (WINE, "x" * 601)])
def test_answers_are_refused_with_their_words_kept(cast: Cast, product: str, reason: str) -> None:
    """422, nothing written, the words still there."""
    code = asked(cast)
    said = cast.post(cast.browser("eva"), f"/asks/{code}/answer", product=product, reason=reason)
    assert said.status_code == 422 and count(Recommendation) == 0
    assert not product or product == "nichts-davon" or reason in said.get_data(as_text=True)


def test_nobody_answers_their_own_wish(cast: Cast) -> None:
    """403 on the form and on sending."""
    code, cleo = asked(cast), cast.browser("cleo")
    assert cleo.get(f"/asks/{code}/answer").status_code == 403
    assert cast.post(cleo, f"/asks/{code}/answer", product=WINE).status_code == 403
    assert count(Recommendation) == 0


def test_doubled_answers_are_one_and_three_are_enough(cast: Cast) -> None:
    """The same product again is refused; so is the fourth of one person."""
    code, eva = asked(cast), cast.browser("eva")
    answered(cast, code)
    again = cast.post(eva, f"/asks/{code}/answer", product=WINE, reason="Noch einmal derselbe.")
    assert again.status_code == 409 and "Noch einmal derselbe." in again.get_data(as_text=True)
    for slug in (RED, HAT):
        answered(cast, code, product=slug)
    fourth = cast.post(eva, f"/asks/{code}/answer", product="fischerpullover",
                       reason="Und noch etwas Warmes.")
    assert fourth.status_code == 409 and count(Recommendation) == 3


def test_the_same_product_may_answer_two_asks(cast: Cast) -> None:
    """One public recommendation for each ask, with its own words."""
    first, second = asked(cast), asked(cast, "dan", wish="Was trinkt ihr zu Forelle?")
    answered(cast, first)
    answered(cast, second, reason="Auch zu Forelle, gut gekühlt.")
    assert count(Recommendation) == 2


def test_first_level_needs_words(cast: Cast) -> None:
    """recommend-7: to one person only from level 1 on; to everybody at any level."""
    code = asked(cast)
    with committing():
        db.session.execute(db.update(Person).where(Person.handle == "eva").values(trust_level=0))
    said = cast.post(cast.browser("eva"), f"/asks/{code}/answer", product=WINE, reason="")
    assert said.status_code == 403 and count(Recommendation) == 0
    answered(cast, code)


def test_closed_and_past_asks_take_no_answer(cast: Cast) -> None:
    """409 with the words kept; opened again it takes them."""
    code, cleo, eva = asked(cast), cast.browser("cleo"), cast.browser("eva")
    words = {"product": WINE, "reason": "Salzig und trocken, für Spargel."}
    assert cast.post(cleo, f"/asks/{code}/state", state="closed").status_code == 303
    assert eva.get(f"/asks/{code}/answer?product={WINE}").status_code == 409
    late = cast.post(eva, f"/asks/{code}/answer", **words)
    assert late.status_code == 409 and words["reason"] in late.get_data(as_text=True)
    cast.post(cleo, f"/asks/{code}/state", state="open")
    with committing():
        db.session.execute(db.update(Ask).values(until=clock.today() - timedelta(days=1)))
    assert cast.post(eva, f"/asks/{code}/answer", **words).status_code == 409
    assert count(Recommendation) == 0
    cast.post(cleo, f"/asks/{code}/state", state="closed")
    cast.post(cleo, f"/asks/{code}/state", state="open")
    answered(cast, code)


def test_a_block_hides_the_ask_both_ways(cast: Cast, client: FlaskClient) -> None:
    """recommend-7: as if it were not there, in list, page and answer; others see it."""
    code, eva = asked(cast), cast.browser("eva")
    cast.post(cast.browser("cleo"), "/members/eva/block")
    assert eva.get(f"/asks/{code}").status_code == 404
    assert WISH not in eva.get("/asks").get_data(as_text=True)
    said = cast.post(eva, f"/asks/{code}/answer", product=WINE, reason="Salzig und trocken.")
    assert said.status_code == 404 and count(Recommendation) == 0
    assert "block" not in said.get_data(as_text=True).lower().replace("blockquote", "")
    assert client.get(f"/asks/{code}").status_code == 200


def test_the_asker_marks_what_helped(cast: Cast, client: FlaskClient) -> None:
    """recommend-12, recommend-15: all see the mark; the author hears only if they chose to."""
    code, cleo = asked(cast), cast.browser("cleo")
    answer = answered(cast, code)
    mark = f"/asks/{code}/helped/{answer}"
    assert cast.post(cast.browser("dan"), mark, helped="yes").status_code == 404
    assert cast.post(cleo, f"/asks/{code}/helped/nothing", helped="yes").status_code == 404
    for _time in range(2):
        assert cast.post(cleo, mark, helped="yes").status_code == 303
    assert "This helped" in client.get(f"/asks/{code}?lang=en").get_data(as_text=True)
    assert notices(cast, "eva") == []
    cast.post(cleo, mark, helped="no")
    assert "This helped" not in client.get(f"/asks/{code}?lang=en").get_data(as_text=True)
    cast.post(cast.browser("eva"), "/account/notices/settings", **{"helped-app": "1"})
    cast.post(cleo, mark, helped="yes")
    assert notices(cast, "eva") == ["answer_helped"]
    settled = client.get("/asks?list=settled").get_data(as_text=True)
    assert WISH not in settled
    cast.post(cleo, f"/asks/{code}/state", state="closed")
    assert WISH in client.get("/asks?list=settled").get_data(as_text=True)


def test_minors_get_no_alcohol_as_an_answer(cast: Cast) -> None:
    """recommend-17: the sentence does not say whose age it is; a hat is taken."""
    code = asked(cast)
    with committing():
        db.session.execute(db.update(Person).where(Person.handle == "cleo")
                           .values(age_class="16"))
    said = cast.post(cast.browser("eva"), f"/asks/{code}/answer", product=WINE,
                     reason="Salzig und trocken.")
    page = said.get_data(as_text=True)
    assert said.status_code == 422 and count(Recommendation) == 0
    said_there = page.split("form-faults")[1][:400]
    assert "not taken as an answer" in said_there
    assert "year" not in said_there and "age" not in said_there.replace("page", "")
    answered(cast, code, product=HAT, reason="Für kalte Abende am Deich.")
