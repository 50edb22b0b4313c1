"""What a person wants to hear of, and on which way."""

from __future__ import annotations

from dataclasses import asdict, replace

from sqlalchemy import delete

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.notify.actions.stopping import hashes_of
from marketplace.notify.models import Choice, PaceRow, Stop
from marketplace.notify.queries.own import choices_of, pace_of
from marketplace.notify.rules import CLASSES, DIGEST, is_on
from marketplace.notify.rules.pace import Pace
from marketplace.people.actions import give_consent, withdraw_consent
from marketplace.people.queries import email_of

CHANNELS = ("app", "mail", "push")
TEXT_VERSION = "2026-11"
"""Of the words beside the switches."""


def choose(person_id: int, class_: str, channel: str, on: bool, place: str = "settings") -> None:
    """What a person wants of a class on a channel; must classes stay on here and by mail.

    An own Yes to mail lifts what the address had stopped by a link, and is kept as a consent
    where the law asks for one. Changes choices, stops, consents.
    """
    known = CLASSES[class_]
    if channel not in CHANNELS or (known.group == "must" if channel != "push" else not known.push):
        return
    before = is_on(class_, channel, choices_of(person_id))
    db.session.merge(Choice(person_id=person_id, class_=class_, channel=channel, on=on,
                            at=clock.now(), text_version=TEXT_VERSION, place=place))
    if channel == "mail" and on and not before:
        lift(person_id, class_)
    if channel == "mail" and known.group == "advertising":
        if on:
            give_consent(person_id, class_, TEXT_VERSION, place)
        else:
            withdraw_consent(person_id, class_)
    db.session.flush()


def lift(person_id: int, class_: str) -> None:
    """What a person's address stopped by a link of this class is over. Changes stops."""
    known = email_of(person_id)
    if known is not None:
        db.session.execute(delete(Stop).where(
            Stop.to_hash.in_(hashes_of(known[0])), Stop.class_.in_((class_, "all")),
            Stop.cause.in_(("click", "header"))))


def keep_pace(person_id: int, pace: Pace) -> None:
    """How many letters a person can bear, and when. Changes pace, stops."""
    row = db.session.get(PaceRow, person_id)
    if row is None:
        row = PaceRow(person_id=person_id, **asdict(pace))
        db.session.add(row)
    elif row.digest == "off" and pace.digest != "off":
        lift(person_id, DIGEST)
    for name, value in asdict(pace).items():
        setattr(row, name, value)
    db.session.flush()


def bring_back(person_id: int, class_: str) -> None:
    """A class that was ended by a link comes again. Changes choices, pace, stops."""
    if class_ == DIGEST:
        pace = pace_of(person_id)
        keep_pace(person_id, replace(pace, digest="weekly"))
        return
    choose(person_id, class_, "mail", True, place="unsubscribe")
