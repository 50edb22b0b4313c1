"""What a decision takes away from a group, and how it comes back."""

from __future__ import annotations

from sqlalchemy import delete

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import announce
from marketplace.groups.events import GroupChanged
from marketplace.groups.models import Group, HiddenGroup

NAMELESS = {"de": "Gruppe", "en": "Group"}
FIELDS = ("name", "purpose", "region", "questions")


def hide_group(group_id: int, hidden: bool) -> None:
    """Name and texts of a group go, or come back where its moderators wrote nothing anew; members,
    topics and address stay. Changes groups, hidden_groups; announces GroupChanged.
    """
    group = db.session.get_one(Group, group_id, populate_existing=True)
    kept = db.session.get(HiddenGroup, group_id, populate_existing=True)
    nameless = f"{NAMELESS.get(group.lang, NAMELESS['en'])} {group.id}"
    if hidden:
        now = {name: getattr(group, name) for name in FIELDS}
        if kept is None:
            db.session.add(HiddenGroup(group_id=group_id, at=clock.now(), **now))
        else:
            for name, value in now.items():
                if value and value != nameless:
                    setattr(kept, name, value)
        group.name, group.purpose, group.region, group.questions = nameless, "", None, ""
    elif kept is not None:
        group.name = kept.name if group.name == nameless else group.name
        for name in FIELDS[1:]:
            setattr(group, name, getattr(group, name) or getattr(kept, name))
        db.session.delete(kept)
    db.session.flush()
    announce(GroupChanged(group_id))


def empty_group(group_id: int) -> None:
    """What was removed long ago is kept no longer; the group goes on without a name. Changes
    hidden_groups.
    """
    db.session.execute(delete(HiddenGroup).where(HiddenGroup.group_id == group_id))
