"""A thread in a rush is told to the house it is about and to those who moderate."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.dialogue.models import Thread
from marketplace.foundation.database import db
from marketplace.groups.queries import carers
from marketplace.insights.events import ResonanceSeen
from marketplace.notify.actions import tell
from marketplace.notify.queries.objects import sees
from marketplace.people.models import Person
from marketplace.producers.queries import staff_of
from marketplace.producers.rules import may

RUSH = "rush"


def rush_seen(event: ResonanceSeen) -> None:
    """Those of the house who answer, moderators of the site, and of the group it stands in: who of
    them may read it. Changes notices, letters.
    """
    thread = db.session.get_one(Thread, event.thread_id)
    url = f"/threads/{thread.code}"
    for person_id in sorted(_receivers(thread)):
        if sees(person_id, url):
            tell(person_id, RUSH, f"rush {thread.id}", f"rush_{event.measure}", url,
                 title=thread.title, seen=event.seen)


def _receivers(thread: Thread) -> set[int]:
    """Loads: up to 3 statements."""
    found = set(db.session.scalars(select(Person.id).where(
        Person.is_moderator, Person.state == "active")))
    if thread.producer_id is not None:
        found |= {row.person_id for row in staff_of(thread.producer_id) if may(row.role, "answer")}
    if thread.group_id is not None:
        found |= set(carers(thread.group_id))
    return found
