"""Recommending, thanking, taking back, and the proof of it, through the pages."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from marketplace.foundation.database import committing, db
from marketplace.recommend.actions import keep_signal
from marketplace.recommend.models import Feedback, Recommendation, Thanks
from tests.cast import Cast
from tests.stories.test_circle import order_by, send

WINE = "/products/riesling-vom-schiefer"
WORDS: dict[str, Any] = {"audience": "all", "reason": "Trocken und salzig, gut zu Fisch.",
                         "step": "send"}


def given(cast: Cast, client: FlaskClient, where: str = WINE, **other: Any) -> str:
    """A recommendation that was made; the address of its proof."""
    made = cast.post(client, f"{where}/recommend", **{**WORDS, **other})
    assert made.status_code == 303, made.get_data(as_text=True)
    code = db.session.scalar(
        db.select(Recommendation.code).order_by(Recommendation.id.desc()).limit(1))
    return f"/suggestions/r-{code}"


def follows(cast: Cast, one: str, other: str) -> None:
    """One follows another, and so takes recommendations of theirs."""
    assert cast.post(cast.browser(one), f"/members/{other}/follow").status_code == 303


def count(model: type) -> int:
    """How many rows a table has."""
    return db.session.scalar(db.select(db.func.count()).select_from(model)) or 0


@pytest.mark.parametrize("other", [
    {"audience": ""}, {"reason": "kurz"}, {"reason": "x" * 601},
    {"audience": "person", "person": "niemand"}, {"audience": "person", "person": "cleo"},
    {"audience": "group"}, {"audience": "group", "group": "stiller-keller"}])
def test_form_refuses_and_keeps_what_was_typed(cast: Cast, other: dict[str, str]) -> None:
    """422 with a sentence; nothing is recommended."""
    said = cast.post(cast.browser("cleo"), f"{WINE}/recommend", **{**WORDS, **other})
    assert said.status_code == 422
    assert {**WORDS, **other}["reason"] in said.get_data(as_text=True)
    assert count(Recommendation) == 0


def test_preview_shows_how_it_will_stand_and_writes_nothing(cast: Cast) -> None:
    """An address in the reason is hidden already in the preview."""
    words = "Schreib mir an cleo@example.org, wenn du fragst."
    shown = cast.post(cast.browser("cleo"), f"{WINE}/recommend", audience="all", reason=words,
                      step="preview").get_data(as_text=True)
    assert "[E-Mail verborgen]" in shown
    assert count(Recommendation) == 0


def test_same_recommendation_twice_is_refused(cast: Cast) -> None:
    """One row per thing and audience."""
    cleo = cast.browser("cleo")
    given(cast, cleo)
    assert cast.post(cleo, f"{WINE}/recommend", **WORDS).status_code == 409
    assert count(Recommendation) == 1


@pytest.mark.parametrize(("other", "readers"), [
    ({}, {"": 200, "cleo": 200, "eva": 200, "gina": 200}),
    ({"audience": "members"}, {"": 404, "cleo": 200, "eva": 200, "gina": 200}),
    ({"audience": "person", "person": "@eva"}, {"": 404, "cleo": 200, "eva": 200, "gina": 404}),
])
def test_recommendation_shows_to_whom_it_was_meant_for(
    cast: Cast, client: FlaskClient, other: dict[str, str], readers: dict[str, int]
) -> None:
    """All, members, one person; 404 for the rest."""
    follows(cast, "eva", "cleo")
    proof = given(cast, cast.browser("cleo"), **other)
    for name, status in readers.items():
        reader = cast.browser(name) if name else client
        assert reader.get(proof).status_code == status, name


def test_recommendation_to_a_group_stays_inside(cast: Cast) -> None:
    """Members of the secret group read it; the list of the product shows it to nobody else."""
    gina, eva = cast.browser("gina"), cast.browser("eva")
    proof = given(cast, gina, audience="group", group="geheime-runde",
                  reason="Für unsere Runde im Herbst.")
    assert gina.get(proof).status_code == 200
    assert eva.get(proof).status_code == 404
    assert "Herbst" in gina.get(f"{WINE}/recommendations").get_data(as_text=True)
    assert "Herbst" not in eva.get(f"{WINE}/recommendations").get_data(as_text=True)


def test_producer_and_bundle_have_the_same_form(cast: Cast) -> None:
    """The address names the kind of thing; an unknown one is 404."""
    cleo = cast.browser("cleo")
    assert "Weingut Kaltbach" in cleo.get(
        "/producers/weingut-kaltbach/recommend").get_data(as_text=True)
    given(cast, cleo, "/producers/weingut-kaltbach")
    for path in ("/products/nichts", "/bundles/nichts", "/producers/nichts"):
        assert cleo.get(f"{path}/recommend").status_code == 404


def test_addressee_thanks_once_and_the_author_sees_it(cast: Cast) -> None:
    """A stranger cannot thank; twice is once."""
    cleo, eva = cast.browser("cleo"), cast.browser("eva")
    follows(cast, "eva", "cleo")
    code = given(cast, cleo, audience="person", person="eva").removeprefix("/suggestions/r-")
    thanks = f"/recommendations/{code}/thanks"
    assert cast.post(cast.browser("dan"), thanks).status_code == 404
    assert cast.post(cleo, thanks).status_code == 404
    for _time in range(2):
        assert cast.post(eva, thanks).status_code == 303
    assert count(Thanks) == 1
    assert "1 Dank" in cleo.get("/account/recommendations").get_data(as_text=True)
    assert "Cleo" in eva.get("/account/recommendations").get_data(as_text=True)


def test_author_takes_it_back_and_it_stands_nowhere(cast: Cast, client: FlaskClient) -> None:
    """Only the author; afterwards the proof is 404 for others."""
    cleo = cast.browser("cleo")
    proof = given(cast, cleo)
    withdraw = f"/recommendations/{proof.removeprefix('/suggestions/r-')}/withdraw"
    assert cast.post(cast.browser("eva"), withdraw).status_code == 404
    assert client.get(proof).status_code == 200
    assert cast.post(cleo, withdraw).status_code == 303
    assert client.get(proof).status_code == 404
    assert "salzig" not in client.get(f"{WINE}/recommendations").get_data(as_text=True)


def test_feedback_is_kept_and_taken_back(cast: Cast) -> None:
    """Not for me: one row, none after the second time; anything else is refused."""
    cleo = cast.browser("cleo")
    assert cast.post(cleo, f"{WINE}/feedback", kind="anders").status_code == 422
    for rows in (1, 0):
        assert cast.post(cleo, f"{WINE}/feedback", kind="not_for_me").status_code == 303
        assert count(Feedback) == rows


def test_explanation_is_for_the_person_it_was_made_for(cast: Cast, client: FlaskClient) -> None:
    """A visitor signs in first; an unknown product is 404; a known one says how it is reckoned."""
    product = cast.goods(WINE.removeprefix("/products/")).product_id
    cleo = cast.browser("cleo")
    assert "/sign-in" in client.get(f"/suggestions/p-{product}").location
    assert "Riesling" in cleo.get(f"/suggestions/p-{product}").get_data(as_text=True)
    for ref in ("p-999999", "p-", "p-²", "r-nichts", "x-1", "p"):
        assert cleo.get(f"/suggestions/{ref}").status_code == 404, ref


@pytest.mark.parametrize(("cleos_answer", "said"), [
    (1.0, "Cleo would buy it again; you two agreed on 1 of 1"), (0.6, "")])
def test_nobody_is_named_with_whom_one_agreed_on_nothing(
    cast: Cast, cleos_answer: float, said: str
) -> None:
    """recommend, reasons: both had the Riesling; only who said the same of it is of like taste."""
    cleo, eva = cast.browser("cleo"), cast.browser("eva")
    send(cast, "bert", f"{order_by(cast, cleo, 'muetze-deichwind')}-1")
    for client in (cleo, eva):
        cast.post(client, "/account/network/matching", agree="yes")
    wine, hat = cast.goods("riesling-vom-schiefer"), cast.goods("muetze-deichwind")
    with committing():
        keep_signal(cast.id("eva"), wine.product_id, 1.0, True, "rating")
        keep_signal(cast.id("cleo"), wine.product_id, cleos_answer, cleos_answer > 0.8, "rating")
        keep_signal(cast.id("cleo"), hat.product_id, 1.0, True, "rating")
    page = eva.get("/for-you?lang=en").get_data(as_text=True)
    proof = eva.get(f"/suggestions/p-{hat.product_id}?lang=en").get_data(as_text=True)
    assert ("Cleo" in page) == ("Cleo" in proof) == bool(said)
    assert said in page
    assert "agreed on 0" not in page + proof
    assert "of like taste" not in page


def test_an_answer_counts_in_the_very_next_list(cast: Cast) -> None:
    """recommend-4: the tap's own transaction moves taste; no job has to run in between."""
    from marketplace.recommend.queries.arrays import kept
    from tests.reviews.hands import bought

    line = bought(cast, "cleo")
    model = kept().model
    assert cast.id("cleo") not in model.signals.people.places
    assert cast.post(cast.browser("cleo"), line.url, again="yes").status_code == 303
    signals = kept().model.signals.reading()
    products, values = signals.row(signals.people.places[cast.id("cleo")])
    assert [signals.products.ids[i] for i in products.tolist()] == [line.product_id]
    assert values.tolist() == [1.0]
