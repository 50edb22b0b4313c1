"""Staff and members' data: only with a case or a yes, seen by the member, written in the log."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.people import actions
from marketplace.people.models import Person, PersonSighting
from marketplace.people.queries import factors_of
from tests.cast import Cast
from tests.people.test_factors import set_up

WHY = "Fall 12, Frage nach der Adresse"


def looks(cast: Cast, handle: str, why: str = WHY) -> tuple[int, str]:
    """Olga looks a member up."""
    sent = cast.post(cast.browser("olga"), "/operator/members?lang=en", handle=handle, why=why)
    return sent.status_code, sent.get_data(as_text=True)


def test_no_case_no_look(cast: Cast) -> None:
    """people-28: without an open case or consent the access is refused and leaves nothing."""
    status, page = looks(cast, "cleo")
    assert status == 403 and "cleo@example.org" not in page
    assert db.session.scalar(sa.select(sa.func.count(PersonSighting.id))) == 0


def test_a_look_with_consent_is_read_by_the_person(cast: Cast) -> None:
    """people-28: a yes opens the data, each look leaves a sighting; the yes is taken back."""
    cleo = cast.browser("cleo")
    assert cast.post(cleo, "/account/privacy/help").status_code == 303
    assert looks(cast, "cleo", "kurz")[0] == 422
    status, page = looks(cast, "cleo")
    assert status == 200 and "cleo@example.org" in page
    own = cleo.get("/account/privacy?lang=en").get_data(as_text=True)
    assert WHY in own and "@olga, operator" in own
    cast.post(cleo, "/account/privacy/consents/staff_help/withdraw")
    assert looks(cast, "cleo")[0] == 403


def test_an_open_case_opens_the_data(cast: Cast) -> None:
    """people-28: an open matter about the person is a case."""
    sent = cast.post(cast.browser("eva"), "/moderation/report/person/cleo", kind="off_topic",
                     words="Falsch.", step="send")
    assert sent.status_code in (200, 303), sent.get_data(as_text=True)
    assert looks(cast, "cleo")[0] == 200


def acts(cast: Cast, handle: str, act: str, why: str) -> int:
    """Olga does something with a member's account."""
    return int(cast.post(cast.browser("olga"), f"/operator/members/{handle}/act", act=act,
                         why=why).status_code)


def test_acts_stand_in_the_audit_log_with_their_reason(cast: Cast) -> None:
    """people-31: roles, a reset factor and a closed account; without a reason nothing is done."""
    client, _paper = set_up(cast, "cleo")
    assert acts(cast, "cleo", "factor", "kurz") == 422
    assert factors_of(cast.id("cleo")).app
    assert acts(cast, "cleo", "factor", "Ausweis am Telefon verglichen") == 303
    assert not factors_of(cast.id("cleo")).app and client.get("/account").status_code == 303
    assert acts(cast, "dan", "moderator-on", "Hat sich beworben, gewählt") == 303
    assert acts(cast, "dan", "moderator-off", "Auf eigenen Wunsch") == 303
    assert acts(cast, "olga", "operator-off", "Versuch an sich selbst") == 422
    assert acts(cast, "dan", "close", "Wunsch per Brief, geprüft") == 303
    got = [tuple(row) for row in db.session.execute(sa.text(
        "SELECT action, why FROM audit_log ORDER BY n"))]
    assert got == [("factor_reset", "Ausweis am Telefon verglichen"),
                   ("role_given", "moderator: Hat sich beworben, gewählt"),
                   ("role_taken", "moderator: Auf eigenen Wunsch"),
                   ("account_closed", "Wunsch per Brief, geprüft")]


def test_many_fresh_accounts_are_closed_in_one_step(cast: Cast) -> None:
    """3.4: fresh ones without an order only; each is in the log."""
    with committing():
        db.session.execute(sa.update(Person).where(Person.handle == "gina").values(
            joined_on=clock.today() - timedelta(days=31)))
    sent = cast.post(cast.browser("olga"), "/operator/members/close",
                     handles="@dan\neva\ngina\nolga\nniemand", why="Maschine, gleiche Sekunde")
    assert sent.status_code == 303
    states = dict(db.session.execute(sa.select(Person.handle, Person.state)).all())
    assert {who for who, state in states.items() if state == "closing"} == {"dan", "eva"}
    assert db.session.scalar(sa.text("SELECT count(*) FROM audit_log")) == 2


def test_command_for_the_first_operator_stays(cast: Cast) -> None:
    """The command line makes the first operator: nobody is there yet who could give a reason."""
    with committing():
        actions.make_operator("dan", "dan@example.org", "x")
    assert db.session.scalar(sa.select(Person.is_operator).where(Person.handle == "dan"))
