"""Rules, proposals and ballots."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, exists, func, select

from marketplace.foundation.database import db
from marketplace.groups.models import Ballot, Candidacy, Group, GroupRule, Membership, Proposal
from marketplace.groups.rules.votes import ACTIVE_IN, LEAST_ELIGIBLE, MEMBER_FOR, Count
from marketplace.producers.models import Producer, Staff


def rules_text(group_id: int) -> str:
    """The rules in force, one a line. Loads: 1 statement."""
    return db.session.scalar(select(GroupRule.words).where(GroupRule.group_id == group_id)
                             .order_by(GroupRule.version.desc()).limit(1)) or ""


def rules_of(group_id: int) -> Sequence[str]:
    """The rules in force, one by one. Loads: 1 statement."""
    return rules_text(group_id).splitlines()


def rule_versions(group_id: int) -> Sequence[GroupRule]:
    """All versions, newest first. Loads: 1 statement."""
    return db.session.scalars(select(GroupRule).where(GroupRule.group_id == group_id)
                              .order_by(GroupRule.version.desc())).all()


def active_members(group_id: int, now: datetime) -> tuple[int, int]:
    """How many may vote, and how many of them did something lately. Loads: 1 statement."""
    active = case((Membership.last_act_at > now - ACTIVE_IN, 1), else_=0)
    row = db.session.execute(
        select(func.count(), func.coalesce(func.sum(active), 0))
        .where(Membership.group_id == group_id, Membership.left_at.is_(None),
               Membership.joined_at <= now - MEMBER_FOR)).one()
    return int(row[0]), int(row[1])


def sells_in(group_id: int, person_id: int) -> bool:
    """Whether somebody acts for a house of a group's subject. Loads: 1 statement."""
    subject = select(Group.subject_id).where(Group.id == group_id).scalar_subquery()
    return bool(db.session.scalar(select(exists().where(
        Staff.person_id == person_id, Staff.until.is_(None), Staff.producer_id == Producer.id,
        Producer.subject_id == subject))))


def _sells_here(row: Proposal) -> Any:
    """Whether the voter acts for a house of the group's subject."""
    subject = select(Group.subject_id).where(Group.id == row.group_id).scalar_subquery()
    return exists().where(Staff.person_id == Ballot.person_id, Staff.until.is_(None),
                          Staff.producer_id == Producer.id, Producer.subject_id == subject)


def counted_ballots(row: Proposal) -> Count:
    """Yes and no of members, without those who sell goods of the subject. Loads: 1 statement.

    Ballots after the end do not count; where fewer than three may vote, the founder's alone does.
    """
    wanted = (select(Ballot.choice, func.count())
              .join(Membership, (Membership.person_id == Ballot.person_id)
                    & (Membership.group_id == row.group_id) & Membership.left_at.is_(None))
              .where(Ballot.proposal_id == row.id, Ballot.at < row.ends_at))
    if row.eligible < LEAST_ELIGIBLE:
        wanted = wanted.where(Membership.role == "founder")
    else:
        wanted = wanted.where(~_sells_here(row))
    found = {row[0]: row[1] for row in db.session.execute(wanted.group_by(Ballot.choice))}
    return Count(found.get("yes", 0), found.get("no", 0))


def uncounted_ballots(row: Proposal) -> int:
    """Ballots of people who sell goods of the subject: shown, not counted. Loads: 1."""
    return db.session.scalar(select(func.count()).select_from(Ballot).where(
        Ballot.proposal_id == row.id, _sells_here(row))) or 0


def proposals_of(group_id: int) -> Sequence[Proposal]:
    """Open ones first, then the newest. Loads: 1 statement."""
    is_open = case((Proposal.state.in_(("talk", "vote")), 0), else_=1)
    return db.session.scalars(
        select(Proposal).where(Proposal.group_id == group_id)
        .order_by(is_open, Proposal.opened_at.desc(), Proposal.id.desc()).limit(200)).all()


def open_proposals(group_id: int) -> Sequence[Proposal]:
    """What is to be decided, what ends first. Loads: 1 statement."""
    return db.session.scalars(
        select(Proposal).where(Proposal.group_id == group_id,
                               Proposal.state.in_(("talk", "vote")))
        .order_by(Proposal.ends_at, Proposal.id).limit(20)).all()


def proposal(group_id: int, proposal_id: int) -> Proposal | None:
    """One proposal of a group. Loads: 1 statement."""
    return db.session.scalar(select(Proposal).where(Proposal.id == proposal_id,
                                                    Proposal.group_id == group_id))


def own_choices(proposal_id: int, person_id: int) -> frozenset[str]:
    """What somebody voted; read for that person only. Loads: 1 statement."""
    return frozenset(db.session.scalars(select(Ballot.choice).where(
        Ballot.proposal_id == proposal_id, Ballot.person_id == person_id)))


def candidates_of(proposal_id: int) -> Sequence[Candidacy]:
    """Who stands, in the order they stood. Loads: 1 statement."""
    return db.session.scalars(select(Candidacy).where(Candidacy.proposal_id == proposal_id)
                              .order_by(Candidacy.at, Candidacy.person_id)).all()


def ballots_cast(proposal_id: int) -> int:
    """How many people voted so far. Loads: 1 statement."""
    return db.session.scalar(select(func.count(func.distinct(Ballot.person_id))).where(
        Ballot.proposal_id == proposal_id)) or 0


def passed_lately(since: datetime) -> Sequence[tuple[Proposal, str, str]]:
    """What passed since a moment, with slug and name of its group. Loads: 1 statement."""
    rows = db.session.execute(
        select(Proposal, Group.slug, Group.name).join(Group, Group.id == Proposal.group_id)
        .where(Proposal.decided_at >= since, Proposal.state.in_(("passed", "vetoed")),
               Group.kind != "secret").order_by(Proposal.decided_at.desc()).limit(200))
    return [(row[0], row[1], row[2]) for row in rows]
