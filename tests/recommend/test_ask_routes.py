"""Whom an ask is put to, why, and what becomes of it where nobody answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from marketplace.dialogue.models import Thread
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.people.models import Mute
from marketplace.recommend.actions import choose_asked, note_unanswered, put
from marketplace.recommend.models import Ask, AskRoute, Recommendation
from marketplace.recommend.rules.asking import is_unanswered, who_knows
from marketplace.reviews.actions import Answer, rate
from tests.cast import Cast
from tests.recommend.test_asks import WISH, answered, asked, notices
from tests.recommend.test_views_recommend import count
from tests.reviews.hands import HAT, RED, WINE, bought

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def test_who_rated_most_is_asked_first() -> None:
    """recommend-12: by counted ratings, then by id; five at most; who was asked thrice rests."""
    rated = {1: 9, 2: 3, 3: 9, 4: 0, 5: 1, 6: 2, 7: 12, 8: 1, 9: 4}
    assert who_knows(rated, {7: 3, 9: 2}, {2}) == [(1, 9), (3, 9), (9, 4), (6, 2), (5, 1)]
    assert who_knows({}, {}) == []


@pytest.mark.parametrize(("hours", "answers", "late"), [(48, 0, True), (47.9, 0, False),
                                                        (480, 1, False)])
def test_unanswered_is_said_after_48_hours(hours: float, answers: int, late: bool) -> None:
    """recommend-12."""
    assert is_unanswered(NOON - timedelta(hours=hours), answers, NOON) is late


def rated(cast: Cast, who: str, *slugs: str) -> None:
    """Somebody bought these, has them and would buy them again."""
    for slug in slugs:
        line = bought(cast, who, slug)
        with committing():
            rate(line.id, Answer(True), cast.id(who))


@pytest.fixture
def knowing(cast: Cast) -> Cast:
    """Eva rated two wines, dan one, gina a hat; eva, dan and gina agreed to be asked, cleo too."""
    rated(cast, "eva", WINE, RED)
    rated(cast, "dan", WINE)
    rated(cast, "gina", HAT)
    rated(cast, "max", WINE, RED)
    with committing():
        for handle in ("eva", "dan", "gina", "cleo"):
            choose_asked(cast.id(handle), True)
    run_due()
    return cast


def routes(cast: Cast) -> list[tuple[int | None, int]]:
    """People an ask was put to, with how much they rated."""
    found = [(row.person_id, row.rated) for row in db.session.execute(
        db.select(AskRoute.person_id, AskRoute.rated)
        .where(AskRoute.person_id.is_not(None)).order_by(AskRoute.id))]
    db.session.rollback()
    return found


def test_people_who_know_are_asked_with_the_reason(knowing: Cast) -> None:
    """recommend-12: eva (2 wines), dan (1); not max who did not agree, not gina who rated a hat."""
    code = asked(knowing)
    run_due()
    assert routes(knowing) == [(knowing.id("eva"), 2), (knowing.id("dan"), 1)]
    eva = knowing.browser("eva")
    page = eva.get("/account/notices?lang=en").get_data(as_text=True)
    assert "cleo asks for advice. You have rated 2 things in Wine." in page
    assert "You are asked because you have rated 2 things in Wine." in eva.get(
        f"/asks/{code}?lang=en").get_data(as_text=True)
    first = eva.get("/asks?lang=en").get_data(as_text=True)
    assert "You could answer these" in first and "you have rated 2 things in Wine" in first
    assert "asked" not in notices(knowing, "max") + notices(knowing, "gina")
    mine = knowing.browser("cleo").get(f"/asks/{code}?lang=en").get_data(as_text=True)
    assert "2 people who have rated much of it" in mine and "Weißwein zu Gemüse" in mine
    answered(knowing, code)
    assert "You could answer these" not in eva.get("/asks?lang=en").get_data(as_text=True)


def test_taking_back_an_answer_means_knowing_less(knowing: Cast) -> None:
    """Only answers that count: dan's is set aside, so nobody asks him."""
    with committing():
        db.session.execute(db.text("UPDATE ratings SET standing = 'aside' WHERE person_id = :who"),
                           {"who": knowing.id("dan")})
    asked(knowing)
    run_due()
    assert routes(knowing) == [(knowing.id("eva"), 2)]


def test_blocked_and_muting_people_are_left_in_peace(knowing: Cast) -> None:
    """recommend-7: eva blocked cleo, dan muted her; neither is asked."""
    knowing.post(knowing.browser("eva"), "/members/cleo/block")
    with committing():
        db.session.add(Mute(owner_id=knowing.id("dan"), other_id=knowing.id("cleo"),
                            at=clock.now()))
    asked(knowing)
    run_due()
    assert routes(knowing) == []


def test_running_twice_asks_once(knowing: Cast) -> None:
    """The job is safe to repeat."""
    asked(knowing)
    run_due()
    ask_id = db.session.scalar(db.select(Ask.id))
    db.session.rollback()
    before = db.session.scalar(db.select(db.func.count(AskRoute.id)))
    with committing():
        put(ask_id)
    assert len(routes(knowing)) == 2
    assert db.session.scalar(db.select(db.func.count(AskRoute.id))) == before
    db.session.rollback()
    assert notices(knowing, "eva").count("asked") == 1


def test_nobody_is_asked_more_than_three_times_a_week(knowing: Cast) -> None:
    """The fourth ask goes to dan and eva no more; after a week it does again."""
    for n in range(4):
        asked(knowing, wish=f"{WISH} Nummer {n}.")
        run_due()
    assert len(routes(knowing)) == 6
    with committing():
        for row in db.session.scalars(db.select(AskRoute)):
            row.at -= timedelta(days=7, minutes=1)
    asked(knowing, "max", wish=f"{WISH} Noch einer.")
    run_due()
    assert len(routes(knowing)) == 8


def test_groups_about_it_see_it_with_the_reason(knowing: Cast) -> None:
    """recommend-12: open and closed groups about wine; the secret one is never named."""
    code = asked(knowing)
    run_due()
    page = knowing.browser("gina").get("/asks?lang=en").get_data(as_text=True)
    assert "You could answer these" in page and "it fits Weißwein zu Gemüse" in page
    assert WISH in knowing.browser("gina").get("/groups/weisswein-zu-gemuese").get_data(True)
    assert WISH not in knowing.browser("eva").get("/groups/stiller-keller").get_data(True)
    assert "Geheime Runde" not in knowing.browser("cleo").get(
        f"/asks/{code}?lang=en").get_data(as_text=True)


def test_group_asks_are_put_to_members_only(knowing: Cast) -> None:
    """dan joined the group, eva did not; she rated more and is not asked."""
    knowing.post(knowing.browser("dan"), "/groups/weisswein-zu-gemuese/join")
    asked(knowing, "gina", audience="group", group="weisswein-zu-gemuese")
    run_due()
    assert routes(knowing) == [(knowing.id("dan"), 1)]


def waited(hours: float = 48.1) -> None:
    """So many hours went by since every ask was made."""
    db.session.rollback()
    with committing():
        for row in db.session.scalars(db.select(Ask)):
            row.made_at -= timedelta(hours=hours)


def noted() -> int:
    """The job that runs every quarter of an hour."""
    db.session.rollback()
    with committing():
        return note_unanswered()


def test_unanswered_asks_go_to_the_request_board(cast: Cast, client: FlaskClient) -> None:
    """recommend-12: after 48 hours one thread of wishes, once; each leads to the other."""
    code = asked(cast)
    assert noted() == 0
    waited()
    assert [noted(), noted()] == [1, 0]
    thread = db.session.scalar(db.select(Thread))
    assert thread is not None and (thread.kind, thread.visibility) == ("wish", "public")
    assert WISH in client.get("/threads?kind=wish").get_data(as_text=True)
    assert WISH in client.get("/asks?list=board").get_data(as_text=True)
    assert f"/asks/{code}" in client.get(f"/threads/{thread.code}").get_data(as_text=True)
    assert f"/threads/{thread.code}" in client.get(f"/asks/{code}").get_data(as_text=True)
    answered(cast, code)
    assert WISH not in client.get("/asks?list=board").get_data(as_text=True)


def test_answered_closed_and_taken_back_ones_do_not(cast: Cast) -> None:
    """Of four asks only the open one without an answer goes."""
    answered(cast, asked(cast, wish=f"{WISH} Beantwortet."))
    for state in ("closed", "withdrawn"):
        code = asked(cast, wish=f"{WISH} {state}.")
        cast.post(cast.browser("cleo"), f"/asks/{code}/state", state=state)
    asked(cast, wish=f"{WISH} Offen.")
    waited()
    assert noted() == 1
    assert "Offen." in db.session.scalars(db.select(Thread.title)).one()


def test_the_limit_of_posts_does_not_lose_it(cast: Cast) -> None:
    """A new member who wrote thrice today and asked two days ago."""
    with committing():
        db.session.execute(db.text("UPDATE people SET trust_level = 0 WHERE handle = 'cleo'"))
    cleo = cast.browser("cleo")
    for n in range(3):
        cast.post(cleo, "/threads/new", kind="question", step="send", title=f"Frage {n}?",
                  words=f"Das ist Frage {n}.", openness="public")
    asked(cast)
    waited()
    assert noted() == 1 and count(Thread) == 4


def test_unanswered_group_asks_become_topics_of_their_group(
    cast: Cast, client: FlaskClient
) -> None:
    """A secret group's ask stays secret."""
    asked(cast, "gina", audience="group", group="geheime-runde")
    waited()
    assert noted() == 1
    thread = db.session.scalar(db.select(Thread))
    assert thread is not None and (thread.kind, thread.visibility) == ("topic", "group")
    assert client.get(f"/threads/{thread.code}").status_code == 404
    assert cast.browser("gina").get(f"/threads/{thread.code}").status_code == 200
    assert WISH not in client.get("/asks?list=board").get_data(as_text=True)


def test_closing_the_ask_settles_the_thread(cast: Cast, client: FlaskClient) -> None:
    """The asker's click says how it ended; undo opens it, taking back hides it."""
    code, cleo = asked(cast), cast.browser("cleo")
    waited()
    noted()
    answer = answered(cast, code)
    cast.post(cleo, f"/asks/{code}/helped/{answer}", helped="yes")
    thread = db.session.scalars(db.select(Thread.code)).one()
    seen = []
    for state in ("closed", "open", "withdrawn", "open"):
        cast.post(cleo, f"/asks/{code}/state", state=state)
        seen.append((client.get(f"/threads/{thread}").status_code, db.session.scalars(
            db.select(Thread.outcome)).one()))
        db.session.rollback()
    assert seen == [(200, "solved"), (200, None), (404, "solved"), (200, None)]
    assert count(Recommendation) == 1


@pytest.mark.parametrize(("lang", "said"), [
    ("de", "Du wirst gefragt, weil du 2 Sachen aus dem Bereich Wein bewertet"),
    ("en", "You are asked because you have rated 2 things in Wine")])
def test_a_letter_goes_to_who_wants_letters(knowing: Cast, lang: str, said: str) -> None:
    """notify: off until chosen; in the language of who is asked, with the way to stop it."""
    eva = knowing.browser("eva")
    knowing.post(eva, "/account/notices/settings", **{"asked-app": "1", "asked-mail": "1"})
    with committing():
        db.session.execute(db.text("UPDATE people SET lang = :lang WHERE handle = 'eva'"),
                           {"lang": lang})
    mail = knowing.app.extensions["doors"].mail
    before = set(mail.names())
    code = asked(knowing)
    run_due()
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=False):
        run_due()
    (letter,) = set(mail.names()) - before
    text = str(mail.read(letter))
    assert said in text and f"/asks/{code}" in text and "/unsubscribe/" in text
