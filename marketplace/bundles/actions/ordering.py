"""Moderators of a group order its list of bundles by hand."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace.bundles.models import Bundle
from marketplace.bundles.queries.ordering import in_group_order
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid, NotFound, NotYours
from marketplace.groups.models import Group
from marketplace.groups.queries import role_in
from marketplace.groups.rules import may_care, part_of

STEPS = {"up": -1, "down": 1}


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a bundle stands now: its place, from 1, and of how many."""

    slug: str
    title: str
    place: int
    all: int


def move_in_group(group_id: int, by: int, slug: str, step: str) -> Moved:
    """Put a bundle one place further up or down in the list of its group; at an end it stays.

    Raises NotYours, NotFound, Invalid. Changes bundles: all places of the list.
    """
    _demand_care(group_id, by)
    if step not in STEPS:
        raise Invalid({"step": _("Please choose one of these.")})
    # one at a time for each group, so that two moderators never give one place twice
    db.session.scalar(select(Group.id).where(Group.id == group_id).with_for_update())
    rows = list(in_group_order(group_id, lock=True))
    place = next((n for n, row in enumerate(rows) if row.slug == slug), None)
    if place is None:
        raise NotFound(_("There is no such bundle here."))
    other = min(max(place + STEPS[step], 0), len(rows) - 1)
    rows[place], rows[other] = rows[other], rows[place]
    for n, row in enumerate(rows, start=1):
        row.group_pos = n
    db.session.flush()
    return Moved(slug, rows[other].title, other + 1, len(rows))


def end_group_order(group_id: int, by: int) -> None:
    """The list of a group has no order of its own any more. Raises NotYours. Changes bundles."""
    _demand_care(group_id, by)
    db.session.execute(update(Bundle).where(Bundle.group_id == group_id).values(group_pos=None)
                       .execution_options(synchronize_session=False))


def _demand_care(group_id: int, by: int) -> None:
    if not may_care(part_of(role_in(group_id, by), True)):
        raise NotYours(_("Moderators of the group decide this."))
