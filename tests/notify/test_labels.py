"""notify-33: what somebody has to do with a thing, and has from it, stands beside the name in
letters too.
"""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import time_machine
from flask import Flask

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.notify.actions import choose
from marketplace.recommend.actions import choose_accepts
from tests.cast import Cast
from tests.groups.hands import OPEN, put_in
from tests.groups.test_ambassadors import agrees, asks
from tests.web.places import WINE


def want(cast: Cast, who: str, class_: str) -> None:
    with committing():
        choose(cast.id(who), class_, "mail", True)


def letter_to(app: Flask, who: str, words: str) -> str:
    """Subject, text and HTML of the newest letter to somebody that holds these words."""
    noon = clock.now().replace(hour=12) + timedelta(days=1)
    with time_machine.travel(noon, tick=False):
        db.session.rollback()
        run_due(kind="notify.send")
    for path in sorted((Path(app.config["ZURUF"].instance) / "outbox").glob("*.eml"),
                       reverse=True):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        body = "\n".join(str(mail.get_body((kind,)).get_content()) for kind in ("plain", "html"))
        if str(mail["To"]) == f"{who}@example.org" and words in body:
            return f"{mail['Subject']}\n{body}"
    raise AssertionError(f"no letter to {who} with {words}")


def test_gift_stands_beside_the_name_of_who_recommends(app: Flask, cast: Cast) -> None:
    """notify-33: a recommendation with a free sample, in subject, text, HTML and notice; one
    without says nothing.
    """
    want(cast, "eva", "recommendation")
    with committing():
        choose_accepts(cast.id("eva"), "members")
    sent = cast.post(cast.browser("cleo"), f"/products/{WINE}/recommend", audience="person",
                     person="eva", step="send", reason="Salzig, für Fisch gemacht.",
                     relation="free_sample", benefit="ein Glas im Keller")
    assert sent.status_code == 303, sent.get_data(as_text=True)
    found = letter_to(app, "eva", "thinks of you")
    label = "cleo (got it for free, got for it: ein Glas im Keller)"
    assert found.count(label) == 3
    assert "cleo (got it for free" in cast.browser("eva").get(
        "/account/notices").get_data(as_text=True)
    cast.post(cast.browser("dan"), f"/products/{WINE}/recommend", audience="person",
              person="eva", step="send", reason="Salzig, für Fisch gemacht.")
    assert "dan (" not in letter_to(app, "eva", "dan thinks of you")


def test_ambassador_of_a_group_who_invites_is_labelled(app: Flask, cast: Cast) -> None:
    """notify-33, groups-20: from the day both agreed; before that, and of others, nothing."""
    put_in(cast, OPEN, "moderator", "eva")
    want(cast, "dan", "join")
    want(cast, "cleo", "join")
    assert cast.post(cast.browser("gina"), f"/groups/{OPEN}/invites", handle="cleo"
                     ).status_code == 303
    assert "gina (" not in letter_to(app, "cleo", "lädt dich")
    asks(cast, "gina", f"/groups/{OPEN}", handle="eva", benefit="ein Buch im Jahr")
    agrees(cast, "eva")
    assert cast.post(cast.browser("eva"), f"/groups/{OPEN}/invites", handle="dan"
                     ).status_code == 303
    assert "eva (spricht für die Gruppe, bekam dafür: ein Buch im Jahr)" in letter_to(
        app, "dan", "lädt dich")
