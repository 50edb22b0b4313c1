"""Keeping somebody out, with a reason they read; and letting them in again."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotYours
from marketplace.foundation.events import announce
from marketplace.groups.actions.belonging import demand_care, leave, take_request_back
from marketplace.groups.events import LetInAgain, MemberJoined, PersonExcluded
from marketplace.groups.models import Exclusion, Group, Membership
from marketplace.groups.queries import is_excluded, reads_for_a_house, role_in, rules_of
from marketplace.groups.queries.excluding import REASONS

DAYS = (7, 30, 365, 0)
"""For how long; 0 is until the moderators let the person in again."""
AT_ONCE = timedelta(seconds=1)
"""A membership that ended within this time after an exclusion ended by it: one change did both."""


def exclude(group: Group, by: int, person_id: int, reason: str, rule_number: int | None,
            words: str, days: int) -> None:
    """End a membership and keep the person out. Raises NotYours, Invalid, Conflict.

    Changes exclusions, memberships; announces PersonExcluded.
    """
    demand_care(group.id, by)
    _check(group.id, reason, rule_number, words, days)
    if person_id == by or role_in(group.id, person_id) == "founder":
        raise NotYours(_("The founder and you yourself cannot be excluded."))
    if is_excluded(group.id, person_id):
        raise Conflict(_("This person is excluded already."))
    now = clock.now()
    _end(group.id, person_id)  # one that ran out still holds the place of the one that runs
    row = Exclusion(
        group_id=group.id, person_id=person_id, reason=reason,
        rule_number=rule_number if reason == "rule" else None, words=words, by_id=by, at=now,
        until=now + timedelta(days=days) if days else None)
    db.session.add(row)
    db.session.flush()
    take_request_back(group.id, person_id)
    leave(group.id, person_id)
    announce(PersonExcluded(row.id, group.id, person_id, by, reason, words))


def _check(group_id: int, reason: str, rule_number: int | None, words: str, days: int) -> None:
    """Refuse an exclusion without its reasons. Raises Invalid."""
    faults = {}
    if reason not in REASONS:
        faults["reason"] = _("Please choose one of the reasons.")
    if reason == "rule" and not 1 <= (rule_number or 0) <= len(rules_of(group_id)):
        faults["rule"] = _("Which rule of the group? Please name its number.")
    if not 10 <= len(words) <= 280:
        faults["words"] = _("Say what happened, in 10 to 280 characters. The person reads it.")
    if days not in DAYS:
        faults["days"] = _("Please choose how long.")
    if faults:
        raise Invalid(faults)


def _end(group_id: int, person_id: int) -> None:
    db.session.execute(
        update(Exclusion).where(Exclusion.group_id == group_id, Exclusion.person_id == person_id,
                                Exclusion.ended_at.is_(None))
        .values(ended_at=clock.now()).execution_options(synchronize_session=False))


def let_in_again(group: Group, by: int, person_id: int) -> None:
    """End an exclusion; twice is once. Raises NotYours.

    Changes exclusions; announces LetInAgain where one held.
    """
    demand_care(group.id, by)
    row = db.session.scalar(
        select(Exclusion).where(Exclusion.group_id == group.id, Exclusion.person_id == person_id,
                                Exclusion.ended_at.is_(None)).with_for_update())
    if row is None:
        return
    held = is_excluded(group.id, person_id)
    _end(group.id, person_id)
    if held:
        announce(LetInAgain(row.id, group.id, person_id, by, row.reason))


def lift_exclusion(exclusion_id: int) -> bool:
    """End an exclusion because the moderation of the market decided so; who belonged before
    belongs again, in the same role. Whether they do; twice is once.

    Changes exclusions, memberships, groups; announces MemberJoined.
    """
    row = db.session.get_one(Exclusion, exclusion_id)
    group = db.session.get_one(Group, row.group_id)
    db.session.execute(update(Exclusion).where(
        Exclusion.id == exclusion_id, Exclusion.ended_at.is_(None)).values(ended_at=clock.now())
        .execution_options(synchronize_session=False))
    ended = _ended_by(row)
    reads = group.producers == "not_reading" and reads_for_a_house(row.person_id)
    if ended is None or group.state == "ended" or reads or is_excluded(group.id, row.person_id):
        return False
    db.session.execute(update(Membership).where(Membership.id == ended).values(left_at=None)
                       .execution_options(synchronize_session=False))
    db.session.execute(update(Group).where(Group.id == group.id)
                       .values(member_count=Group.member_count + 1)
                       .execution_options(synchronize_session=False))
    announce(MemberJoined(group.id, row.person_id))
    return True


def _ended_by(row: Exclusion) -> int | None:
    """The membership that an exclusion ended, unless the person came and went since then."""
    last = db.session.execute(
        select(Membership.id, Membership.left_at).where(
            Membership.group_id == row.group_id, Membership.person_id == row.person_id)
        .order_by(Membership.id.desc()).limit(1)).first()
    if last is None or last.left_at is None:
        return None
    return last.id if row.at <= last.left_at <= row.at + AT_ONCE else None


def keep_line(exclusion_id: int, n: int) -> None:
    """Remember which line of the public log tells of an exclusion. Changes exclusions."""
    db.session.execute(update(Exclusion).where(Exclusion.id == exclusion_id).values(log_n=n)
                       .execution_options(synchronize_session=False))
