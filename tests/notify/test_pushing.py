"""Browsers are told after a tap only, without words, three times a day at most, never at night."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from marketplace.adapters.push import PretendPush
from marketplace.adapters.push.web import WebPush, fresh_key
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.notify.actions import choose, keep_pace, mark_read, tell
from marketplace.notify.actions.pushing import addressed, sweep_pushes
from marketplace.notify.models import Push, PushTo
from marketplace.notify.queries import choices_of
from marketplace.notify.rules import CLASSES, is_on
from marketplace.notify.rules.pace import Pace
from marketplace.notify.rules.push import is_service
from marketplace.people.actions import block, end_login
from marketplace.people.actions.erasing import forget_by_declaration
from tests.cast import Cast

NOON = datetime(2026, 11, 30, 11, tzinfo=UTC)
KEYS = {"p256dh": "B" + "A" * 86, "auth": "A" * 22}
ENDPOINT = "https://fcm.googleapis.com/fcm/send/cleo"


@pytest.fixture
def door(app: Flask) -> Iterator[PretendPush]:
    """The market has a key; the push service is a pretend one."""
    app.extensions["doors"].push = made = PretendPush()
    yield made
    app.extensions["doors"].push = None


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def tap(cast: Cast, endpoint: str = ENDPOINT, **more: str) -> FlaskClient:
    """Cleo's browser, in which she tapped."""
    browser = cast.browser("cleo")
    cast.post(browser, "/account/notices/browsers", endpoint=endpoint, **{**KEYS, **more})
    return browser


def want(cast: Cast, *classes: str) -> None:
    with committing():
        for name in classes:
            choose(cast.id("cleo"), name, "push", True)


def say(cast: Cast, n: int = 1, class_: str = "answer", **more: object) -> None:
    """Something happens n times, each in another thread."""
    with committing():
        for one in range(n):
            tell(cast.id("cleo"), class_, f"{class_} {one}", "welcome", f"/account?{one}", **more)


def leave(later: timedelta = timedelta(minutes=6)) -> None:
    with time_machine.travel(clock.now() + later, tick=False):
        db.session.rollback()
        run_due(kind="notify.push")
        run_due(kind="notify.browser")


def became() -> list[str | None]:
    """What kept messages back, in order."""
    db.session.rollback()
    return list(db.session.scalars(db.select(Push.why_skipped).order_by(Push.id)))


def test_nothing_is_offered_without_a_key(app: Flask, cast: Cast) -> None:
    """notify-22: no key, no button and no switch."""
    page = cast.browser("cleo").get("/account/notices/settings").get_data(as_text=True)
    assert "data-push" not in page and "-push" not in page


def test_browser_is_told_only_after_a_tap_and_a_choice(cast: Cast, door: PretendPush) -> None:
    """notify-22: neither the tap nor the choice alone tells anything; the carrier is named."""
    want(cast, "answer")
    say(cast)
    leave()
    assert door.sent == [] and became() == []
    browser = tap(cast)
    page = browser.get("/account/notices/settings").get_data(as_text=True)
    assert 'name="answer-push" checked' in page and 'name="follow-push">' in page
    say(cast, class_="follow")
    say(cast)
    leave()
    (endpoint, message), = door.sent
    assert endpoint == ENDPOINT
    assert json.loads(message) == {"class": "answer", "path": "/account?0"}


def test_settings_name_the_carrier(cast: Cast, door: PretendPush) -> None:
    """notify-22: the maker's push service is named beside the button; it is hidden until scripts
    run, so that nothing is asked on load.
    """
    page = cast.browser("cleo").get("/account/notices/settings").get_data(as_text=True)
    form = page[page.index("data-push="):page.index("</form>", page.index("data-push="))]
    assert "hidden" in form.split(">")[0]
    assert "Push-Dienst" in form or "push service" in form


def test_private_things_never_light_up_a_screen(cast: Cast, door: PretendPush) -> None:
    """notify-22: of money, decisions and the account no class can be chosen; of parcels the
    screen says only the kind.
    """
    browser = tap(cast)
    private = [name for name, one in CLASSES.items()
               if one.group in ("must", "advertising") and not one.push]
    assert private == ["account", "order", "payment", "cancellation", "withdrawal", "statement",
                       "appeal", "review_invite"]
    with committing():
        for name in private:
            choose(cast.id("cleo"), name, "push", True)
    say(cast, class_="payment")
    want(cast, "dispatch")
    say(cast, class_="dispatch")
    leave()
    assert [json.loads(message)["class"] for _to, message in door.sent] == ["dispatch"]
    said = browser.get("/account/notices/said?class=dispatch&path=/account?0").get_json()
    assert said["words"] == "Pakete unterwegs"


def test_words_are_fetched_by_who_may_read_them(app: Flask, cast: Cast,
                                                door: PretendPush) -> None:
    """notify-22, notify-18: the notice for its owner; for others, and where the thing is hidden
    meanwhile, no words of it.
    """
    with committing():
        tell(cast.id("cleo"), "answer", "a", "answer", "/groups/keramik-werkstatt",
             title="Geheim", by=cast.id("eva"))
    ask = "/account/notices/said?class=answer&path=/groups/no-such-group"
    assert cast.browser("cleo").get(ask).get_json()["words"] == "Antworten in deinen Gesprächen"
    with committing():
        tell(cast.id("cleo"), "answer", "b", "answer", "/members/eva", title="Rhabarber")
    ask = "/account/notices/said?class=answer&path=/members/eva"
    assert "Rhabarber" in cast.browser("cleo").get(ask).get_json()["words"]
    assert "Rhabarber" not in cast.browser("dan").get(ask).get_json()["words"]
    assert app.test_client().get(ask).get_json()["words"] == "Etwas Neues wartet auf dich."


def test_three_a_day_and_none_at_night(cast: Cast, door: PretendPush) -> None:
    """notify-22: 5 matters at noon are 3 messages; one of 23:00 comes at 8:00 in Berlin."""
    tap(cast)
    want(cast, "answer", "order_in")
    with committing():
        keep_pace(cast.id("cleo"), Pace())
    say(cast, 5)
    leave()
    assert len(door.sent) == 3 and became()[3:] == ["pace", "pace"]
    with time_machine.travel(NOON + timedelta(days=1, hours=11), tick=False):
        say(cast, class_="order_in")
        leave(timedelta())
        assert len(door.sent) == 3
        db.session.rollback()
        due = db.session.scalar(db.select(Push.due_at).order_by(Push.id.desc()))
        assert due == datetime(2026, 12, 2, 7, tzinfo=UTC)
    with time_machine.travel(due, tick=False):
        leave(timedelta())
    assert len(door.sent) == 4


def test_what_was_read_or_switched_off_meanwhile_stays(cast: Cast, door: PretendPush) -> None:
    """notify-22, notify-18: read, muted and switched off between the event and the message."""
    tap(cast)
    want(cast, "answer", "follow")
    say(cast)
    with committing():
        mark_read(cast.id("cleo"))
        tell(cast.id("cleo"), "answer", "other", "welcome", "/account", by=cast.id("dan"))
        block(cast.id("cleo"), cast.id("dan"))
        tell(cast.id("cleo"), "follow", "third", "welcome", "/account")
        choose(cast.id("cleo"), "follow", "push", False)
    leave()
    assert door.sent == [] and became() == ["nothing left", "not visible", "off"]


def test_browsers_that_are_gone_are_forgotten(cast: Cast, door: PretendPush) -> None:
    """notify-22: 404 and 410 at once; what is refused three times running too; others stay."""
    tap(cast)
    tap(cast, "https://updates.push.services.mozilla.com/wpush/v2/two")
    want(cast, "answer")
    door.gone.add(ENDPOINT)
    door.refused.add("https://updates.push.services.mozilla.com/wpush/v2/two")
    left = []
    for day in range(4):
        with time_machine.travel(NOON + timedelta(days=2 * day), tick=False):
            say(cast)
            leave()
            left.append(db.session.scalar(db.select(db.func.count(PushTo.id))))
    assert left == [1, 1, 0, 0] and door.sent == []


def test_signing_out_ends_it(cast: Cast, door: PretendPush) -> None:
    """notify-22: whoever gets the device next is told nothing."""
    tap(cast)
    want(cast, "answer")
    login = db.session.scalar(db.select(PushTo.login_id))
    with committing():
        end_login(cast.id("cleo"), login)
    say(cast)
    leave()
    assert door.sent == []
    with committing():
        assert sweep_pushes() == 1


@pytest.mark.parametrize("endpoint", [
    "http://fcm.googleapis.com/x", "https://127.0.0.1/x", "https://evil.example/x",
    "https://fcm.googleapis.com.evil.example/x", "https://fcm.googleapis.com@evil.example/x",
    "https://fcm.googleapis.com:8443/x", "https://evil.example\\.push.apple.com/x", "", "x" * 700])
def test_nothing_is_sent_to_other_addresses(cast: Cast, door: PretendPush, endpoint: str) -> None:
    """notify-20: only push services of browser makers are ever called."""
    assert not is_service(endpoint)
    tap(cast, endpoint)
    assert db.session.scalar(db.select(db.func.count(PushTo.id))) == 0


def test_one_browser_is_one_row_and_keys_have_their_form(cast: Cast, door: PretendPush) -> None:
    """notify-22: tapping twice, another person on the same browser, keys that are none."""
    tap(cast)
    tap(cast)
    cast.post(cast.browser("dan"), "/account/notices/browsers", endpoint=ENDPOINT, **KEYS)
    assert db.session.scalars(db.select(PushTo.person_id)).all() == [cast.id("dan")]
    tap(cast, ENDPOINT + "2", auth="<b>")
    assert db.session.scalar(db.select(db.func.count(PushTo.id))) == 1
    row = db.session.scalar(db.select(PushTo.id))
    cast.post(cast.browser("cleo"), f"/account/notices/browsers/{row}/drop")
    assert db.session.get(PushTo, row) is not None
    cast.post(cast.browser("dan"), f"/account/notices/browsers/{row}/drop")
    assert db.session.get(PushTo, row) is None


def test_tap_at_a_thread_tells_of_answers(cast: Cast, door: PretendPush) -> None:
    """notify-13, notify-22: right after asking; the choice is kept with its place."""
    browser = cast.browser("cleo")
    sent = cast.post(browser, "/threads/new?about=/producers/weingut-kaltbach", kind="question",
                     title="Wie lange hält er offen?", words="Im Kühlschrank.",
                     openness="public", step="send")
    assert "data-push=" in browser.get(sent.location).get_data(as_text=True)
    cast.post(browser, "/account/notices/browsers", endpoint=ENDPOINT,
              **{**KEYS, "class": "answer"})
    chosen = choices_of(cast.id("cleo"))
    assert is_on("answer", "push", chosen) and not is_on("follow", "push", chosen)
    assert "data-push=" not in browser.get(sent.location).get_data(as_text=True)


def test_key_of_the_command_opens_the_door(app: Flask) -> None:
    """notify-22: 65 bytes of a public key, as browsers want it."""
    made = app.test_cli_runner().invoke(args=["notify", "push-key"]).output.strip()
    assert len(made) == 43 == len(fresh_key())
    assert len(WebPush(made, "mailto:a@b.example").public_key) == 87


def test_erasing_takes_browsers_along(cast: Cast, door: PretendPush) -> None:
    """people-21: neither browser nor message is left of an erased person."""
    tap(cast)
    want(cast, "answer")
    say(cast)
    with committing():
        forget_by_declaration(cast.id("cleo"), "keep")
    db.session.rollback()
    assert db.session.scalar(db.select(db.func.count(PushTo.id))) == 0 == db.session.scalar(
        db.select(db.func.count(Push.id)))


def test_target_is_what_the_browser_gave(cast: Cast, door: PretendPush) -> None:
    """notify-22: nothing is changed on the way."""
    tap(cast)
    want(cast, "answer")
    say(cast)
    row, to = (db.session.scalar(db.select(one.id)) for one in (Push, PushTo))
    found = addressed(row, to)
    assert found is not None and found[1] == b'{"class": "answer", "path": "/account?0"}'
    assert (found[0].endpoint, found[0].p256dh, found[0].auth) == (ENDPOINT, *KEYS.values())
    assert found[0].label == "test"
