"""What the operator reads about the assortment."""

from __future__ import annotations

from marketplace.foundation.database import committing, db
from marketplace.insights.actions import remake_figures
from marketplace.reviews.models import Score
from tests.cast import Cast

HEAD = {"Accept-Language": "en"}


def figures_with(cast: Cast, k: int, n: int) -> str:
    """The assortment page after n answers for the Riesling, k of them yes."""
    with committing():
        db.session.execute(db.update(Score).where(
            Score.product_id == cast.goods("riesling-vom-schiefer").product_id,
            Score.lot_id.is_(None)).values(k=k, n=n, mu=0.8, m=10.0))
    with committing():
        remake_figures()
    return cast.browser("olga").get("/operator/assortment?lang=en").get_data(as_text=True)


def test_operator_reads_counts_and_chances_in_words(cast: Cast) -> None:
    """insights, vector 27 of 30: q10 .8054, above .8 .9134, below .6 .0000 - as sentences."""
    html = figures_with(cast, 27, 30)
    assert "27 of 30" in html
    assert "careful estimate 81%; chance of more than 80%: 91%, of fewer than 60%: 0%" in html
    assert "Pr(" not in html
    assert "q10" not in html


def test_few_answers_are_listed_without_a_picture(cast: Cast) -> None:
    """insights: below ten answers nothing is drawn, yet every product stands in the list."""
    html = figures_with(cast, 2, 2)
    assert "2 of 2" in html
    assert html.count("no answers yet") == 4
    assert "the picture is drawn from ten on" in html
    assert '<figure class="two-axis">' not in html


def test_before_the_first_night_the_page_says_so(cast: Cast) -> None:
    """insights: no figures, no empty lists."""
    html = cast.browser("olga").get("/operator/assortment?lang=en").get_data(as_text=True)
    assert "No figures yet" in html
    assert "Nothing here for this choice." not in html
