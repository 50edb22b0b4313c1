"""What one says to suggestions acts at once and is taken back in one click; a first beginning."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from marketplace.foundation.database import committing, db
from marketplace.people.actions import give_consent
from marketplace.recommend.actions import keep_signal
from marketplace.recommend.models import Feedback, LessOf, Signal
from tests.cast import Cast
from tests.recommend.test_taste_page import HAT, RED, WINE, pair, said, shown
from tests.recommend.test_views_recommend import count
from tests.stories.test_circle import order_by, send

__all__ = ["pair"]


@pytest.mark.parametrize("kind", ["not_for_me", "know_it"])
def test_feedback_acts_at_once_and_is_undone_in_one_click(pair: Cast, kind: str) -> None:
    """recommend-14: the red is gone on the next page, whose button brings it back."""
    eva = pair.browser("eva")
    assert RED in shown(eva, "/for-you")
    pair.post(eva, f"/products/{RED}/feedback", kind=kind)
    page = eva.get("/for-you").get_data(as_text=True)
    assert RED not in shown(eva, "/for-you")
    found = re.search(rf'action="(/products/{RED}/feedback)".*?value="(\w+)">Undo', page,
                      re.S)
    assert found and found.group(2) == kind
    pair.post(eva, found.group(1), kind=found.group(2))
    assert RED in shown(eva, "/for-you") and count(Feedback) == 0


def test_less_of_a_reason_moves_it_behind_until_undone(pair: Cast) -> None:
    """Red stands first by taste; with less of taste it is last; a second time first again."""
    eva = pair.browser("eva")
    said(pair, "cleo", "fischerpullover")
    pair.post(pair.browser("gina"), "/products/literwein-fuer-alle-tage/recommend", audience="all",
              step="send", reason="Good for every day of the year.")
    said(pair, "cleo", "literwein-fuer-alle-tage")
    before = shown(eva, "/for-you")
    assert pair.post(eva, "/account/taste/less", reason="the moon").status_code == 422
    pair.post(eva, "/account/taste/less", reason="person")
    behind = shown(eva, "/for-you")
    assert behind[-1] == "literwein-fuer-alle-tage" and set(behind) == set(before)
    assert count(LessOf) == 1
    pair.post(eva, "/account/taste/less", reason="person")
    assert shown(eva, "/for-you") == before and count(LessOf) == 0


@pytest.fixture
def likers(cast: Cast) -> Cast:
    """Cleo and gina, both buyers and compared, like the wine and the red; gina the hat too."""
    for handle in ("cleo", "gina"):
        send(cast, "bert", f"{order_by(cast, cast.browser(handle), HAT)}-1")
        said(cast, handle, WINE, RED)
        with committing():
            give_consent(cast.id(handle), "taste_matching", "1", "test")
    said(cast, "gina", HAT)
    return cast


def test_visitor_begins_by_recognising(likers: Cast, client: FlaskClient) -> None:
    """recommend, cold start: no account, no script, nothing written; two like wine and red."""
    first = client.get("/for-you").get_data(as_text=True)
    assert "Kennst du eins davon?" in first
    assert f'href="/for-you?by=taste&amp;know={WINE}#known"' in first
    page = client.get(f"/for-you?by=taste&know={WINE}&lang=en").get_data(as_text=True)
    goods = shown(client, f"/for-you?by=taste&know={WINE}")
    assert goods == [RED, HAT]
    assert "2 members like it and Slate Riesling" in page
    assert "1 member likes it and Slate Riesling" in page
    assert "Cleo" not in page and "Gina" not in page
    assert not client.get_cookie("session")


def test_new_member_keeps_what_is_recognised(likers: Cast) -> None:
    """The chosen goods become signals of .8; with three signals the question goes."""
    eva = likers.browser("eva")
    assert "Kennst du" in eva.get("/for-you?lang=de").get_data(as_text=True)
    likers.post(eva, "/account/taste/known", know=[WINE, RED, HAT])
    rows = db.session.execute(db.select(Signal.value, Signal.source).where(
        Signal.person_id == likers.id("eva"))).all()
    assert [tuple(row) for row in rows] == [(0.8, "tap")] * 3
    db.session.rollback()
    assert "Kennst du" not in eva.get("/for-you?lang=de").get_data(as_text=True)


def test_an_answer_is_stronger_than_recognising(cast: Cast) -> None:
    """Eva said no; touching the picture later changes nothing."""
    said(cast, "eva", WINE, again=False)
    with committing():
        keep_signal(cast.id("eva"), cast.goods(WINE).product_id, 0.8, True, "tap")
    assert db.session.scalar(db.select(Signal.value)) == 0.6
