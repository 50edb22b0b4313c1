"""What a person tells once of what they like and need; health only with a consent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound, NotYours
from marketplace.foundation.events import announce
from marketplace.people.events import CheckInAnswered, WishChanged
from marketplace.people.models import Consent, HealthWish, Wish
from marketplace.people.rules import wishes as rules
from marketplace.people.rules.consents import HEALTH


def tell_wish(person_id: int, kind: str, value: Mapping[str, Any], subject_id: int | None = None,
              wish_id: int = 0) -> int:
    """Keep a wish, or put another value in its place; its id.

    Raises Invalid, Conflict, NotFound. Changes wishes; announces WishChanged.
    """
    if sentence := _sentence(rules.wish_fault(kind, value)):
        raise Invalid({"words": sentence})
    now = clock.now()
    row = _own(person_id, wish_id) if wish_id else _same(person_id, kind)
    if row is None:
        count = db.session.scalar(select(func.count()).where(Wish.person_id == person_id)) or 0
        if count >= rules.MOST_WISHES:
            raise Conflict(_("A hundred wishes are enough. Take one back first."))
        row = Wish(person_id=person_id, kind=kind, said_at=now)
        db.session.add(row)
    row.value, row.checked_at = dict(value), now
    row.subject_id = subject_id if row.kind in rules.BY_SUBJECT else None
    db.session.flush()
    announce(WishChanged(person_id, (row.kind,)))
    return row.id


def _same(person_id: int, kind: str) -> Wish | None:
    """The wish whose place a new one takes."""
    if kind not in rules.ONE_ONLY:
        return None
    return db.session.scalar(select(Wish).where(Wish.person_id == person_id, Wish.kind == kind))


def _own(person_id: int, wish_id: int) -> Wish:
    row = db.session.scalar(select(Wish).where(Wish.id == wish_id, Wish.person_id == person_id))
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    return row


def _sentence(fault: str | None) -> str | None:
    return {
        "kind": _("Please choose what it is."), "words": _("Please fill this in."),
        "long": _("At most 300 characters."),
        "amount": _("Please give an amount in euros, such as 15 or 15.50."),
        "way": _("Please choose one from the list."),
    }.get(fault or "")


def take_back_wish(person_id: int, wish_id: int) -> None:
    """The wish is gone. Raises NotFound. Changes wishes; announces WishChanged."""
    row = _own(person_id, wish_id)
    kind = row.kind
    db.session.delete(row)
    db.session.flush()
    announce(WishChanged(person_id, (kind,)))


def tell_health(person_id: int, kind: str, words: str) -> None:
    """Keep an allergy or a diet for one's own requests, under a consent that is in force.

    Raises NotYours without a consent, Invalid. Changes health_wishes.
    """
    consent = db.session.scalar(select(Consent.id).where(
        Consent.person_id == person_id, Consent.purpose == HEALTH, Consent.withdrawn_at.is_(None)))
    if consent is None:
        raise NotYours(_("Allergies and diets are kept only if you agree to that first."))
    if kind not in rules.HEALTH_KINDS:
        raise Invalid({"kind": _("Please choose what it is.")})
    if not words.strip() or len(words) > 200:
        raise Invalid({"health": _("1 to 200 characters.")})
    db.session.add(HealthWish(person_id=person_id, kind=kind, value=words.strip(),
                              consent_id=consent))
    db.session.flush()


def take_back_health(person_id: int, wish_id: int | None = None) -> None:
    """One of them, or all, are gone. Changes health_wishes."""
    gone = delete(HealthWish).where(HealthWish.person_id == person_id)
    db.session.execute(gone if wish_id is None else gone.where(HealthWish.id == wish_id))


def answer_check_in(person_id: int, answer: str) -> str:
    """What one click in the yearly question does; where to go then: wishes, notices or close.

    "fits" and "change" note that the wishes were looked at, "less" leads to what reaches the
    person, "leave" to the closing page; nothing else changes. Raises Invalid. Changes wishes;
    announces CheckInAnswered.
    """
    if answer not in rules.CHECK_IN:
        raise Invalid({"answer": _("Please choose one from the list.")})
    if answer in ("fits", "change"):
        db.session.execute(update(Wish).where(Wish.person_id == person_id)
                           .values(checked_at=clock.now()))
    announce(CheckInAnswered(person_id, answer))
    return {"fits": "wishes", "change": "wishes", "less": "notices", "leave": "close"}[answer]
