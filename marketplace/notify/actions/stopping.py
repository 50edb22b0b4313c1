"""Ending letters with one click, by the address or the person, and undoing it at once."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import announce
from marketplace.notify.events import ClassStopped
from marketplace.notify.models import Choice, PaceRow, Stop
from marketplace.notify.queries.own import choices_of, pace_of
from marketplace.notify.rules import CLASSES, DIGEST, is_on
from marketplace.people.actions import withdraw_consent
from marketplace.people.queries import email_of, has_consent
from marketplace.web.tokens import keyed_hash

ALL = "all"


def address_hash(email: str) -> str:
    """How a stopped address is remembered."""
    return keyed_hash("stop", email.strip().lower())


def hashes_of(email: str) -> tuple[str, str]:
    """Both forms in which a stop of this address may stand; the second was made before 2026-12."""
    return address_hash(email), sha256(f"stop:{email.strip().lower()}".encode()).hexdigest()


def is_stopped(email: str, class_: str) -> bool:
    """Whether an address wants no letters of a class. Loads: 1 statement."""
    return db.session.scalar(select(Stop.cause).where(
        Stop.to_hash.in_(hashes_of(email)), Stop.class_.in_((class_, ALL))).limit(1)) is not None


def stop(email: str, class_: str, cause: str) -> None:
    """An address wants a class no longer. Changes stops."""
    keep_stop(address_hash(email), class_, cause)


def stop_hash(to_hash: str, class_: str, cause: str) -> None:
    """A guest's address wants a class no longer. Changes stops, class_health, journal."""
    keep_stop(to_hash, class_, cause)
    announce(ClassStopped(class_, None))


def stop_person(person_id: int, class_: str, cause: str, everything: bool = False) -> Sequence[str]:
    """A person wants a class by mail no longer, or nothing that is not required; the classes
    that ended. Beats later imports and defaults. Changes choices, pace, consents, stops,
    class_health, journal.
    """
    known = email_of(person_id)
    wanted = [class_] if not everything else [
        name for name, one in CLASSES.items() if one.group != "must"]
    running = [name for name in wanted if runs(person_id, name)]
    for name in running:
        _off(person_id, name)
    if known is not None:
        keep_stop(address_hash(known[0]), ALL if everything else class_, cause)
    announce(ClassStopped(class_, person_id))
    return running


def runs(person_id: int, class_: str) -> bool:
    """Whether letters of a class come to a person as things stand."""
    if class_ == DIGEST:
        return pace_of(person_id).digest != "off"
    if CLASSES[class_].group == "advertising":
        return has_consent(person_id, class_)
    return is_on(class_, "mail", choices_of(person_id))


def _off(person_id: int, class_: str) -> None:
    if class_ == DIGEST:
        db.session.execute(update(PaceRow).where(PaceRow.person_id == person_id)
                           .values(digest="off"))
        return
    db.session.merge(Choice(person_id=person_id, class_=class_, channel="mail", on=False,
                            at=clock.now(), place="unsubscribe"))
    if CLASSES[class_].group == "advertising":
        withdraw_consent(person_id, class_)
    db.session.flush()


def keep_stop(to_hash: str, class_: str, cause: str) -> None:
    """Remember that an address wants a class, or all that is optional, no longer. Changes stops."""
    db.session.merge(Stop(to_hash=to_hash, class_=class_, cause=cause, at=clock.now()))
    db.session.flush()
