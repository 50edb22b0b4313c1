"""The village, bad input: names that look alike, a block at every door, links of the erased."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.groups.models import Ambassador, Invite
from marketplace.notify.models import Choice, Notice, Stop
from marketplace.people import actions
from marketplace.people.jobs import LOG, erase
from marketplace.people.models import Follow, Person, Trust
from marketplace.people.views import signing
from marketplace.recommend.models import Recommendation
from marketplace.web.tokens import sign
from tests.cast import Cast
from tests.groups.hands import OPEN, SECRET, put_in
from tests.web.places import WINE


@pytest.mark.parametrize("handle", [
    "\N{CYRILLIC SMALL LETTER ES}leo", "cle\N{GREEK SMALL LETTER OMICRON}", "CLEO", "c\u00adleo",
    "cleo\u200b", "weingut-kaltbach", "ｃｌｅｏ", "cleo ", "cle\u0301o"])
def test_no_handle_looks_like_another(
    app: Flask, cast: Cast, handle: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """people 3.2: other scripts, hidden signs, wide letters, capitals, names of houses: 422, and
    nobody is added.
    """
    monkeypatch.setattr(signing, "LEAST_SECONDS", 0.0)
    before = db.session.scalar(sa.select(sa.func.count(Person.id)))
    db.session.rollback()
    sent = cast.post(app.test_client(), "/sign-up", handle=handle, email="neu@example.org",
                     password="ein langer eigener Satz")
    assert sent.status_code == 422
    assert db.session.scalar(sa.select(sa.func.count(Person.id))) == before


def knocks(cast: Cast, who: str, other: str) -> dict[str, int]:
    """The status of every door through which somebody may be reached."""
    browser = cast.browser(who)
    doors = {
        "follow": (f"/members/{other}/follow", {}),
        "trust": (f"/members/{other}/trust", {"subject": "wine"}),
        "recommend": (f"/products/{WINE}/recommend", {
            "audience": "person", "person": other, "step": "send", "reason": "Salzig und klar."}),
        "invite": (f"/groups/{SECRET}/invites", {"handle": other}),
        "ambassador": (f"/ambassadors/new?for=/groups/{OPEN}", {
            "handle": other, "words": "Du redest so schön davon.", "benefit": "nichts"}),
        "mention": (f"/threads/new?about=/groups/{OPEN}", {
            "kind": "topic", "openness": "public", "step": "send", "title": f"An @{other}",
            "words": f"Was meint @{other}?"}),
    }
    found = {name: cast.post(browser, path, **form).status_code
             for name, (path, form) in doors.items()}
    run_due()
    db.session.rollback()
    return found


@pytest.mark.parametrize("by", ["eva", "gina"])
def test_blocked_person_reaches_nobody_through_any_door(cast: Cast, by: str) -> None:
    """people-8, groups-27: eva and gina are blocked, whoever did it: each door answers as it does
    towards somebody who accepts nothing, and nothing of gina's stands anywhere with eva.
    """
    put_in(cast, OPEN, "member", "eva")
    other = "gina" if by == "eva" else "eva"
    with committing():
        actions.block(cast.id(by), cast.id(other))
    got = knocks(cast, "gina", "eva")
    assert got == {"follow": got["follow"], "trust": got["trust"], "recommend": 422,
                   "invite": 303, "ambassador": 303, "mention": 303}
    eva = cast.id("eva")
    for table, column in ((Follow, Follow.followed_id), (Trust, Trust.trusted_id),
                          (Invite, Invite.person_id), (Recommendation, Recommendation.person_id)):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(table).where(
            column == eva)) == 0, table
    heard = [row for row in db.session.scalars(sa.select(Notice).where(Notice.person_id == eva))
             if row.class_ != "group_news"]
    assert heard == []
    assert db.session.scalar(sa.select(Ambassador.state)) == "offered"
    mine = cast.browser("eva")
    for address in ("/account/ambassadors", "/account/groups", "/account/notices"):
        assert "schön davon" not in mine.get(address).get_data(as_text=True), address


def test_link_in_an_old_letter_of_an_erased_account(app: Flask, cast: Cast) -> None:
    """notify 6: the page says that it is over; the button changes nothing and fails for nobody."""
    cleo = cast.id("cleo")
    token = sign("stop", ["p", cleo, "answer"])
    with committing():
        actions.begin_closing(cleo, "delete")
    db.session.rollback()
    closing = app.test_client().get(f"/unsubscribe/{token}")
    assert closing.status_code == 200
    erase(cleo)
    page = app.test_client().get(f"/unsubscribe/{token}")
    assert page.status_code == 200 and "Schon beendet" in page.get_data(as_text=True)
    sent = app.test_client(use_cookies=False).post(
        f"/unsubscribe/{token}", data={"List-Unsubscribe": "One-Click"})
    assert sent.status_code == 200
    for table in (Stop, Choice):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(table)) == 0
    (Path(app.config["ZURUF"].instance) / LOG).unlink()


def test_one_invitation_is_used_once_by_one_person(cast: Cast) -> None:
    """groups 6: the same link pressed twice by the same person is one membership and one use; a
    personal one answered twice is gone.
    """
    import re

    page = cast.post(cast.browser("gina"), f"/groups/{SECRET}/invites", uses="2").get_data(
        as_text=True)
    link = re.search(r"/invitations/[\w-]+", page)
    assert link is not None
    cleo = cast.browser("cleo")
    for _time in range(2):
        assert cast.post(cleo, link[0]).status_code in (303, 410)
    db.session.rollback()
    assert db.session.scalar(sa.text("SELECT count(*) FROM memberships WHERE person_id = :it "
                                     "AND left_at IS NULL"), {"it": cast.id("cleo")}) == 1
    assert db.session.scalar(sa.select(Invite.uses_left)) == 1
    cast.post(cast.browser("gina"), f"/groups/{SECRET}/invites", handle="eva")
    asked = db.session.scalar(sa.select(sa.func.max(Invite.id)))
    eva = cast.browser("eva")
    assert cast.post(eva, f"/account/groups/invites/{asked}", answer="no").status_code == 303
    assert cast.post(eva, f"/account/groups/invites/{asked}", answer="yes").status_code == 410
