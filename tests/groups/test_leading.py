"""Roles, handing over, invitations and exclusion, through the pages."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.groups.models import Exclusion, Invite, JoinRequest, Proposal
from marketplace.notify.models import Notice
from tests.cast import Cast
from tests.groups.hands import CLOSED, OPEN, SECRET, group, put_in, role

TOLD = "Drei Mal Werbung für den eigenen Laden."


def titles(cast: Cast, handle: str) -> set[str]:
    """What somebody was told."""
    return set(db.session.scalars(db.select(Notice.title).where(
        Notice.person_id == cast.id(handle))))


def test_founder_names_moderators_and_hands_over(cast: Cast) -> None:
    """groups-5: several moderators; founding goes to a member who accepts, who led stays on."""
    put_in(cast, OPEN, "member", "cleo", "eva")
    gina, cleo, eva = (cast.browser(name) for name in ("gina", "cleo", "eva"))
    people = f"/groups/{OPEN}/people"
    assert cast.post(cleo, f"{people}/eva/role", role="moderator").status_code == 403
    for handle in ("cleo", "eva"):
        assert cast.post(gina, f"{people}/{handle}/role", role="moderator").status_code == 303
    assert (role(cast, "cleo"), role(cast, "eva")) == ("moderator", "moderator")
    assert "role_given" in titles(cast, "cleo")
    assert cast.post(gina, f"/groups/{OPEN}/hand-over", handle="eva").status_code == 303
    assert "Take it over" in eva.get(people).get_data(as_text=True)
    assert cast.post(cleo, f"/groups/{OPEN}/hand-over/answer", answer="yes").status_code == 409
    assert cast.post(eva, f"/groups/{OPEN}/hand-over/answer", answer="yes").status_code == 303
    assert (role(cast, "eva"), role(cast, "gina")) == ("founder", "moderator")
    assert group().founder_id == cast.id("eva")


def test_who_leaves_last_opens_an_election(cast: Cast) -> None:
    """groups-5, groups-29: one click; a moderator follows the founder, else the members elect."""
    put_in(cast, OPEN, "member", "cleo")
    put_in(cast, OPEN, "moderator", "eva")
    assert cast.post(cast.browser("gina"), f"/groups/{OPEN}/leave").status_code == 303
    assert (role(cast, "gina"), role(cast, "eva")) == (None, "founder")
    assert cast.post(cast.browser("eva"), f"/groups/{OPEN}/leave").status_code == 303
    opened = db.session.scalars(db.select(Proposal.kind)).all()
    assert opened == ["election"]
    run_due()
    assert "election_opened" in titles(cast, "cleo")


def test_last_moderator_cannot_just_step_down(cast: Cast) -> None:
    """groups-5: alone in charge one hands over or leaves."""
    put_in(cast, OPEN, "moderator", "cleo")
    with committing():
        db.session.execute(db.text("UPDATE memberships SET role = 'member' WHERE role = 'founder'"))
        db.session.execute(db.text("UPDATE groups SET founder_id = NULL"))
    said = cast.post(cast.browser("cleo"), f"/groups/{OPEN}/step-down")
    assert said.status_code == 409 and role(cast, "cleo") == "moderator"


def test_link_lets_in_as_many_as_it_says(cast: Cast, client: FlaskClient) -> None:
    """groups-21: a secret group is entered by a link; used up or revoked it shows nothing."""
    gina = cast.browser("gina")
    page = cast.post(gina, f"/groups/{SECRET}/invites", uses="1").get_data(as_text=True)
    link = re.search(r"/invitations/[\w-]+", page)
    assert link is not None
    assert "Geheime Runde" in client.get(link[0]).get_data(as_text=True)
    assert db.session.scalar(db.select(Invite.hash)) not in link[0]
    cleo = cast.browser("cleo")
    assert cast.post(cleo, link[0]).location.endswith(SECRET)
    assert role(cast, "cleo", SECRET) == "member"
    late = client.get(link[0])
    assert late.status_code == 410 and "Geheime" not in late.get_data(as_text=True)
    assert cast.post(cast.browser("eva"), link[0]).status_code == 410
    assert role(cast, "eva", SECRET) is None


def test_link_ends_after_fourteen_days(cast: Cast, client: FlaskClient) -> None:
    """Spec 2: 14 days; what is revoked ends at once."""
    gina = cast.browser("gina")
    pages = [cast.post(gina, f"/groups/{OPEN}/invites").get_data(as_text=True) for _ in range(2)]
    links = [str(re.search(r"/invitations/[\w-]+", page)[0]) for page in pages]  # type: ignore[index]
    first = db.session.scalar(db.select(Invite.id).order_by(Invite.id))
    assert cast.post(gina, f"/groups/{OPEN}/invites/{first}/revoke").status_code == 303
    assert [client.get(link).status_code for link in links] == [410, 200]
    with time_machine.travel(clock.now() + timedelta(days=14, minutes=1), tick=False):
        assert client.get(links[1]).status_code == 410


def test_invited_by_name(cast: Cast) -> None:
    """groups-21, groups-27: by handle only; the person is told and may come in or not."""
    gina, cleo = cast.browser("gina"), cast.browser("cleo")
    assert cast.post(gina, f"/groups/{SECRET}/invites", handle="@cleo").status_code == 303
    assert "group_invite" in titles(cast, "cleo")
    assert "Geheime Runde" in cleo.get("/account/groups").get_data(as_text=True)
    asked = db.session.scalar(db.select(Invite.id))
    assert cast.post(cast.browser("eva"), f"/account/groups/invites/{asked}", answer="yes"
                     ).status_code == 410
    assert cast.post(cleo, f"/account/groups/invites/{asked}", answer="yes").status_code == 303
    assert role(cast, "cleo", SECRET) == "member"


def test_who_blocks_is_not_invited_and_nobody_learns_of_it(cast: Cast) -> None:
    """groups-27: the same answer, no notice; both may be members."""
    cast.post(cast.browser("cleo"), "/members/gina/block")
    said = cast.post(cast.browser("gina"), f"/groups/{SECRET}/invites", handle="cleo")
    assert said.status_code == 303
    assert "group_invite" not in titles(cast, "cleo")
    assert db.session.scalar(db.select(db.func.count(Invite.id))) == 0


def test_too_many_invitations_wait_for_tomorrow(cast: Cast) -> None:
    """groups-28: twenty a day."""
    gina = cast.browser("gina")
    codes = [cast.post(gina, f"/groups/{OPEN}/invites").status_code for _ in range(21)]
    assert codes == [200] * 20 + [429]


def test_excluded_with_reason_end_and_notice(cast: Cast) -> None:
    """groups-24: told with the reason, kept out until the day, let in again by a click."""
    put_in(cast, OPEN, "member", "cleo")
    gina, cleo = cast.browser("gina"), cast.browser("cleo")
    form = f"/groups/{OPEN}/people/cleo/exclude"
    faulty = cast.post(gina, form, reason="rule", rule="9", words="kurz", days="30")
    assert faulty.status_code == 422 and "kurz" in faulty.get_data(as_text=True)
    assert role(cast, "cleo") == "member"
    assert cast.post(gina, form, reason="advertising", words=TOLD, days="30").status_code == 303
    assert role(cast, "cleo") is None
    assert TOLD in cleo.get("/account/notices").get_data(as_text=True)
    assert cast.post(cleo, f"/groups/{OPEN}/join").status_code == 403
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        again = cast.browser("cleo")
        assert cast.post(again, f"/groups/{OPEN}/join").status_code == 303
        cast.post(again, f"/groups/{OPEN}/leave")
    assert cast.post(gina, f"/groups/{OPEN}/people/cleo/let-in").status_code == 303
    assert db.session.scalar(db.select(Exclusion.ended_at)) is not None
    assert cast.post(cleo, f"/groups/{OPEN}/join").status_code == 303


@pytest.mark.parametrize("handle", ["gina"])
def test_founder_is_not_excluded(cast: Cast, handle: str) -> None:
    """groups-23: moderators cannot turn on the founder or themselves."""
    put_in(cast, OPEN, "moderator", "cleo")
    said = cast.post(cast.browser("cleo"), f"/groups/{OPEN}/people/{handle}/exclude",
                     reason="spam", words=TOLD, days="7")
    assert said.status_code == 403 and role(cast, handle) == "founder"


def test_producers_do_not_read_where_members_want_it_so(cast: Cast) -> None:
    """groups-8: a closed group keeps staff of houses out and says so on its card; labels."""
    gina, ana = cast.browser("gina"), cast.browser("ana")
    kept = {"purpose": "Wir reden unter uns über Wein.", "producers": "not_reading"}
    assert cast.post(gina, f"/groups/{OPEN}/settings", **kept).status_code == 422
    assert cast.post(gina, f"/groups/{CLOSED}/settings", **kept).status_code == 303
    assert "Erzeuger lesen hier nicht" in ana.get(f"/groups/{CLOSED}").get_data(as_text=True)
    assert cast.post(ana, f"/groups/{CLOSED}/join", words="Bitte").status_code == 403
    assert db.session.scalar(db.select(db.func.count(JoinRequest.id))) == 0
    cast.post(ana, f"/groups/{OPEN}/join")
    assert "Erzeuger: Weingut Kaltbach" in gina.get(f"/groups/{OPEN}/people").get_data(as_text=True)


def test_questions_are_asked_and_answers_read(cast: Cast) -> None:
    """groups-4, spec 3.4: up to three questions; the moderators read question and answer."""
    gina = cast.browser("gina")
    asked = {"purpose": "Wir reden unter uns über Wein.", "questions": "Woher?\nWas trinkst du?"}
    assert cast.post(gina, f"/groups/{CLOSED}/settings", **asked).status_code == 303
    cleo = cast.browser("cleo")
    assert "Was trinkst du?" in cleo.get(f"/groups/{CLOSED}").get_data(as_text=True)
    cast.post(cleo, f"/groups/{CLOSED}/join", words_0="Aus Trier.", words_1="Riesling.")
    page = gina.get(f"/groups/{CLOSED}/care").get_data(as_text=True)
    assert "Woher? Aus Trier." in page and "Was trinkst du? Riesling." in page


def test_requests_are_reminded_of(cast: Cast) -> None:
    """groups-4, spec 3.4: after 7 days and once more after 14."""
    from marketplace.groups.actions.requests import remind_of_requests

    cast.post(cast.browser("cleo"), f"/groups/{CLOSED}/join", words="Bitte.")
    begin, told = clock.now(), []
    for days in (6, 7, 8, 14, 20):
        with time_machine.travel(begin + timedelta(days=days, minutes=1), tick=False), \
                committing():
            told.append(remind_of_requests())
    assert told == [0, 1, 0, 1, 0]
