"""Keeping somebody out, with a reason they read and a way to object."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotYours
from marketplace.foundation.events import announce
from marketplace.groups.actions.belonging import demand_care, leave, take_request_back
from marketplace.groups.events import PersonExcluded
from marketplace.groups.models import Exclusion, Group
from marketplace.groups.queries import is_excluded, role_in, rules_of

REASONS = ("rule", "harassment", "advertising", "spam", "off_topic")
DAYS = (7, 30, 365, 0)
"""For how long; 0 is until the moderators let the person in again."""


def exclude(group: Group, by: int, person_id: int, reason: str, rule_number: int | None,
            words: str, days: int) -> None:
    """End a membership and keep the person out. Raises NotYours, Invalid, Conflict.

    Changes exclusions, memberships; announces PersonExcluded.
    """
    demand_care(group.id, by)
    faults = {}
    if reason not in REASONS:
        faults["reason"] = _("Please choose one of the reasons.")
    if reason == "rule" and not 1 <= (rule_number or 0) <= len(rules_of(group.id)):
        faults["rule"] = _("Which rule of the group? Please name its number.")
    if not 10 <= len(words) <= 280:
        faults["words"] = _("Say what happened, in 10 to 280 characters. The person reads it.")
    if days not in DAYS:
        faults["days"] = _("Please choose how long.")
    if faults:
        raise Invalid(faults)
    if person_id == by or role_in(group.id, person_id) == "founder":
        raise NotYours(_("The founder and you yourself cannot be excluded."))
    if is_excluded(group.id, person_id):
        raise Conflict(_("This person is excluded already."))
    now = clock.now()
    db.session.add(Exclusion(
        group_id=group.id, person_id=person_id, reason=reason,
        rule_number=rule_number if reason == "rule" else None, words=words, by_id=by, at=now,
        until=now + timedelta(days=days) if days else None))
    db.session.flush()
    take_request_back(group.id, person_id)
    leave(group.id, person_id)
    announce(PersonExcluded(group.id, person_id, words))


def let_in_again(group: Group, by: int, person_id: int) -> None:
    """End an exclusion; twice is once. Raises NotYours. Changes exclusions."""
    demand_care(group.id, by)
    db.session.execute(
        update(Exclusion).where(Exclusion.group_id == group.id, Exclusion.person_id == person_id,
                                Exclusion.ended_at.is_(None))
        .values(ended_at=clock.now()).execution_options(synchronize_session=False))
