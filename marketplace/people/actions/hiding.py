"""What a decision takes away from a profile, and how it comes back."""

from __future__ import annotations

from sqlalchemy import delete

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import announce
from marketplace.people.events import PersonChanged
from marketplace.people.models import HiddenProfile, Person

FIELDS = ("display_name", "about", "region", "languages", "picture_file")


def hide_profile(person_id: int, hidden: bool) -> None:
    """Free words, picture and display name go, or come back where nothing was written anew; the
    account and all else of the person stay. Changes people, hidden_profiles; announces.
    """
    who = db.session.get_one(Person, person_id, populate_existing=True)
    kept = db.session.get(HiddenProfile, person_id, populate_existing=True)
    if hidden:
        kept = kept or HiddenProfile(person_id=person_id, at=clock.now())
        db.session.add(kept)
    elif kept is None or who.state == "erased":
        return
    source, target = (who, kept) if hidden else (kept, who)
    for name in FIELDS:
        value = getattr(source, name)
        if value and (hidden or not getattr(target, name)):
            setattr(target, name, value)
        if hidden:
            setattr(who, name, None)
    db.session.flush()
    if not hidden:
        db.session.delete(kept)
        db.session.flush()
    announce(PersonChanged(person_id, FIELDS))


def empty_profile(person_id: int) -> None:
    """What was removed long ago is kept no longer; what was written anew stays. Changes
    hidden_profiles.
    """
    db.session.execute(delete(HiddenProfile).where(HiddenProfile.person_id == person_id))
