"""Another handle: the old one leads on for a year, nobody else gets it for two."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid
from marketplace.foundation.events import announce
from marketplace.people.actions.joining import handle_sentence, taken
from marketplace.people.events import PersonChanged
from marketplace.people.models import OldHandle, Person
from marketplace.people.rules import accounts as rules
from marketplace.web.formats import day


def change_handle(person_id: int, typed: str) -> None:
    """Take another handle; every word of the person stands under it at once.

    Raises Invalid: form, reserved, taken, or less than 90 days after the last change. Changes
    people, old_handles; announces PersonChanged.
    """
    folded, who = rules.folded_handle(typed), db.session.get_one(Person, person_id)
    if folded == who.handle_folded:
        raise Invalid({"handle": _("That is your handle already.")})
    changed = who.handle_changed_on
    if changed and clock.today() < changed + timedelta(days=rules.HANDLE_REST_DAYS):
        due = changed + timedelta(days=rules.HANDLE_REST_DAYS)
        raise Invalid({"handle": _("A handle changes once in 90 days; the next time on %(day)s.",
                                   day=day(due))})
    if sentence := handle_sentence(folded):
        raise Invalid({"handle": sentence})
    own = db.session.scalar(select(OldHandle).where(OldHandle.handle_folded == folded,
                                                    OldHandle.person_id == person_id))
    if own is not None:
        db.session.delete(own)
        db.session.flush()
    elif taken(folded):
        raise Invalid({"handle": _("Somebody has this name already.")})
    db.session.add(OldHandle(
        handle_folded=who.handle_folded, person_id=person_id,
        until=clock.today() + timedelta(days=rules.HANDLE_FREE_DAYS)))
    who.handle = who.handle_folded = folded
    who.handle_changed_on = clock.today()
    db.session.flush()
    announce(PersonChanged(person_id, ("handle",)))
