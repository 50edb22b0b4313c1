"""Exclusions from groups: their line in the log, and who hears of appeals against them."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.groups.events import LetInAgain, PersonExcluded
from marketplace.groups.models import Exclusion, Group
from marketplace.groups.queries import carers
from marketplace.journal.actions import note
from marketplace.moderation.actions import end_appeal, log_exclusion
from marketplace.moderation.events import ExclusionAppealed, ExclusionJudged
from marketplace.moderation.models import ExclusionAppeal
from marketplace.notify.actions import letter, tell
from marketplace.notify.actions.reacting import name_of
from marketplace.notify.actions.rights import operators
from marketplace.notify.actions.telling import TOLD
from marketplace.people.models import Person


def log_out(event: PersonExcluded) -> None:
    """The public log says that a group keeps somebody out, and why."""
    log_exclusion(event.exclusion_id, event.by_id, event.reason, ended=False)


def log_in_again(event: LetInAgain) -> None:
    """The public log says so, and an appeal that waited has nothing left to decide."""
    log_exclusion(event.exclusion_id, event.by_id, event.reason, ended=True)
    end_appeal(event.exclusion_id)


def _case(appeal_id: int) -> tuple[ExclusionAppeal, Group]:
    appeal = db.session.get_one(ExclusionAppeal, appeal_id, populate_existing=True)
    return appeal, db.session.scalars(
        select(Group).join(Exclusion, Exclusion.group_id == Group.id)
        .where(Exclusion.id == appeal.exclusion_id)).one()


def take_appeal(event: ExclusionAppealed) -> None:
    """The person gets a receipt; the moderators of the group, and those who can decide, see that
    it waits.
    """
    row, group = _case(event.appeal_id)
    note("appeal.filed", None, "exclusion", row.exclusion_id)
    url = f"/moderation/exclusions/{row.exclusion_id}"
    tell(row.person_id, "appeal", f"out appeal {row.id}", "appeal_filed", url, number=row.number)
    lang = db.session.scalar(select(Person.lang).where(Person.id == row.person_id)) or "de"
    letter("appeal", "appeal", lang, person_id=row.person_id, args={
        "number": row.number, "url": url, "due": clock.in_zone(row.due_at).date().isoformat()})
    for person_id in carers(group.id):
        tell(person_id, "appeal", f"out appeal {row.id}", "exclusion_appealed",
             f"/groups/{group.slug}/care", TOLD, name=name_of(row.person_id), group=group.name)
    able = db.session.scalars(select(Person.id).where(
        Person.is_moderator, Person.state == "active", Person.id != row.first_by)).all()
    for person_id in able or operators():
        tell(person_id, "appeal", f"out waits {row.id}", "appeal_due",
             f"/moderation/appeals/groups/{row.number}")


def appeal_judged(event: ExclusionJudged) -> None:
    """The person and the moderators of the group read the result and its reasons."""
    row, group = _case(event.appeal_id)
    note("appeal.decided", None, "exclusion", row.exclusion_id)
    result = "upheld" if not event.changed else "back" if event.back else "changed"
    args = {"group": group.name, "name": name_of(row.person_id), "result": result, "facts": row.why}
    own = f"/moderation/exclusions/{row.exclusion_id}"
    told = dict.fromkeys(carers(group.id), f"/groups/{group.slug}/care") | {row.person_id: own}
    for person_id, url in told.items():
        tell(person_id, "appeal", f"out result {row.id}", "exclusion_judged", url,
             name=args["name"], group=group.name)
        lang = db.session.scalar(select(Person.lang).where(Person.id == person_id)) or "de"
        letter("appeal", "exclusion_judged", lang, person_id=person_id, args={**args, "url": url})
