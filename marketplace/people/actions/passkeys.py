"""Passkeys: asked for with a challenge of ours, answered once.

The library for them is loaded when it is needed: it takes a quarter of a second.
"""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from marketplace.foundation import clock
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import announce
from marketplace.people.actions.factors import factors_changed, first_codes
from marketplace.people.actions.joining import join
from marketplace.people.events import FactorChanged
from marketplace.people.models import Passkey, Person, UsedChallenge
from marketplace.people.queries.factors import passkey_by, passkey_ids
from marketplace.people.queries.login import has_password, hashed
from marketplace.web.market import market_name, place_of_site
from marketplace.web.tokens import sign, unsign

LASTS_SECONDS, MOST_PASSKEYS = 300, 20
KNOWN_STATES = ("active", "suspended")


def can_passkeys() -> bool:
    """Whether this site has a name; browsers make no passkeys for bare numbers."""
    try:
        ip_address(place_of_site()[0])
    except ValueError:
        return True
    return False


def _challenge(purpose: str) -> bytes:
    return sign(f"passkey {purpose}", [secret_code(128), int(time.time())]).encode()


def asked_new(person_id: int, handle: str) -> str:
    """What a browser needs to make a passkey, as JSON. Loads: 1 statement."""
    return _asked_to_make("add", sign("passkey owner", person_id), handle, passkey_ids(person_id))


def asked_to_join(handle: str) -> str:
    """What a browser needs to make the passkey of somebody who is about to join, as JSON."""
    return _asked_to_make("join", secret_code(256), handle, ())


def _asked_to_make(purpose: str, owner: str, handle: str, known: Sequence[str]) -> str:
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    return options_to_json(generate_registration_options(
        rp_id=place_of_site()[0], rp_name=market_name(),
        user_id=owner.encode()[:64], user_name=handle,
        challenge=_challenge(purpose), exclude_credentials=_described(known),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED)))


def asked(person_id: int | None) -> str:
    """What a browser needs to answer with a passkey, as JSON; any of the device without a person.
    """
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers.structs import UserVerificationRequirement

    known = passkey_ids(person_id) if person_id else ()
    return options_to_json(generate_authentication_options(
        rp_id=place_of_site()[0], challenge=_challenge("use"), allow_credentials=_described(known),
        user_verification=UserVerificationRequirement.REQUIRED))


def _described(ids: Sequence[str]) -> list[Any]:
    from webauthn import base64url_to_bytes
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in ids]


def _refused() -> Invalid:
    return Invalid({"passkey": _("This passkey did not work here. Please try once more, or use "
                                 "another way.")})


def _answered(purpose: str, typed: str) -> tuple[Mapping[str, Any], bytes]:
    """The answer as JSON and its challenge: ours, fresh, of this purpose, not answered before."""
    try:
        answer = json.loads(typed[:20_000])
        client = json.loads(_decoded(answer["response"]["clientDataJSON"]))
        challenge = _decoded(client["challenge"])
        made = unsign(f"passkey {purpose}", challenge.decode())
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise _refused() from fault
    if not isinstance(made, list) or time.time() - int(made[1]) > LASTS_SECONDS:
        raise _refused()
    try:
        with db.session.begin_nested():
            db.session.add(UsedChallenge(hash=hashed(challenge.decode()), used_at=clock.now()))
    except IntegrityError as fault:
        raise _refused() from fault
    return answer, challenge


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def add_passkey(person_id: int, typed: str, name: str) -> list[str]:
    """Keep a fresh passkey; codes for paper if it is the first factor.

    Raises Invalid, Conflict. Changes passkeys, recovery_codes, accounts; announces FactorChanged.
    """
    answer, challenge = _answered("add", typed)
    if len(passkey_ids(person_id)) >= MOST_PASSKEYS:
        raise Conflict(_("Twenty passkeys are enough. Remove one first."))
    _keep(person_id, _made(answer, challenge), name)
    announce(FactorChanged(person_id, "passkey_added"))
    return first_codes(person_id)


def join_by_passkey(handle: str, email: str, typed: str, lang: str) -> Person | None:
    """Open an account without a password; None when the address has one.

    Raises Invalid. Changes as `join`, and passkeys; announces as `join`.
    """
    answer, challenge = _answered("join", typed)
    seen = _made(answer, challenge)
    who = join(handle, email, None, lang)
    if who is not None:
        _keep(who.id, seen, "")
        factors_changed(who.id)
    return who


def _keep(person_id: int, seen: Any, name: str) -> None:
    db.session.add(Passkey(
        person_id=person_id, credential_id=_text(seen.credential_id),
        public_key=seen.credential_public_key, sign_count=seen.sign_count,
        name=name[:40] or _("Passkey"), made_at=clock.now()))
    db.session.flush()


def _made(answer: Mapping[str, Any], challenge: bytes) -> Any:
    """The key in an answer, checked. Raises Invalid."""
    from webauthn import verify_registration_response
    from webauthn.helpers.exceptions import WebAuthnException

    rp_id, origin = place_of_site()
    try:
        return verify_registration_response(
            credential=dict(answer), expected_challenge=challenge, expected_rp_id=rp_id,
            expected_origin=origin, require_user_verification=True)
    except WebAuthnException as fault:
        raise _refused() from fault


def _text(number: bytes) -> str:
    return urlsafe_b64encode(number).decode().rstrip("=")


def use_passkey(typed: str, person_id: int | None = None) -> int:
    """Whose passkey this is; of this person only, if one is named. Raises Invalid.

    Changes passkeys, used_challenges.
    """
    answer, challenge = _answered("use", typed)
    known = passkey_by(str(answer.get("id", "")))
    if known is None or (person_id is not None and known.person_id != person_id):
        raise _refused()
    count = _signed(answer, challenge, known)
    state = db.session.scalar(select(Person.state).where(Person.id == known.person_id))
    if state not in KNOWN_STATES:
        raise _refused()
    db.session.execute(update(Passkey).where(Passkey.id == known.id).values(
        sign_count=count, used_on=clock.today()))
    return known.person_id


def _signed(answer: Mapping[str, Any], challenge: bytes, known: Passkey) -> int:
    """How often the key says it was used, where its signature is good. Raises Invalid."""
    from webauthn import verify_authentication_response
    from webauthn.helpers.exceptions import WebAuthnException

    rp_id, origin = place_of_site()
    try:
        return verify_authentication_response(
            credential=dict(answer), expected_challenge=challenge, expected_rp_id=rp_id,
            expected_origin=origin, credential_public_key=known.public_key,
            credential_current_sign_count=known.sign_count,
            require_user_verification=True).new_sign_count
    except WebAuthnException as fault:
        raise _refused() from fault


def drop_passkey(person_id: int, passkey_id: int) -> None:
    """One passkey less. Raises Conflict where nothing else opens the account.

    Changes passkeys, recovery_codes, accounts; announces FactorChanged.
    """
    if not has_password(person_id) and len(passkey_ids(person_id)) < 2:
        raise Conflict(_("Nothing else opens your account. Set a password first, or add another "
                         "passkey."))
    gone = db.session.execute(delete(Passkey).where(
        Passkey.id == passkey_id, Passkey.person_id == person_id))
    if gone.rowcount:  # type: ignore[attr-defined]
        announce(FactorChanged(person_id, "passkey_removed"))
    factors_changed(person_id)
