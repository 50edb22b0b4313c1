"""What time brings: appeals that are overdue, and removed words that nobody needs any more."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import aliased

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.moderation.actions.carrying import EMPTY
from marketplace.moderation.models import Appeal, Decision, ExclusionAppeal, Matter
from marketplace.moderation.rules import appeal_until
from marketplace.notify.actions import tell
from marketplace.notify.actions.telling import TOLD
from marketplace.people.models import Person

SHORTEST = timedelta(days=180)
"""Six months are never shorter than this; the day itself is looked at one by one."""
AT_ONCE = 200
Waiting = TypeVar("Waiting", Appeal, ExclusionAppeal)


def remind_of_appeals() -> int:
    """Moderators, who did not decide first, and the operator hear of appeals that are overdue, once
    for each; how many. Changes appeals, exclusion_appeals, notices, letters.
    """
    people = db.session.execute(
        select(Person.id, Person.is_operator).where(
            Person.state == "active", Person.is_moderator | Person.is_operator)
        .order_by(Person.id)).all()
    late: list[tuple[Appeal | ExclusionAppeal, str]] = [
        *((row, "appeals") for row in _overdue(Appeal)),
        *((row, "appeals/groups") for row in _overdue(ExclusionAppeal))]
    for row, address in late:
        for one in people:
            if one.is_operator or one.id != row.first_by:
                tell(one.id, "appeal", f"overdue {row.number}", "appeal_overdue",
                     f"/moderation/{address}/{row.number}", TOLD, number=row.number,
                     day=clock.in_zone(row.due_at).date().isoformat())
    return len(late)


def _overdue(table: type[Waiting]) -> list[Waiting]:
    """Appeals nobody was reminded of yet, marked as such."""
    rows = list(db.session.scalars(
        select(table).where(table.result.is_(None), table.due_at <= clock.now(),
                            table.reminded_at.is_(None))
        .order_by(table.id).limit(AT_ONCE).with_for_update(skip_locked=True)).all())
    for row in rows:
        row.reminded_at = clock.now()
    db.session.flush()
    return rows


def empty_old() -> int:
    """Words removed six months ago are emptied where they are kept, unless a procedure about them
    runs; how many. The decision and the place of the words stay.

    Changes decisions and the tables of the rooms that own the words.
    """
    rows = db.session.execute(
        select(Decision, Matter).join(Matter, Matter.id == Decision.matter_id).where(
            Decision.measure == "remove", Decision.replaced_by.is_(None),
            Decision.emptied_at.is_(None), Decision.at < clock.now() - SHORTEST, ~_runs())
        .order_by(Decision.id).limit(AT_ONCE)).all()
    count = 0
    for decision, matter in rows:
        if clock.today() > appeal_until(clock.in_zone(decision.at).date()):
            if matter.object_kind in EMPTY:
                EMPTY[matter.object_kind](matter.object_id)
            db.session.execute(update(Decision).where(Decision.id == decision.id)
                               .values(emptied_at=clock.now()))
            count += 1
    return count


def _runs() -> ColumnElement[bool]:
    """Whether an appeal waits, or another matter about the same words is not decided."""
    other = aliased(Matter)
    return exists().where(
        other.object_kind == Matter.object_kind, other.object_id == Matter.object_id,
        other.state.in_(("open", "waiting_author", "appealed"))) | exists().where(
        Appeal.decision_id == Decision.id, Appeal.result.is_(None))
