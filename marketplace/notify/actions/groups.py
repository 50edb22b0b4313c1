"""News of groups and their dates; handlers of the reactions table."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from marketplace.dialogue.events import ThreadOpened
from marketplace.foundation import clock
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import db
from marketplace.foundation.jobs import enqueue
from marketplace.groups import events
from marketplace.groups.models import (
    Ambassador,
    Attendance,
    Date,
    Group,
    Proposal,
)
from marketplace.groups.queries import benefits, carers, thing_of
from marketplace.notify.actions.choosing import lift
from marketplace.notify.actions.reacting import name_of
from marketplace.notify.actions.telling import TOLD, tell
from marketplace.notify.rules import OF_GROUPS
from marketplace.producers.queries import staff_ids


def _tell_members(group: Group, class_: str, key: str, title: str, url: str, /, **args: Any
                  ) -> None:
    """Everybody who belongs, in batches in a job. Changes jobs."""
    enqueue("notify.members", f"members {secret_code(64)}", group_id=group.id, class_=class_,
            merge=key, title=title, url=url, after=0,
            args={**args, "group": group.name, "of_group": group.id})


def _group(group_id: int) -> Group:
    return db.session.get_one(Group, group_id)


def ambassador_asked(event: events.AmbassadorAsked) -> None:
    """The side that has to answer: the person, the house's people or the moderators."""
    row = db.session.get_one(Ambassador, event.ambassador_id)
    thing = thing_of(row, "de")
    if thing is None:
        return
    url, key = "/account/ambassadors", f"ambassador {row.id}"
    if row.state == "offered":
        tell(row.person_id, "join", key, "ambassador_offered", url, by=row.asked_by,
             title=thing.name)
        return
    asked = carers(row.group_id) if row.group_id else staff_ids(thing.house or 0)
    for person in asked:
        tell(person, "join", key, "ambassador_asked", url, by=row.person_id,
             name=name_of(row.person_id), title=thing.name)


def ambassador_agreed(event: events.AmbassadorActive) -> None:
    """Whoever asked hears that it begins."""
    row = db.session.get_one(Ambassador, event.ambassador_id)
    thing = thing_of(row, "de")
    if thing is not None:
        tell(row.asked_by, "join", f"ambassador {row.id} yes", "ambassador_agreed",
             "/account/ambassadors", title=thing.name)


def role_changed(event: events.RoleChanged) -> None:
    """Who looks after a group now."""
    if event.role in ("moderator", "founder"):
        group = _group(event.group_id)
        tell(event.person_id, "join", f"role {group.id}", "role_given", f"/groups/{group.slug}",
             group=group.name)


def handing_over(event: events.HandingOver) -> None:
    """The member who is asked to take a group over."""
    group = _group(event.group_id)
    tell(event.person_id, "join", f"heir {group.id}", "handing_over",
         f"/groups/{group.slug}/people", group=group.name)


def person_invited(event: events.PersonInvited) -> None:
    """The one person who is asked to come in."""
    group = _group(event.group_id)
    speaks = benefits([event.by_id], group_id=group.id)
    tell(event.person_id, "join", f"invite {group.id}", "group_invite", "/account/groups",
         by=event.by_id, name=name_of(event.by_id), group=group.name,
         relation="of_group" if event.by_id in speaks else "", benefit=speaks.get(event.by_id, ""))


def person_excluded(event: events.PersonExcluded) -> None:
    """The person reads the reason, and where to appeal."""
    group = _group(event.group_id)
    tell(event.person_id, "statement", f"out {event.exclusion_id}", "excluded",
         f"/moderation/exclusions/{event.exclusion_id}", TOLD, group=group.name, why=event.words)


def let_in_again(event: events.LetInAgain) -> None:
    """The person may come in again."""
    group = _group(event.group_id)
    tell(event.person_id, "statement", f"out {event.exclusion_id} over", "let_in_again",
         f"/moderation/exclusions/{event.exclusion_id}", TOLD, group=group.name)


def requests_wait(event: events.RequestsWait) -> None:
    """Founder and moderators: somebody waits since a week."""
    group = _group(event.group_id)
    for person in carers(group.id):
        tell(person, "join", f"wait {group.id}", "request_waits", f"/groups/{group.slug}/care",
             group=group.name)


def election_opened(event: events.ElectionOpened) -> None:
    """All members: the group looks for people."""
    group = _group(event.group_id)
    _tell_members(group, "vote", f"election {event.proposal_id}", "election_opened",
                  _proposal_url(group, event.proposal_id))


def vote_opened(event: events.VoteOpened) -> None:
    """All members: a vote is open."""
    group, row = _group(event.group_id), db.session.get_one(Proposal, event.proposal_id)
    _tell_members(group, "vote", f"vote {row.id}", "vote_opened", _proposal_url(group, row.id),
                  title=row.title)


def proposal_decided(event: events.ProposalDecided) -> None:
    """Who proposed it hears what became of it; of rules and kind all members hear."""
    group, row = _group(event.group_id), db.session.get_one(Proposal, event.proposal_id)
    url = _proposal_url(group, row.id)
    if event.state == "passed" and row.kind in ("rule", "kind", "dissolve", "election"):
        _tell_members(group, "vote", f"decided {row.id}", f"decided_{row.kind}", url)
    elif row.person_id is not None:
        tell(row.person_id, "vote", f"decided {row.id}", f"decided_{event.state}", url,
             group=group.name, title=row.title)


def proposal_vetoed(event: events.ProposalVetoed) -> None:
    """All members read why the operator stopped it."""
    group = _group(event.group_id)
    _tell_members(group, "statement", f"veto {event.proposal_id}", "vetoed",
                  _proposal_url(group, event.proposal_id), why=event.why, mail=TOLD)


def _proposal_url(group: Group, proposal_id: int) -> str:
    return f"/groups/{group.slug}/proposals/{proposal_id}"


def _news(group_id: int, url: str, by: int | None = None) -> None:
    """Members hear that there is something new, once until they looked."""
    group = _group(group_id)
    _tell_members(group, "group_news", f"news {group.id}", "group_news",
                  f"/groups/{group.slug}{url}", by=by)


def topic_began(event: ThreadOpened) -> None:
    """All members but who began it: there is a new topic."""
    if event.group_id is not None and event.kind == "topic":
        _news(event.group_id, "", event.person_id)


def pick_made(event: events.PickMade) -> None:
    """All members: the pick of the month."""
    _news(event.group_id, "/picks")


def date_added(event: events.DateAdded) -> None:
    """All members: a date to come to."""
    if event.group_id is not None:
        _news(event.group_id, "/dates")


def mail_chosen(event: events.GroupMailChosen) -> None:
    """An own yes to the mail of a group lifts what the address had stopped by a link."""
    if event.wanted == "on":
        for name in OF_GROUPS:
            lift(event.person_id, name)


def group_resting(event: events.GroupResting) -> None:
    """All members: nobody stood."""
    group = _group(event.group_id)
    _tell_members(group, "vote", f"rest {group.id}", "group_rests",
                  f"/groups/{group.slug}/proposals")


def group_ending(event: events.GroupEnding) -> None:
    """All members, sixty days before; no choice can turn this off."""
    group = _group(event.group_id)
    _tell_members(group, "statement", f"end {group.id}", "group_ends", f"/groups/{group.slug}",
                  mail=TOLD, day=clock.in_zone(event.ends_at).date().isoformat())


def date_changed(event: events.DateChanged) -> None:
    """Everybody who comes or waits; like a word about a contract, it always arrives."""
    row = db.session.get_one(Date, event.date_id)
    for person in db.session.scalars(select(Attendance.person_id).where(
            Attendance.date_id == row.id, Attendance.state != "gone")).all():
        tell(person, "date", f"date {row.id} {row.version}", f"date_{event.how}",
             f"/dates/{row.id}", mail="date", title=row.title, how=event.how)


def date_reminder(event: events.DateReminder) -> None:
    """A day before, for who chose it."""
    row = db.session.get_one(Date, event.date_id)
    tell(event.person_id, "date", f"remind {row.id}", "date_tomorrow", f"/dates/{row.id}",
         title=row.title)


def seat_freed(event: events.SeatFreed) -> None:
    """The first who waits has 48 hours."""
    row = db.session.get_one(Date, event.date_id)
    tell(event.person_id, "date", f"seat {row.id}", "seat_freed", f"/dates/{row.id}", mail="date",
         title=row.title, how="seat")
