"""Joining with a passkey alone: two fields, no password, and nobody locked out by it."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from os import urandom

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from flask.testing import FlaskClient

from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Conflict
from marketplace.people import actions
from marketplace.people.actions.joining import RESET_FOR
from marketplace.people.models import Account, Passkey, Person, RecoveryCode
from marketplace.people.views import signing
from tests.cast import PASSWORD, Cast

SIGN_UP = "/sign-up"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests type faster than people."""
    monkeypatch.setattr(signing, "LEAST_SECONDS", 0.0)


def signs(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def made(client: FlaskClient, challenge: str = "", origin: str = "http://localhost") -> str:
    """What a browser with a fresh key answers to the options of this site (WebAuthn level 2,
    attestation "none").
    """
    options = client.get("/sign-up/passkey?handle=nele").get_json()
    key = ec.generate_private_key(ec.SECP256R1()).public_key().public_numbers()
    number = urandom(16)
    cose = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: key.x.to_bytes(32, "big"),
                        -3: key.y.to_bytes(32, "big")})
    data = (sha256(b"localhost").digest() + bytes([0x45]) + bytes(4) + bytes(16)
            + len(number).to_bytes(2, "big") + number + cose)
    told = {"type": "webauthn.create", "challenge": challenge or options["challenge"],
            "origin": origin}
    return json.dumps({
        "id": signs(number), "rawId": signs(number), "type": "public-key", "response": {
            "clientDataJSON": signs(json.dumps(told).encode()),
            "attestationObject": signs(cbor2.dumps(
                {"fmt": "none", "attStmt": {}, "authData": data}))}})


def join(cast: Cast, client: FlaskClient, handle: str = "nele",
         email: str = "nele@example.org", **more: str):  # type: ignore[no-untyped-def]
    return cast.post(client, SIGN_UP, handle=handle, email=email,
                     **{"passkey": made(client), **more})


def account(handle: str = "nele") -> Account | None:
    db.session.rollback()
    return db.session.scalar(db.select(Account).join(Person, Person.id == Account.person_id)
                             .where(Person.handle == handle))


def test_two_fields_and_a_passkey_open_an_account(app: Flask, cast: Cast) -> None:
    """people-1: no password is stored, one is signed in, the key opens the account alone."""
    client = app.test_client()
    assert join(cast, client).status_code == 200
    known = account()
    assert known is not None and known.password_hash is None and known.has_factor
    assert client.get("/account/security").status_code == 200
    page = client.get("/account/security").get_data(as_text=True)
    assert "Ein Passwort setzen" in page
    assert db.session.scalar(db.select(db.func.count(Passkey.id))) == 1


def test_taken_and_free_address_answer_alike(app: Flask, cast: Cast) -> None:
    """people-2: the page of a passkey does not tell either; no key is kept for a taken address."""
    pages = []
    for handle, email in (("nele", "nele@example.org"), ("nils", "cleo@example.org")):
        sent = join(cast, app.test_client(), handle, email)
        pages.append((sent.status_code, sent.get_data(as_text=True).replace(email, "X")))
    assert pages[0] == pages[1]
    assert account("nils") is None
    assert db.session.scalar(db.select(db.func.count(Passkey.id))) == 1


@pytest.mark.parametrize("kind", [
    "replayed", "foreign origin", "own challenge", "nonsense", "used"])
def test_answers_that_are_none_open_nothing(app: Flask, cast: Cast, kind: str) -> None:
    """people-32: a challenge of ours, once, from this site; else nothing is kept."""
    client = app.test_client()
    sent = {"nonsense": "{}", "foreign origin": made(client, origin="http://evil.example"),
            "own challenge": made(client, challenge=signs(b"x" * 32)),
            "replayed": made(client), "used": _for_signing_in(client)}[kind]
    if kind == "replayed":
        join(cast, app.test_client(), "otto", "otto@example.org", passkey=sent)
    assert join(cast, client, passkey=sent).status_code == 422
    assert account() is None


def _for_signing_in(client: FlaskClient) -> str:
    """An answer to the challenge of another purpose."""
    return made(client, challenge=client.get("/sign-in/passkey").get_json()["challenge"])


def test_without_either_the_password_is_asked(app: Flask, cast: Cast) -> None:
    """people-1: an empty passkey is none; a bad handle stays beside its field."""
    assert join(cast, app.test_client(), passkey="").status_code == 422
    assert join(cast, app.test_client(), handle="9lives").status_code == 422
    assert account() is None


def test_last_passkey_stays_while_nothing_else_opens_the_account(app: Flask, cast: Cast) -> None:
    """people-32: dropping it is refused until there is a password."""
    client = app.test_client()
    join(cast, client)
    me, key = cast.id("nele"), db.session.scalar(db.select(Passkey.id))
    with pytest.raises(Conflict), committing():
        actions.drop_passkey(me, key)
    assert cast.post(client, f"/account/security/passkey/{key}/drop").status_code == 409
    cast.post(client, "/account/security/password", password="ein ganz anderer langer Satz")
    assert account().password_hash is not None
    cast.post(client, f"/account/security/passkey/{key}/drop")
    assert db.session.scalar(db.select(db.func.count(Passkey.id))) == 0
    assert not account().has_factor


def test_again_asks_for_no_password_that_is_not_there(app: Flask, cast: Cast) -> None:
    """people-22, people-32: closing after the ten minutes leads to the passkey, not to a field
    nobody can fill; a wrong password opens nothing.
    """
    client = app.test_client()
    join(cast, client)
    with committing():
        db.session.execute(db.text("UPDATE logins SET strong_until = NULL"))
    asked = client.get("/account/close")
    assert asked.status_code == 303 and "/account/again" in asked.location
    page = client.get(asked.location).get_data(as_text=True)
    assert 'name="password"' not in page and "data-passkey=" in page
    refused = cast.post(client, "/account/again", password=PASSWORD)
    assert refused.status_code == 422 and "noch kein Passwort" in refused.get_data(as_text=True)


def test_mailbox_wins_over_who_opened_the_account(app: Flask, cast: Cast) -> None:
    """people-32: somebody opened an account with an address that is not theirs; whoever reads the
    mail takes it over whole, and the stranger's passkey opens nothing any more.
    """
    stranger = app.test_client()
    join(cast, stranger)
    with committing():
        secret = actions.token_secret(
            actions.make_token(cast.id("nele"), "reset", RESET_FOR), "reset")
    hashed = actions.hash_password("ein ganz anderer langer Satz")
    with committing():
        actions.reset_password(secret, hashed)
    known = account()
    assert known.confirmed_at is not None and not known.has_factor
    for table in (Passkey, RecoveryCode):
        assert db.session.scalar(db.select(db.func.count(table.id))) == 0
    assert stranger.get("/account/security").status_code == 303
    owner = app.test_client()
    assert cast.post(owner, "/sign-in", email="nele@example.org",
                     password="ein ganz anderer langer Satz").status_code == 303
    assert owner.get("/account/security").status_code == 200


def test_reset_of_a_confirmed_account_keeps_its_factors(app: Flask, cast: Cast) -> None:
    """people-32: the mailbox alone is not the second factor of somebody who confirmed."""
    join(cast, app.test_client())
    with committing():
        me = cast.id("nele")
        actions.confirm(actions.token_secret(actions.make_token(me, "confirm", RESET_FOR),
                                             "confirm"))
        secret = actions.token_secret(actions.make_token(me, "reset", RESET_FOR), "reset")
    with committing():
        actions.reset_password(secret, actions_hash())
    assert account().has_factor and db.session.scalar(db.select(db.func.count(Passkey.id))) == 1


def actions_hash() -> str:
    return "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$aGFzaA"


def test_options_name_the_site_and_nobody(app: Flask) -> None:
    """people-2: the same for every handle, but for its name; keys live in the device."""
    client = app.test_client()
    options = client.get("/sign-up/passkey?handle=cleo").get_json()
    assert options["rp"]["id"] == "localhost" and options["user"]["name"] == "cleo"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["excludeCredentials"] == []
    assert len(urlsafe_b64decode(options["user"]["id"] + "==")) <= 64
