"""Asking "Should I?": audiences, hidden results, ends, reports."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from marketplace.bundles.jobs import close_polls
from marketplace.bundles.models import Poll, PollOption, PollVote
from marketplace.bundles.rules import poll_faults, result_shown, time_left
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.people.actions import block, follow
from tests.bundles.test_views_bundles import HAT, WINE, published
from tests.cast import Cast

GROUP = "weisswein-zu-gemuese"


@pytest.mark.parametrize(("question", "answers", "hours", "audience", "wrong"), [
    ("Soll ich?", ["Ja", "Nein"], 1, "public", []),
    ("Soll ich?", ["Ja", "Nein"], 336, "friends", []),
    ("So", ["Ja", "Nein"], 24, "public", ["question"]),
    ("x" * 141, ["Ja", "Nein"], 24, "public", ["question"]),
    ("Soll ich?", ["Ja"], 24, "public", ["answers"]),
    ("Soll ich?", ["Ja", "ja"], 24, "public", ["answers"]),
    ("Soll ich?", ["1", "2", "3", "4", "5"], 24, "public", ["answers"]),
    ("Soll ich?", ["Ja", "Nein"], 0, "public", ["hours"]),
    ("Soll ich?", ["Ja", "Nein"], 337, "public", ["hours"]),
    ("Soll ich?", ["Ja", "Nein"], None, "all", ["hours", "audience"]),
])
def test_what_may_be_asked(question: str, answers: list[str], hours: int | None, audience: str,
                           wrong: list[str]) -> None:
    """3.8: 2 to 4 different answers, from one hour to 14 days (336 hours)."""
    assert poll_faults(question, answers, hours, audience) == wrong


def test_time_left_is_said_in_whole_units() -> None:
    """49 h are 2 days, 24 h one day, 23 h 59 min are 23 hours, 59 s a minute, 0 is over."""
    assert time_left(49 * 3600) == ("days", 2)
    assert time_left(24 * 3600) == ("days", 1)
    assert time_left(24 * 3600 - 60) == ("hours", 23)
    assert time_left(59) == ("minutes", 1)
    assert time_left(0) == ("over", 0)
    assert result_shown(True, False) and result_shown(False, True)
    assert not result_shown(False, False)


def ask(cast: Cast, who: str, **more: object) -> str:
    """A question of somebody's; its page."""
    asked = cast.post(cast.browser(who), "/polls/new", **{
        "question": "Soll ich?", "answer": ["Unbedingt", "Lieber nicht"], "audience": "public",
        "hours": "24", **more})
    assert asked.status_code == 303, asked.get_data(as_text=True)
    return str(asked.location)


def option(words: str) -> int:
    """The id of an answer."""
    found = db.session.scalar(db.select(PollOption.id).where(PollOption.words == words))
    db.session.rollback()
    assert found is not None
    return found


def friends(cast: Cast, one: str, other: str) -> None:
    """They follow each other."""
    with committing():
        follow(cast.id(one), cast.id(other))
        follow(cast.id(other), cast.id(one))


def votes() -> list[tuple[int, int]]:
    """Person and answer of every voice."""
    db.session.rollback()
    return [tuple(row) for row in db.session.execute(
        db.select(PollVote.person_id, PollVote.option_id).order_by(PollVote.person_id))]


def test_result_shows_after_the_own_voice_or_the_end(app: Flask, cast: Cast) -> None:
    """bundles-11: hidden from who has not answered, also in the source; own voice shows it, a new
    one replaces it; the end shows it to all, visitors too.
    """
    page = ask(cast, "cleo")
    dan, eva = cast.browser("dan"), cast.browser("eva")
    assert "poll-bar" not in dan.get(page).get_data(as_text=True)
    assert cast.post(dan, f"{page}/vote", choice=option("Unbedingt")).status_code == 303
    assert "poll-bar" in dan.get(page).get_data(as_text=True)
    assert "100 %" in dan.get(page).get_data(as_text=True)
    assert "poll-bar" not in eva.get(page).get_data(as_text=True)
    assert "poll-bar" not in cast.browser("cleo").get(page).get_data(as_text=True)
    cast.post(dan, f"{page}/vote", choice=option("Lieber nicht"))
    assert votes() == [(cast.id("dan"), option("Lieber nicht"))]
    assert "poll-bar" not in app.test_client().get(page).get_data(as_text=True)
    assert cast.post(cast.browser("cleo"), f"{page}/close").status_code == 303
    assert "100 %" in app.test_client().get(page).get_data(as_text=True)


def test_it_ends_on_time_and_by_itself(cast: Cast) -> None:
    """bundles-11: a minute before the end a voice counts, at the end it is refused, before the
    job has run too; the job notes the end once and tells who asked.
    """
    page = ask(cast, "cleo", hours="1")
    dan, begin = cast.browser("dan"), clock.now()
    with time_machine.travel(begin + timedelta(minutes=59), tick=False):
        assert cast.post(dan, f"{page}/vote", choice=option("Unbedingt")).status_code == 303
        close_polls()
        assert db.session.scalar(db.select(Poll.ended_at)) is None
        db.session.rollback()
    with time_machine.travel(begin + timedelta(hours=1, minutes=1), tick=False):
        refused = cast.post(cast.browser("eva"), f"{page}/vote", choice=option("Unbedingt"))
        assert refused.status_code == 409
        assert len(votes()) == 1
        close_polls()
        close_polls()
        assert db.session.scalar(db.select(Poll.ended_at)) is not None
        run_due()
        notices = cast.browser("cleo").get("/account/notices").get_data(as_text=True)
    assert notices.count("“Soll ich?” has ended: 1 voice.") \
        + notices.count("„Soll ich?“ ist beendet: 1 Stimme.") == 1


def test_invisible_outside_its_audience(app: Flask, cast: Cast) -> None:
    """bundles-11: friends are people who follow each other; of a group its members. All others
    get 404 at its address and do not find it on the pages of its bundle or product.
    """
    friends(cast, "cleo", "dan")
    with committing():
        follow(cast.id("eva"), cast.id("cleo"))
    bundle = published(cast, cast.browser("cleo"), WINE, HAT)
    page = ask(cast, "cleo", audience="friends", about=bundle, question="Passt das zu mir?")
    for who, status in (("cleo", 200), ("dan", 200), ("eva", 404), ("olga", 404)):
        browser = cast.browser(who)
        assert browser.get(page).status_code == status, who
        for where in (bundle, "/polls"):
            assert ("Passt das zu mir?" in browser.get(where).get_data(as_text=True)) \
                == (status == 200), (who, where)
    assert app.test_client().get(page).status_code == 404
    refused = cast.post(cast.browser("eva"), f"{page}/vote", choice=option("Unbedingt"))
    assert refused.status_code == 404 and not votes()
    notices = cast.browser("dan").get("/account/notices").get_data(as_text=True)
    assert "Passt das zu mir?" in notices
    assert "Passt das zu mir?" not in cast.browser("eva").get(
        "/account/notices").get_data(as_text=True)


def test_question_to_a_group(cast: Cast) -> None:
    """bundles-11: only who belongs to the group asks it, and only its members read it."""
    refused = cast.post(cast.browser("dan"), "/polls/new", question="Welcher?", audience="group",
                        group=GROUP, answer=["A", "B"], hours="24", about=f"/products/{WINE}")
    assert refused.status_code == 422
    assert db.session.scalar(db.select(Poll.id)) is None
    db.session.rollback()
    assert cast.post(cast.browser("eva"), f"/groups/{GROUP}/join").status_code == 303
    page = ask(cast, "gina", audience="group", group=GROUP, about=f"/products/{WINE}")
    for who, seen in (("eva", True), ("dan", False)):
        browser = cast.browser(who)
        assert (browser.get(page).status_code == 200) == seen
        assert ("Unbedingt" in browser.get(f"/products/{WINE}").get_data(as_text=True)) == seen


def test_nobody_is_asked_about_what_they_may_not_see(cast: Cast) -> None:
    """3.14: a bundle for members is no matter for everybody; what was typed stays."""
    cleo = cast.browser("cleo")
    page = published(cast, cleo, WINE, HAT)
    db.session.execute(db.text("UPDATE bundles SET visibility = 'members'"))
    db.session.commit()
    said = cast.post(cleo, "/polls/new", question="Soll ich das?", answer=["Ja", "Nein"],
                     audience="public", hours="24", about=page)
    assert said.status_code == 422
    assert 'value="Soll ich das?"' in said.get_data(as_text=True)
    assert db.session.scalar(db.select(Poll.id)) is None


def test_address_of_a_product_becomes_its_title(cast: Cast) -> None:
    """An answer may be a product of this site; its page shows the picture and leads there."""
    page = ask(cast, "cleo", answer=[f"/products/{WINE}", f"http://localhost/products/{HAT}"])
    seen = cast.browser("dan").get(page).get_data(as_text=True)
    assert f'href="/products/{WINE}"' in seen and f'href="/products/{HAT}"' in seen
    assert f">/products/{WINE}" not in seen


def test_own_and_blocked_voices_are_refused(cast: Cast) -> None:
    """3.14: who asked does not answer; people who blocked each other do not answer each other."""
    page = ask(cast, "cleo")
    own = cast.post(cast.browser("cleo"), f"{page}/vote", choice=option("Unbedingt"))
    with committing():
        block(cast.id("cleo"), cast.id("dan"))
    other = cast.post(cast.browser("dan"), f"{page}/vote", choice=option("Unbedingt"))
    assert (own.status_code, other.status_code) == (403, 403)
    assert not votes()


def test_public_question_is_reported_and_hidden(cast: Cast) -> None:
    """3.15: a report leads to it; a decision to remove takes it from everybody's sight."""
    page = ask(cast, "cleo", question="Bin ich zu dick dafür?")
    code = page.rsplit("/", 1)[1]
    form = cast.browser("dan").get(f"/moderation/report/poll/{code}")
    assert form.status_code == 200
    assert cast.post(cast.browser("dan"), f"/moderation/report/poll/{code}", kind="insult",
                     words="Beleidigt.", step="send").status_code == 200
    number = db.session.scalar(db.text("SELECT number FROM matters"))
    db.session.rollback()
    done = cast.post(cast.browser("max"), f"/moderation/matters/{number}", reason="insult",
                     measure="remove", facts="Die Frage setzt herab.",
                     milder_why="Sie besteht nur daraus.")
    assert done.status_code == 303, done.get_data(as_text=True)
    assert cast.browser("dan").get(page).status_code == 404
    assert cast.browser("dan").get("/polls").get_data(as_text=True).count("zu dick") == 0
