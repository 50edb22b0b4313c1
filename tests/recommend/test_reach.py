"""Personal recommendations: whom they reach, how many, and what stands beside them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import DBAPIError

from marketplace.foundation.database import committing, db
from marketplace.people.models import Person
from marketplace.recommend.actions import choose_accepts
from marketplace.recommend.models import Recommendation, RecommendationVersion, Signal
from marketplace.recommend.rules.reach import accepted, moves_suggestions
from tests.cast import Cast
from tests.recommend.test_views_recommend import WINE, WORDS, count, follows, given
from tests.stories.test_circle import order_by, send

TO_EVA = {**WORDS, "audience": "person", "person": "eva"}
REFUSED = "Diese Person nimmt von dir keine persönlichen Empfehlungen an."
GOODS = ("riesling-vom-schiefer", "spaetburgunder-dorfkern", "literwein-fuer-alle-tage",
         "fischerpullover", "muetze-deichwind")


@pytest.mark.parametrize(("accepts", "she", "he", "blocked", "taken"), [
    ("members", False, False, False, True), ("members", False, False, True, False),
    ("followed", True, False, False, True), ("followed", False, True, False, False),
    ("followed", True, False, True, False), ("mutuals", True, True, False, True),
    ("mutuals", True, False, False, False), ("mutuals", False, True, False, False),
    ("nobody", True, True, False, False)])
def test_setting_and_ties_decide(
    accepts: str, she: bool, he: bool, blocked: bool, taken: bool
) -> None:
    """recommend-7: all members, people she follows, mutuals, nobody; a block is as nobody."""
    assert accepted(accepts, she, he, blocked) is taken


@pytest.mark.parametrize(("bought", "relation", "benefit", "moves"), [
    (True, None, None, True), (False, None, None, False), (True, "family", None, False),
    (True, None, "ein Glas", False)])
def test_only_unpaid_buyers_move_suggestions(
    bought: bool, relation: str | None, benefit: str | None, moves: bool
) -> None:
    """recommend-8."""
    assert moves_suggestions(bought, relation, benefit) is moves


def refused(cast: Cast, client: FlaskClient) -> str:
    """The page that says no, with what was typed; nothing is written."""
    before = count(Recommendation), count(Signal)
    said = cast.post(client, f"{WINE}/recommend", **TO_EVA)
    assert said.status_code == 422
    assert (count(Recommendation), count(Signal)) == before
    page = str(said.get_data(as_text=True))
    assert TO_EVA["reason"] in page
    return page


def test_a_block_answers_as_nobody_does(cast: Cast) -> None:
    """recommend-7: three refusals that read the same: not followed, nobody, blocked."""
    cleo = cast.browser("cleo")
    assert REFUSED in refused(cast, cleo)
    follows(cast, "eva", "cleo")
    with committing():
        choose_accepts(cast.id("eva"), "nobody")
    assert REFUSED in refused(cast, cleo)
    with committing():
        choose_accepts(cast.id("eva"), "members")
    cast.post(cast.browser("eva"), "/members/cleo/block")
    page = refused(cast, cleo)
    assert REFUSED in page and "blockier" not in page.lower()


def test_author_needs_the_first_level(cast: Cast) -> None:
    """recommend-7: with level 0 it is 403, to everybody it is not."""
    follows(cast, "eva", "cleo")
    with committing():
        db.session.execute(db.update(Person).where(Person.handle == "cleo").values(trust_level=0))
    cleo = cast.browser("cleo")
    assert cast.post(cleo, f"{WINE}/recommend", **TO_EVA).status_code == 403
    assert count(Recommendation) == 0
    given(cast, cleo)


def test_a_thing_to_a_person_once_for_ever(cast: Cast) -> None:
    """recommend-7: also after it was taken back."""
    follows(cast, "eva", "cleo")
    cleo = cast.browser("cleo")
    code = given(cast, cleo, **TO_EVA).removeprefix("/suggestions/r-")
    cast.post(cleo, f"/recommendations/{code}/withdraw")
    assert cast.post(cleo, f"{WINE}/recommend", **TO_EVA).status_code == 409
    assert count(Recommendation) == 1


def test_at_most_five_a_day_to_people(cast: Cast) -> None:
    """recommend-7: five things to eva, the sixth to gina waits until the day is over."""
    for handle in ("eva", "gina"):
        follows(cast, handle, "cleo")
    cleo = cast.browser("cleo")
    for slug in GOODS:
        given(cast, cleo, f"/products/{slug}", **TO_EVA)
    assert cast.post(cleo, f"{WINE}/recommend", **{**TO_EVA, "person": "gina"}).status_code == 429
    with committing():
        for row in db.session.scalars(db.select(Recommendation)):
            row.made_at -= timedelta(days=1, minutes=1)
    given(cast, cleo, **{**TO_EVA, "person": "gina"})


def test_no_form_takes_an_address(cast: Cast) -> None:
    """recommend-7: a handle is asked for; an e-mail in its place is nobody."""
    said = cast.post(cast.browser("cleo"), f"{WINE}/recommend",
                     **{**TO_EVA, "person": "eva@example.org"})
    assert said.status_code == 422 and count(Recommendation) == 0


def test_relation_and_benefit_are_labelled_and_no_evidence(cast: Cast, client: FlaskClient) -> None:
    """recommend-8: declared tie and benefit stand beside the words; no signal, though bought."""
    cleo = cast.browser("cleo")
    send(cast, "ana", f"{order_by(cast, cleo, 'riesling-vom-schiefer')}-1")
    proof = given(cast, cleo, relation="family", benefit="zwei Flaschen")
    page = client.get(f"{proof}?lang=en").get_data(as_text=True)
    assert "belongs to the producer&#39;s family or friends" in page
    assert "got for it: zwei Flaschen" in page and "purchase checked" in page
    assert count(Signal) == 0


def test_known_relation_is_labelled_without_being_declared(cast: Cast, client: FlaskClient) -> None:
    """recommend-8: ana runs the house."""
    proof = given(cast, cast.browser("ana"))
    assert "works for the producer" in client.get(f"{proof}?lang=en").get_data(as_text=True)
    row = db.session.scalar(db.select(Recommendation))
    assert row is not None and row.relation == "employee" and count(Signal) == 0


def test_buyers_word_is_evidence_until_taken_back(cast: Cast, client: FlaskClient) -> None:
    """recommend-8: with an own purchase a signal of .8; without one a label and no signal."""
    cleo, eva = cast.browser("cleo"), cast.browser("eva")
    send(cast, "ana", f"{order_by(cast, cleo, 'riesling-vom-schiefer')}-1")
    code = given(cast, cleo).removeprefix("/suggestions/r-")
    proof = given(cast, eva)
    assert "without an own purchase" in client.get(f"{proof}?lang=en").get_data(as_text=True)
    rows = db.session.execute(db.select(Signal.person_id, Signal.value)).all()
    assert [tuple(row) for row in rows] == [(cast.id("cleo"), 0.8)]
    db.session.rollback()
    cast.post(cleo, f"/recommendations/{code}/withdraw")
    assert count(Signal) == 0


def test_change_keeps_what_was_said_before(cast: Cast) -> None:
    """Two versions; the former row cannot be changed; others get 404."""
    cleo = cast.browser("cleo")
    code = given(cast, cleo).removeprefix("/suggestions/r-")
    path, words = f"/recommendations/{code}/change", "Besser zu Ziegenkäse als zu Fisch."
    assert cast.post(cast.browser("eva"), path, reason=words).status_code == 404
    assert cast.post(cleo, path, reason="kurz").status_code == 422
    for _time in range(2):
        assert cast.post(cleo, path, reason=words).status_code == 303
    row = db.session.scalar(db.select(Recommendation))
    assert row is not None and (row.reason, row.version) == (words, 2)
    assert count(RecommendationVersion) == 1
    assert WORDS["reason"] in cleo.get(path).get_data(as_text=True)
    db.session.rollback()
    with pytest.raises(DBAPIError), committing():
        db.session.execute(db.update(RecommendationVersion).values(reason="nie gesagt"))
