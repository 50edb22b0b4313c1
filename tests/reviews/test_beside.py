"""Two products side by side: what the answers prove, and what they do not."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from marketplace.foundation.database import committing, db
from marketplace.foundation.kept import forget
from marketplace.reviews.models import Score
from marketplace.reviews.queries import VerdictView, difference_words
from tests.cast import Cast
from tests.reviews.hands import WINE, many

LITRE = "literwein-fuer-alle-tage"


@pytest.mark.parametrize(("here", "there", "words"), [
    ((27, 30), (12, 20), "kein belegbarer Unterschied"),
    ((12, 20), (27, 30), "kein belegbarer Unterschied"),
    ((90, 100), (50, 100), "belegbar weniger würden es wieder kaufen"),
    ((50, 100), (90, 100), "belegbar mehr würden es wieder kaufen"),
    ((180, 200), (150, 200), "belegbar weniger würden es wieder kaufen")])
def test_sentence_follows_the_rule(app: Flask, here: tuple[int, int], there: tuple[int, int],
                                   words: str) -> None:
    """reviews-34: the vectors of "Difference", seen from the first product, in both orders."""
    with app.test_request_context("/?lang=de"):
        assert difference_words(VerdictView(*here), VerdictView(*there)) == words


def beside(app: Flask, slug: str) -> str:
    """The page's table of similar goods beside this one, without marks."""
    forget()
    page = app.test_client().get(f"/products/{slug}").get_data(as_text=True)
    table = re.search(r'aria-label="Ähnliches neben diesem".*?</table>', page, re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", table.group())) if table else ""


def test_page_says_it_of_similar_goods_from_five_answers_on(app: Flask, cast: Cast) -> None:
    """reviews-34: riesling 27/30 (.7438 to .9654) beside the litre 12/20 (.3866 to .7812):
    overlap; with 0 of 20 they differ; below five answers nothing is said.
    """
    many(cast, 27, 3)
    many(cast, 4, 0, LITRE)
    assert beside(app, WINE) == ""
    many(cast, 8, 8, LITRE)
    assert "kein belegbarer Unterschied 12 von 20 39 % bis 78 %" in beside(app, WINE)
    assert "kein belegbarer Unterschied 27 von 30 74 % bis 97 %" in beside(app, LITRE)
    db.session.rollback()
    with committing():
        db.session.execute(db.update(Score).values(k=0).where(
            Score.product_id == cast.goods(LITRE).product_id))
    assert "belegbar weniger würden es wieder kaufen 0 von 20 0 % bis 16 %" in beside(app, WINE)
    assert "belegbar mehr würden es wieder kaufen" in beside(app, LITRE)
