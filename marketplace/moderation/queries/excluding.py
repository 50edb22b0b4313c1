"""Appeals of people who are kept out of a group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.groups.models import Exclusion, Group
from marketplace.groups.queries import carers, exclusion
from marketplace.moderation.models import ExclusionAppeal
from marketplace.moderation.queries.appeals import why_not
from marketplace.moderation.queries.objects import Reported


@dataclass(frozen=True, slots=True)
class ExclusionCase:
    """An appeal with the exclusion it is about and the group."""

    appeal: ExclusionAppeal
    exclusion: Exclusion
    group: Group


@dataclass(frozen=True, slots=True)
class OwnExclusion:
    """A group keeps somebody out, and their appeal against it if there is one."""

    row: Exclusion
    group: Group
    appeal: ExclusionAppeal | None


def own_exclusion(exclusion_id: int, person_id: int) -> OwnExclusion | None:
    """An exclusion as the person sees it who is kept out, None for others. Loads: 2 statements."""
    found = exclusion(exclusion_id)
    if found is None or found[0].person_id != person_id:
        return None
    return OwnExclusion(*found, exclusion_appeal(exclusion_id))


def _cases() -> Any:
    return (select(ExclusionAppeal, Exclusion, Group)
            .join(Exclusion, Exclusion.id == ExclusionAppeal.exclusion_id)
            .join(Group, Group.id == Exclusion.group_id)
            .execution_options(populate_existing=True))


def exclusion_appeal(exclusion_id: int) -> ExclusionAppeal | None:
    """The appeal against an exclusion: each has one. Loads: 1 statement."""
    return db.session.scalar(select(ExclusionAppeal).where(
        ExclusionAppeal.exclusion_id == exclusion_id))


def exclusion_case(number: str) -> ExclusionCase | None:
    """An appeal against an exclusion by its number. Loads: 1 statement."""
    row = db.session.execute(_cases().where(ExclusionAppeal.number == number)).first()
    return ExclusionCase(*row) if row else None


def open_exclusion_cases(limit: int = 100) -> Sequence[ExclusionCase]:
    """What waits, overdue ones first, then what is due next. Loads: 1 statement."""
    rows = db.session.execute(
        _cases().where(ExclusionAppeal.result.is_(None))
        .order_by(ExclusionAppeal.due_at, ExclusionAppeal.id).limit(limit))
    return [ExclusionCase(*row) for row in rows]


def exclusion_refusal(person_id: int, case: ExclusionCase) -> str | None:
    """Why somebody cannot decide about an exclusion: "first" (excluded), "tied" (kept out, looks
    after the group, or tied to one who is), "others" (staff, while a moderator can); None if they
    can.
    """
    sides = {case.exclusion.by_id, *carers(case.group.id)}
    return why_not(person_id, {case.appeal.first_by},
                   Reported(case.exclusion.person_id, None, "", ""), sides)
