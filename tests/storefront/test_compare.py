"""Products side by side: order, missing values, what answers prove; catalog-20, storefront-33."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from marketplace.foundation.database import committing, db
from marketplace.reviews.models import Score
from tests.cast import Cast

RIESLING, PINOT = "riesling-vom-schiefer", "spaetburgunder-dorfkern"
JUMPER, HAT, LITRE = "fischerpullover", "muetze-deichwind", "literwein-fuer-alle-tage"


def scored(cast: Cast, slug: str, k: int, n: int) -> None:
    """Give a product these counts."""
    with committing():
        db.session.execute(db.update(Score).where(
            Score.product_id == cast.goods(slug).product_id).values(
                k=k, n=n, first_at=db.func.current_timestamp(),
                last_at=db.func.current_timestamp()))


def heads(page: str) -> list[str]:
    """The columns in their order."""
    return re.findall(r'class="compare-title" lang="\w+" href="/products/([\w-]+)"', page)


@pytest.mark.parametrize(("one", "two", "words"), [
    ((90, 100), (50, 100), "belegbar weniger"),
    ((50, 100), (90, 100), "belegbar mehr"),
    ((27, 30), (12, 20), "kein belegbarer Unterschied"),
    ((9, 9), (90, 100), "zu wenige Antworten")])
def test_sentence_follows_the_intervals(cast: Cast, client: FlaskClient, one: tuple[int, int],
                                        two: tuple[int, int], words: str) -> None:
    """catalog-20: 90/100 and 50/100 differ; 27/30 and 12/20 overlap; below 10 it is not said."""
    scored(cast, RIESLING, *one)
    scored(cast, PINOT, *two)
    page = client.get(f"/compare?p={RIESLING}&p={PINOT}").get_data(as_text=True)
    assert re.search(words, page), page
    assert f"{one[0]} von {one[1]}" in page and f"{two[0]} von {two[1]}" in page


def test_columns_keep_the_viewers_order(client: FlaskClient) -> None:
    """catalog-20: competitors of two producers stand as they were added."""
    for slugs in ([JUMPER, RIESLING, PINOT], [PINOT, JUMPER, RIESLING]):
        page = client.get("/compare", query_string={"p": slugs}).get_data(as_text=True)
        assert heads(page) == slugs


def test_missing_is_not_stated(client: FlaskClient) -> None:
    """catalog-20: what only one says is "not stated" for the other, never a dash."""
    page = client.get(f"/compare?p={RIESLING}&p={LITRE}").get_data(as_text=True)
    row = re.search(r"Rebsorte</th>(.*?)</tr>", page, re.S)
    assert row is not None and "Riesling" in row.group(1) and "nicht angegeben" in row.group(1)
    assert not re.search(r"<td[^>]*>\s*[-–—]?\s*</td>", page.split("compare-corner")[1][30:])


def test_different_goods_share_the_common_fields(client: FlaskClient) -> None:
    """catalog 3.10: of different templates only the fields that both know."""
    page = client.get(f"/compare?p={RIESLING}&p={JUMPER}").get_data(as_text=True)
    assert "Rebsorte" not in page and "Grundpreis" in page and "15,20" in page


def test_one_is_offered_others_and_a_fifth_is_refused(client: FlaskClient) -> None:
    """Spec catalog 4: one: what to add; five: four and a sentence; unknown ones are named."""
    one = client.get(f"/compare?p={RIESLING}").get_data(as_text=True)
    assert f"/compare?p={RIESLING}&amp;p={LITRE}" in one and heads(one) == [RIESLING]
    five = client.get("/compare", query_string={
        "p": [RIESLING, PINOT, JUMPER, HAT, LITRE]}).get_data(as_text=True)
    assert len(heads(five)) == 4 and "Höchstens vier" in five and "compare-q" not in five
    some = client.get(f"/compare?p=gibt-es-nicht&p={PINOT}&p={PINOT}").get_data(as_text=True)
    assert "gibt-es-nicht" in some and heads(some) == [PINOT]
    assert client.get("/compare").status_code == 200


def test_state_lives_in_the_address(client: FlaskClient) -> None:
    """Spec catalog 4: no cookie; lists choose by links that keep filters, and can let go again."""
    page = client.get(f"/products?beside={PINOT}&order=price")
    text = page.get_data(as_text=True)
    assert "Set-Cookie" not in page.headers and "1 Produkt ausgewählt" in text
    sorted_by = rf'/products\?(?=[^"]*beside={PINOT})(?=[^"]*beside={RIESLING})[^"]*order=price'
    assert re.search(sorted_by, text) or re.search(rf"beside={PINOT}&amp;beside={RIESLING}", text)
    assert "Set-Cookie" not in client.get(f"/compare?p={PINOT}").headers


def test_four_cost_no_more_than_ten_statements(cast: Cast, client: FlaskClient,
                                               statements: list[str]) -> None:
    """Spec storefront 8: compare at most 10 statements."""
    path = "/compare?" + "&".join(f"p={slug}" for slug in (RIESLING, PINOT, JUMPER))
    client.get(path)
    statements.clear()
    client.get(path)
    assert len(statements) <= 10, "\n".join(statements)
