"""Closing in three clicks, coming back, and being forgotten everywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.orders.rules.documents import kept_until
from marketplace.people import actions
from marketplace.people.actions.erasing import folded_hash
from marketplace.people.actions.joining import taken
from marketplace.people.actions.sweeping import close_inactive, drop_unconfirmed, warn_inactive
from marketplace.people.jobs import LOG, erase, erase_again, sweep
from marketplace.people.models import Account, Closing, OldHandle, Person
from tests.cast import PASSWORD, Cast
from tests.web.places import everything

HELD = frozenset((
    "orders", "seller_orders", "order_lines", "order_history", "documents", "withdrawals",
    "complaints", "complaint_steps", "parcels", "refunds", "payments", "payment_notices",
    "audit_log", "moderation_log"))
"""Rows that a law or a log of the house keeps, each with its own date."""


@pytest.fixture
def lived(app: Flask, cast: Cast) -> Iterator[Cast]:
    """The filled market, in which cleo wrote, ordered and told much."""
    everything(app, cast)
    cleo = cast.browser("cleo")
    sent = cast.post(cleo, "/account/profile", display_name="Cleopatra Weitblick", lang="de",
                     about="Ich sammle Leuchttürme.", region="Spiekeroog", languages="Wolof")
    assert sent.status_code == 303
    for path, data in (("/members/eva/follow", {}), ("/members/eva/trust", {"subject": "wine"}),
                       ("/account/handle", {"handle": "cleo-weitblick"})):
        assert cast.post(cleo, path, **data).status_code == 303
    run_due()
    yield cast


WORDS = ("cleo-weitblick", "Cleopatra Weitblick", "Leuchttürme", "Spiekeroog", "Wolof",
         "cleo@example.org", "Deich 1", "Mit Forelle und Butter", "Passt er zu Spargel",
         "Oder ist er dafür zu salzig")


def found(words: tuple[str, ...]) -> dict[str, set[str]]:
    """Tables in which the words stand, by word."""
    seen: dict[str, set[str]] = {}
    for table in db.metadata.tables.values():
        for row in db.session.execute(sa.select(table)):
            text = " ".join(json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list)
                            else str(value) for value in row).lower()
            for word in words:
                if word.lower() in text:
                    seen.setdefault(word, set()).add(table.name)
    db.session.rollback()
    return seen


def test_nothing_of_a_person_is_left(lived: Cast, app: Flask) -> None:
    """people-21: no handle, name, e-mail, address or word outside held rows; repeated, the same."""
    cleo = lived.id("cleo-weitblick")
    assert {"people", "accounts", "addresses", "posts"} <= set().union(*found(WORDS).values())
    with committing():
        actions.begin_closing(cleo, "delete", "Genug.")
    db.session.rollback()
    erase(cleo)
    run_due()
    left = {word: tables - HELD for word, tables in found(WORDS).items() if tables - HELD}
    assert not left
    outbox = Path(app.config["ZURUF"].instance)
    assert lived.app.test_client().get("/members/cleo-weitblick").status_code == 404
    assert '"person_key"' in (outbox / LOG).read_text()
    erase(cleo)
    assert len((outbox / LOG).read_text().splitlines()) == 1
    (outbox / LOG).unlink()


def test_held_rows_carry_their_date(lived: Cast) -> None:
    """people-21: what law keeps is named with its last day, by the year of the invoice."""
    cleo = lived.id("cleo-weitblick")
    latest = db.session.scalar(sa.text("SELECT max(keep_until) FROM documents"))
    db.session.rollback()
    erase(cleo)
    kept = db.session.scalar(sa.text("SELECT held_until FROM erasures"))
    assert str(kept) == str(latest) and str(kept).endswith("-12-31")
    (Path(lived.app.config["ZURUF"].instance) / LOG).unlink()


@pytest.mark.parametrize(("country", "day"), [
    ("DE", "2034-12-31"), ("AT", "2033-12-31"), ("CH", "2036-12-31")])
def test_years_of_the_law(country: str, day: str) -> None:
    """people-21, the vectors of 3.9: an order of 2026-03-05."""
    from datetime import date

    assert kept_until(date(2026, 3, 5), country).isoformat() == day


def test_words_may_stay_without_a_name(lived: Cast) -> None:
    """3.9: "keep" leaves words as a former member's, and no name anywhere."""
    cleo = lived.id("cleo-weitblick")
    erase_keeping(cleo)
    left = {word: tables - HELD for word, tables in found(WORDS).items() if tables - HELD}
    assert set(left) <= {"Passt er zu Spargel", "Oder ist er dafür zu salzig"}
    thread = db.session.scalar(sa.text("SELECT code FROM threads WHERE kind = 'question'"))
    page = lived.app.test_client().get(f"/threads/{thread}?lang=en").get_data(as_text=True)
    assert "too salty" in page or "zu salzig" in page
    assert "former member" in page
    (Path(lived.app.config["ZURUF"].instance) / LOG).unlink()


def erase_keeping(person_id: int) -> None:
    """Close with the choice to keep words, and erase."""
    with committing():
        actions.begin_closing(person_id, "keep")
    db.session.rollback()
    erase(person_id)


def test_former_handle_is_kept_from_others_without_being_there(cast: Cast) -> None:
    """people-10, people-21: nobody takes a former handle for 730 days, also of who was erased."""
    cleo = cast.id("cleo")
    with committing():
        actions.change_handle(cleo, "cleo-neu")
    assert taken("cleo")
    db.session.rollback()
    erase_keeping(cleo)
    assert taken("cleo")
    kept = db.session.scalars(sa.select(OldHandle.handle_folded)).all()
    assert kept == [folded_hash("cleo")]
    (Path(cast.app.config["ZURUF"].instance) / LOG).unlink()


def test_closing_in_three_clicks(cast: Cast) -> None:
    """people-22: account, close, the button; one page, no second question, reason optional."""
    cleo = cast.browser("cleo")
    door = cleo.get("/account?lang=en").get_data(as_text=True)
    assert 'href="/account/close' in door
    page = cleo.get("/account/close?lang=en").get_data(as_text=True)
    assert not re.search(r"really|sure\?|discount|sorry|miss you|stay with us", page, re.I)
    sent = cast.post(cleo, "/account/close", choice="keep")
    assert sent.status_code == 303 and sent.location.endswith("/")
    assert cleo.get("/account").status_code == 303
    assert cast.app.test_client().get("/members/cleo").status_code == 404
    row = db.session.execute(sa.select(Closing.words_choice, Closing.reason)).one()
    assert tuple(row) == ("keep", None)


def test_closing_asks_who_one_is_on_the_same_page(cast: Cast) -> None:
    """people-22, 3.5: after ten minutes the password is asked on the page itself."""
    cleo = cast.browser("cleo")
    with committing():
        db.session.execute(sa.text("UPDATE logins SET strong_until = NULL"))
    assert cast.post(cleo, "/account/close", choice="keep").status_code == 422
    assert cast.post(cleo, "/account/close", choice="keep", password=PASSWORD).status_code == 303


def test_coming_back_within_seven_days(cast: Cast, app: Flask) -> None:
    """3.9: the link in the mail opens the account again, once."""
    from marketplace.people.actions.joining import token_secret

    cleo = cast.id("cleo")
    with committing():
        actions.begin_closing(cleo, "delete")
    token = db.session.scalar(sa.text("SELECT max(id) FROM mail_tokens"))
    secret = token_secret(int(token), "undo_close")
    client = app.test_client()
    assert client.get(f"/account/reopen/{secret}").status_code == 200
    assert cast.post(client, f"/account/reopen/{secret}").status_code == 303
    assert cast.post(client, f"/account/reopen/{secret}").status_code == 404
    assert app.test_client().get("/members/cleo").status_code == 200
    sweep()
    assert db.session.scalar(sa.select(Person.state).where(Person.id == cleo)) == "active"


def test_sweep_erases_when_the_week_is_over(cast: Cast) -> None:
    """3.9: seven days after closing the job erases; not before."""
    cleo = cast.id("cleo")
    with committing():
        actions.begin_closing(cleo, "delete")
    sweep()
    assert db.session.scalar(sa.select(Person.state).where(Person.id == cleo)) == "closing"
    with committing():
        db.session.execute(sa.update(Closing).values(erase_at=clock.now()))
    sweep()
    assert db.session.scalar(sa.select(Person.state).where(Person.id == cleo)) == "erased"
    (Path(cast.app.config["ZURUF"].instance) / LOG).unlink()


def test_restored_backup_is_cleaned_again(cast: Cast) -> None:
    """6: erasures of the file outside the database are executed on a database that forgot them."""
    cleo = cast.id("cleo")
    log = Path(cast.app.config["ZURUF"].instance) / LOG
    log.write_text(json.dumps({"person_key": actions.person_key(cleo), "done_at": "x"}) + "\n")
    db.session.rollback()
    assert erase_again() == 1
    assert db.session.scalar(sa.select(Person.state).where(Person.id == cleo)) == "erased"
    assert erase_again() == 0
    log.unlink()


def test_inactive_people_are_warned_then_closed(cast: Cast) -> None:
    """people-23: 24 months, a letter, 30 days, closed; a sign-in takes it back."""
    cleo, eva = cast.id("cleo"), cast.id("eva")
    with committing():
        db.session.execute(sa.update(Account).where(Account.person_id.in_((cleo, eva))).values(
            active_on=clock.today() - timedelta(days=731)))
    with committing():
        assert warn_inactive() == 2
    with committing():
        db.session.execute(sa.update(Account).values(warned_at=sa.case(
            (Account.warned_at.is_not(None), clock.now() - timedelta(days=31)))))
        db.session.execute(sa.update(Account).where(Account.person_id == eva).values(
            active_on=clock.today()))
    with committing():
        assert warn_inactive() == 0 and close_inactive() == 1
    states = dict(db.session.execute(sa.select(Person.id, Person.state).where(
        Person.id.in_((cleo, eva)))).all())
    assert states == {cleo: "closing", eva: "active"}


def test_open_order_keeps_an_account(cast: Cast) -> None:
    """people-23: not while an order is open."""
    from tests.stories.test_circle import order_by

    cleo = cast.browser("cleo")
    order_by(cast, cleo, "riesling-vom-schiefer")
    with committing():
        db.session.execute(sa.update(Account).values(
            active_on=clock.today() - timedelta(days=731)))
    with committing():
        warned = warn_inactive()
    told = db.session.scalar(sa.select(Account.warned_at).where(
        Account.person_id == cast.id("cleo")))
    assert told is None and warned == 7


def test_unconfirmed_accounts_go_after_two_weeks(cast: Cast) -> None:
    """3.1: unconfirmed accounts without an order go after 14 days."""
    with committing():
        db.session.execute(sa.update(Account).where(Account.person_id.in_(
            (cast.id("dan"), cast.id("eva")))).values(confirmed_at=None))
        db.session.execute(sa.update(Person).where(Person.id == cast.id("dan")).values(
            joined_on=clock.today() - timedelta(days=15)))
    with committing():
        assert drop_unconfirmed() == 1
    assert db.session.scalar(sa.select(Person.state).where(
        Person.id == cast.id("dan"))) == "closing"


def test_operator_closes_with_a_reason(cast: Cast) -> None:
    """people-31: closing another's account announces OperatorActed and stands in the audit log."""
    with committing():
        actions.close_for(cast.id("olga"), cast.id("dan"), "keep", "Wunsch per Brief, geprüft")
    row = db.session.execute(sa.text("SELECT action, why FROM audit_log")).one()
    assert tuple(row) == ("account_closed", "Wunsch per Brief, geprüft")
