"""A second factor: set up, used once, demanded of staff; all pages of it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.people import actions
from marketplace.people.models import Account, Login
from marketplace.people.queries import app_secret, factors_of
from marketplace.people.rules.factors import ALWAYS, demanded, is_staff_page
from tests.cast import PASSWORD, Cast


def set_up(cast: Cast, who: str) -> tuple[FlaskClient, list[str]]:
    """A browser of somebody who has just set up a code app, and their codes on paper."""
    client = cast.browser(who)
    assert cast.post(client, "/account/security/app/new").status_code == 303
    assert client.get("/account/security/app").status_code == 200
    shown = cast.post(client, "/account/security/app", code=digits(cast, who))
    assert shown.status_code == 200
    return client, re.findall(r"<li>(\w{5}-\w{5})</li>", shown.get_data(as_text=True))


def digits(cast: Cast, who: str, beside: int = 0) -> str:
    """What the app of this person shows now, or `beside` half minutes later."""
    known = app_secret(cast.id(who))
    assert known is not None
    return pyotp.TOTP(known[0]).at(clock.now() + timedelta(seconds=30 * beside))


def with_password(cast: Cast, who: str) -> FlaskClient:
    """A fresh browser after the password."""
    client = cast.app.test_client()
    client.get("/sign-in")
    sent = cast.post(client, "/sign-in", email=f"{who}@example.org", password=PASSWORD)
    assert sent.status_code == 303
    return client


def is_in(client: FlaskClient) -> bool:
    """Whether somebody is signed in."""
    return client.get("/account").status_code == 200


def test_code_and_paper_pass_once(cast: Cast) -> None:
    """people-32: code and recovery sign-in each pass once and fail when replayed."""
    _client, paper = set_up(cast, "cleo")
    assert len(paper) == 10
    first = with_password(cast, "cleo")
    assert not is_in(first)
    code = digits(cast, "cleo", 1)
    assert cast.post(first, "/sign-in/code", code=code).status_code == 303
    assert is_in(first)
    second = with_password(cast, "cleo")
    assert cast.post(second, "/sign-in/code", code=code).status_code == 422
    assert not is_in(second)
    assert cast.post(second, "/sign-in/code", code=paper[0].upper()).status_code == 303
    assert is_in(second)
    third = with_password(cast, "cleo")
    assert cast.post(third, "/sign-in/code", code=paper[0]).status_code == 422
    assert not is_in(third)
    assert factors_of(cast.id("cleo")).recovery_left == 9


def test_sixth_code_in_ten_minutes_is_refused(cast: Cast) -> None:
    """3.4: five codes per 10 minutes; then the right one is refused as well."""
    set_up(cast, "cleo")
    client = with_password(cast, "cleo")
    tries = [cast.post(client, "/sign-in/code", code=f"00000{n}").status_code for n in range(6)]
    assert tries[-1] == 429 and set(tries[:4]) == {422}
    assert cast.post(client, "/sign-in/code", code=digits(cast, "cleo", 1)).status_code == 429
    assert not is_in(client)


def test_second_step_needs_the_first(cast: Cast) -> None:
    """No password, no field for a code."""
    client = cast.app.test_client()
    assert client.get("/sign-in/code").status_code == 303
    assert cast.post(client, "/sign-in/code", code="123456").status_code in (303, 401)


@pytest.mark.parametrize("path", [
    "/account/security/app/new", "/account/security/paper", "/account/security/app/drop",
    "/account/security/email", "/account/security/password", "/account/security/passkey"])
def test_dangerous_things_ask_again_after_ten_minutes(cast: Cast, path: str) -> None:
    """3.5: the strong window is 10 minutes; nothing happens before the person shows again."""
    client = cast.browser("cleo")
    with committing():
        db.session.execute(db.update(Login).values(strong_until=clock.now()))
    sent = cast.post(client, path, email="new@example.org", password=PASSWORD + "!")
    assert sent.status_code == 303 and "/account/again" in sent.location
    wrong = cast.post(client, "/account/again", password="not this one at all")
    assert wrong.status_code == 422
    right = cast.post(client, "/account/again", password=PASSWORD, next="/account/security/email")
    assert right.location == "/account/security/email"
    assert client.get("/account/security/email").status_code == 200


def test_password_change_ends_all_other_logins(cast: Cast) -> None:
    """3.5: the browser that changes the password stays, all others are out."""
    here, there = cast.browser("cleo"), cast.browser("cleo")
    sent = cast.post(here, "/account/security/password", password="quite another phrase, longer")
    assert sent.status_code == 303
    assert is_in(here) and not is_in(there)


def test_logins_end_one_and_all_others(cast: Cast) -> None:
    """The list of logins ends one, or all but this."""
    here, there, third = (cast.browser("cleo") for _n in range(3))
    ids = db.session.scalars(db.select(Login.id).order_by(Login.id.desc()).limit(3)).all()
    cast.post(here, f"/account/security/{ids[1]}/end")
    assert is_in(here) and is_in(third) and not is_in(there)
    cast.post(here, "/account/security/end-others")
    assert is_in(here) and not is_in(third)


def test_factor_is_demanded_from_its_day() -> None:
    """3.5: operator and moderator at once, owners from their day, nobody who has one."""
    day = date(2026, 3, 8)
    assert demanded(True, None, False) == ALWAYS
    assert demanded(False, day, False) == day
    assert demanded(True, day, True) is None and demanded(False, None, False) is None


def test_public_moderation_pages_are_no_staff_pages() -> None:
    """The log, a report and an author's answer are for everybody."""
    closed = ("/studio", "/studio/orders", "/operator/assortment", "/moderation",
              "/moderation/K7M3Q9TB")
    open_ = ("/", "/moderation/log", "/moderation/log.csv", "/moderation/report/product/x",
             "/moderation/reports/abc", "/moderation/answers/K7", "/studios")
    assert [p for p in closed if not is_staff_page(p)] == []
    assert [p for p in open_ if is_staff_page(p)] == []


def test_staff_without_factor_reach_no_staff_page(cast: Cast, app: Flask) -> None:
    """people-32: no studio, moderation or operator page after the date; with one, all again."""
    with committing():
        db.session.execute(db.update(Account).where(Account.person_id == cast.id("ana")).values(
            second_factor_by=clock.today()))
        db.session.execute(db.update(Account).where(Account.person_id == cast.id("bert")).values(
            second_factor_by=clock.today() + timedelta(days=1)))
    app.config["ZURUF_DEMO"] = False
    try:
        got = {who: cast.browser(who).get(path).status_code for who, path in (
            ("ana", "/studio/orders"), ("bert", "/studio/orders"), ("max", "/moderation"),
            ("olga", "/operator/assortment"))}
        assert got == {"ana": 303, "bert": 200, "max": 303, "olga": 303}
        client, _paper = set_up(cast, "ana")
        assert client.get("/studio/orders").status_code == 200
    finally:
        app.config["ZURUF_DEMO"] = True


def test_payout_account_takes_the_code_app_and_paper(cast: Cast) -> None:
    """The second factor of `payments` takes the digits of the app and a code on paper."""
    _client, paper = set_up(cast, "ana")
    ana = cast.id("ana")
    with committing():
        assert actions.use_code(ana, "bank account", digits(cast, "ana", 1))
        assert actions.use_code(ana, "bank account", paper[3])
        assert not actions.use_code(ana, "bank account", paper[3])


def test_new_owner_gets_a_week(cast: Cast) -> None:
    """3.5: producer staff with role owner 7 days after the role."""
    by = db.session.scalar(db.select(Account.second_factor_by).where(
        Account.person_id == cast.id("ana")))
    assert by == clock.today() + timedelta(days=7)
