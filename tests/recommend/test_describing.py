"""The page that explains suggestions says the figures in force; the proof lets one say less."""

from __future__ import annotations

import re
from dataclasses import asdict, replace

import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient

from marketplace.foundation.database import db
from marketplace.recommend.models import Feedback, LessOf
from marketplace.recommend.rules.describing import describe
from marketplace.recommend.rules.signals import LIKING_POWER, VALUES, likings
from marketplace.recommend.rules.suggestion import STANDARD
from marketplace.storefront.views.figures import taste_steps
from tests.cast import Cast
from tests.recommend.test_feedback import pair
from tests.recommend.test_taste_page import RED
from tests.recommend.test_views_recommend import count, given

__all__ = ["pair"]


def test_every_parameter_stands_there_once() -> None:
    """Whatever the score has for a parameter is described, and nothing else by its name."""
    steps = describe()
    names = [name for rows in steps.values() for name in rows]
    assert len(names) == len(set(names))
    assert set(asdict(STANDARD)) <= set(names)
    assert {f"act_{act}" for act in VALUES} <= set(names)


def test_a_changed_parameter_changes_what_is_said() -> None:
    """recommend 3: generated from the code. At a share of 1/5 newcomers have 3, 8, 13."""
    assert describe(replace(STANDARD, damping=31.0))["comparing"]["damping"] == 31
    listing = describe(newcomer_share=0.2)["listing"]
    assert (listing["newcomer_first"], listing["newcomer_every"]) == (3, 5)
    usual = describe()["listing"]
    assert (usual["newcomer_first"], usual["newcomer_every"]) == (4, 7)


def test_the_power_is_the_one_in_use() -> None:
    """Two roots are value^1.25: .6 becomes .5281."""
    values = np.array([0.2, 0.6, 0.8, 1.0], np.float32)
    assert likings(values) == pytest.approx(values ** LIKING_POWER, rel=1e-6)
    assert round(float(likings(values)[1]), 4) == 0.5281


def test_every_figure_has_words(app: Flask) -> None:
    """No name of the code stands on the page, in neither language."""
    for lang in ("de", "en"):
        with app.test_request_context(f"/?lang={lang}"):
            rows = [row for _name, _words, rows in taste_steps(describe()) for row in rows]
            assert not [words for words, _figure in rows if "_" in words or words.islower()]


def test_ranking_prints_what_is_in_force(client: FlaskClient) -> None:
    """recommend 2: describe() on /ranking, by steps."""
    page = client.get("/ranking?lang=en").get_data(as_text=True)
    for words, figure in (("Would not buy it again", "0.6"), ("Caution with few answers", "30"),
                          ("People compared with you, at most", "2,000"),
                          ("Of one producer, at most", "3"),
                          ("First place for something newly discovered", "4")):
        assert re.search(rf"<dt>{words}</dt><dd>{figure}</dd>", page), words
    assert page.index("What an act says") < page.index("Who is compared") < page.index(
        "What they say together") < page.index("How the list is laid out")


def test_less_of_a_reason_is_said_and_undone_on_its_proof(pair: Cast) -> None:
    """recommend 3: "less of this" acts at once and is undone on the same page."""
    eva, proof = pair.browser("eva"), f"/suggestions/p-{pair.goods(RED).product_id}?lang=en"
    page = eva.get(proof).get_data(as_text=True)
    assert "people of like taste" in page and 'name="reason" value="taste"' in page
    assert pair.post(eva, "/account/taste/less", reason="taste").status_code == 303
    page = eva.get(proof).get_data(as_text=True)
    assert "Less of: people of like taste" in page and count(LessOf) == 1
    pair.post(eva, "/account/taste/less", reason="taste")
    assert "Less of:" not in eva.get(proof).get_data(as_text=True) and count(LessOf) == 0


@pytest.mark.parametrize(("kind", "words"), [
    ("not_for_me", "You said that it is not for you"), ("know_it", "You said that you know it")])
def test_feedback_is_undone_on_the_proof(pair: Cast, kind: str, words: str) -> None:
    """recommend-14: what one said stands there with its way back."""
    eva, proof = pair.browser("eva"), f"/suggestions/p-{pair.goods(RED).product_id}?lang=en"
    assert words not in eva.get(proof).get_data(as_text=True)
    pair.post(eva, f"/products/{RED}/feedback", kind=kind)
    page = eva.get(proof).get_data(as_text=True)
    assert words in page
    assert f'<button class="button button-small" name="kind" value="{kind}">' in page
    pair.post(eva, f"/products/{RED}/feedback", kind=kind)
    assert words not in eva.get(proof).get_data(as_text=True) and count(Feedback) == 0


def test_somebody_elses_recommendation_offers_less_of_its_kind(
    cast: Cast, client: FlaskClient
) -> None:
    """For members who did not write it; its author and visitors have nothing to say less of."""
    cleo, eva = cast.browser("cleo"), cast.browser("eva")
    proof = given(cast, cleo)
    button = 'name="reason" value="person"'
    assert button in eva.get(proof).get_data(as_text=True)
    for reader in (cleo, client):
        assert button not in reader.get(proof).get_data(as_text=True)
    cast.post(eva, "/account/taste/less", reason="person")
    assert db.session.scalar(db.select(LessOf.reason)) == "person"
    assert "Undo" in eva.get(f"{proof}?lang=en").get_data(as_text=True)
