"""Keys for programs: made once, shown once, taken back; they open only what they say."""

from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import time_machine
from flask import Flask
from flask.testing import FlaskClient

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.people.actions.helping import reset_factor
from marketplace.people.actions.joining import change_password, make_token, reset_password
from marketplace.people.models import ApiToken, MailToken
from marketplace.people.queries.login import hashed
from tests.cast import Cast

SECRET = re.compile(r'id="secret">([\w-]{43})<')


def made(cast: Cast, who: str, *scopes: str, days: int = 90) -> str:
    """A key of somebody, by the form of their account."""
    sent = cast.post(cast.browser(who), "/account/tokens", name="Einkaufszettel",
                     scopes=list(scopes), days=days)
    page = sent.get_data(as_text=True)
    found = SECRET.search(page)
    assert found, re.sub(r"<[^>]+>\s*", " ", page)[:800]
    return found[1]


def bearer(secret: str) -> dict[str, str]:
    """What a program sends along."""
    return {"Authorization": f"Bearer {secret}"}


def tokens() -> list[ApiToken]:
    """All keys as they stand."""
    db.session.rollback()
    return list(db.session.scalars(db.select(ApiToken).order_by(ApiToken.id)))


def test_a_key_is_shown_once_and_kept_as_hash(cast: Cast, client: FlaskClient) -> None:
    """api-4 in part: hashed, shown once, revocable at once; the first signs alone open nothing."""
    secret = made(cast, "cleo", "orders:read")
    row = tokens()[0]
    assert secret not in (row.hash, row.prefix) and secret.startswith(row.prefix)
    page = cast.browser("cleo").get("/account/tokens").get_data(as_text=True)
    assert secret not in page and row.prefix in page and "Einkaufszettel" in page
    assert client.get("/api/v1/basket", headers=bearer(secret)).status_code == 200
    for wrong in ("", row.prefix, row.hash, secret[:-1], secret + "x", "ä" * 40, "x" * 5000):
        refused = client.get("/api/v1/basket", headers={
            "Authorization": f"Bearer {wrong}".encode("latin-1", "replace").decode("latin-1")})
        assert refused.status_code == 401, wrong[:50]
        assert refused.mimetype == "application/problem+json"
    assert cast.post(cast.browser("eva"), f"/account/tokens/{row.id}/revoke").status_code == 404
    assert client.get("/api/v1/basket", headers=bearer(secret)).status_code == 200
    assert cast.post(cast.browser("cleo"), f"/account/tokens/{row.id}/revoke").status_code == 303
    assert client.get("/api/v1/basket", headers=bearer(secret)).status_code == 401
    assert cast.post(cast.browser("cleo"), f"/account/tokens/{row.id}/revoke").status_code == 404


def test_a_key_ends(cast: Cast, client: FlaskClient) -> None:
    """A key of thirty days opens on the thirtieth and not after it."""
    secret = made(cast, "cleo", "orders:read", days=30)
    for days, status in ((29, 200), (31, 401)):
        with time_machine.travel(clock.now() + timedelta(days=days)):
            assert client.get("/api/v1/basket", headers=bearer(secret)).status_code == status


def test_a_key_opens_no_page_and_a_login_no_address_for_programs(cast: Cast, client: FlaskClient
                                                                 ) -> None:
    """api-4 in part: only its scopes; a browser's sign-in is not taken, so no form of another site
    can order.
    """
    secret = made(cast, "cleo", "orders:read")
    assert client.get("/account", headers=bearer(secret)).status_code in (302, 303, 401)
    assert client.post("/api/v1/basket/lines", headers=bearer(secret), json={}).status_code == 403
    assert cast.browser("cleo").get("/api/v1/basket").status_code == 401


def test_faults_of_the_form_keep_what_was_typed(cast: Cast) -> None:
    """Without name or scopes, with a scope or a time that does not exist: 422, none made."""
    cleo = cast.browser("cleo")
    for form in ({"name": "", "scopes": ["orders:read"], "days": 30}, {"name": "A", "days": 30},
                 {"name": "A", "scopes": ["operator"], "days": 30},
                 {"name": "A", "scopes": ["orders:read"], "days": 31}):
        answered = cast.post(cleo, "/account/tokens", **form)
        assert answered.status_code == 422 and not tokens()
        assert 'value="A"' in answered.get_data(as_text=True) or not form["name"]
    for _n in range(20):
        made(cast, "cleo", "orders:read")
    assert cast.post(cleo, "/account/tokens", name="A", scopes=["orders:read"],
                     days=30).status_code == 409 and len(tokens()) == 20


def test_keys_end_where_an_account_is_taken_back(cast: Cast, client: FlaskClient) -> None:
    """api-4 in part: a password lost and set anew by the mail ends them, as the operator's taking
    off of factors does; changing a password one knows does not.
    """
    olga = cast.id("olga")
    secret, other = made(cast, "cleo", "orders:read"), made(cast, "eva", "orders:read")
    assert client.get("/api/v1/basket", headers=bearer(secret)).status_code == 200
    with committing():
        token = make_token(cast.id("cleo"), "reset", timedelta(hours=1))
    with committing():
        db.session.execute(db.update(MailToken).where(MailToken.id == token).values(
            hash=hashed("from-the-mail")))
        reset_password("from-the-mail", "hash")
        reset_factor(olga, cast.id("eva"), "Ausweis am Telefon verglichen")
    for lost in (secret, other):
        assert client.get("/api/v1/basket", headers=bearer(lost)).status_code == 401
    kept, dan = made(cast, "dan", "orders:read"), cast.id("dan")
    with committing():
        change_password(dan, "hash", 0)
    assert client.get("/api/v1/basket", headers=bearer(kept)).status_code == 200


def letters_out(app: Flask) -> list[EmailMessage]:
    """What left, as it stands in the folder."""
    run_due(kind="notify.send")
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(
        (Path(app.config["ZURUF"].instance) / "outbox").glob("*.eml"))]


def test_who_makes_a_key_gets_a_letter_that_cannot_be_stopped(app: Flask, cast: Cast) -> None:
    """notify 3.1, account and security: at once, in words and HTML, with the key's name and the
    way to take it back, never with the secret; a form that was refused tells nobody.
    """
    cast.post(cast.browser("eva"), "/account/tokens", name="", scopes=["orders:read"], days=30)
    assert not letters_out(app)
    secret = made(cast, "eva", "orders:read")
    mail, = letters_out(app)
    assert mail["To"] == "eva@example.org" and mail["List-Unsubscribe"] is None
    assert mail["Subject"] == "A program may act for you from now on"
    for kind in ("plain", "html"):
        words = str(mail.get_body((kind,)).get_content())  # type: ignore[union-attr]
        assert "Einkaufszettel" in words and "/account/tokens" in words and secret not in words
