"""Elections: opened when nobody answers for a group, or because its members decided so."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import func, select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotYours
from marketplace.foundation.events import announce
from marketplace.groups.events import ElectionOpened, GroupResting, ProposalDecided, RoleChanged
from marketplace.groups.models import Ballot, Candidacy, Group, Membership, Proposal
from marketplace.groups.queries import membership
from marketplace.groups.rules.succession import CANDIDATES_FOR, VOTE_FOR, may_stand
from marketplace.groups.rules.votes import elected


def open_election(group_id: int, by: int | None = None) -> Proposal:
    """Look for people who answer for the group; the one that is open, if there is one.

    `by` is None where the house opens it, because nobody answers for the group any more.
    Changes proposals; announces ElectionOpened.
    """
    known = db.session.scalar(select(Proposal).where(
        Proposal.group_id == group_id, Proposal.kind == "election",
        Proposal.state.in_(("talk", "vote"))))
    if known is not None:
        return known
    now = clock.now()
    row = Proposal(group_id=group_id, kind="election", title="", person_id=by, opened_at=now,
                   votes_from=now + CANDIDATES_FOR, ends_at=now + CANDIDATES_FOR + VOTE_FOR)
    db.session.add(row)
    db.session.flush()
    announce(ElectionOpened(group_id, row.id))
    return row


def stand(group: Group, person_id: int, trust_level: int, words: str) -> None:
    """Stand in the group's election; in a resting group this opens one.

    Raises NotYours, Conflict, Invalid. Changes candidacies.
    """
    mine = membership(group.id, person_id)
    if mine is None:
        raise NotYours(_("Members of the group do this. Joining takes one click."))
    if not may_stand(trust_level, mine.joined_at, clock.now()):
        raise NotYours(_("Standing for election takes 30 days of membership and one delivered "
                         "order, or five threads read."))
    if not 10 <= len(words) <= 280:
        raise Invalid({"words": _("Say in 10 to 280 characters how you would look after the "
                                  "group.")})
    running = db.session.scalar(select(Proposal).where(
        Proposal.group_id == group.id, Proposal.kind == "election",
        Proposal.state.in_(("talk", "vote"))))
    if running is None and group.state != "resting":
        raise Conflict(_("There is no election in this group now."))
    row = running or open_election(group.id)
    if row.state != "talk":
        raise Conflict(_("The vote has begun; nobody can stand any more."))
    known = db.session.get(Candidacy, (row.id, person_id))
    if known is None:
        db.session.add(Candidacy(proposal_id=row.id, person_id=person_id, words=words,
                                 at=clock.now()))
    else:
        known.words = words
    db.session.flush()


def stand_no_more(group_id: int, person_id: int) -> None:
    """Withdraw from an election whose vote has not begun; twice is once.

    Raises NotYours. Changes candidacies.
    """
    if membership(group_id, person_id) is None:
        raise NotYours(_("Members of the group do this. Joining takes one click."))
    for row in db.session.scalars(
        select(Candidacy).join(Proposal, Proposal.id == Candidacy.proposal_id)
        .where(Proposal.group_id == group_id, Proposal.state == "talk",
               Candidacy.person_id == person_id)
    ).all():
        db.session.delete(row)


def close_election(row: Proposal) -> None:
    """Seat who has most votes; without anybody the group rests.

    Changes proposals, memberships, groups; announces.
    """
    chosen = _chosen(row)
    row.state, row.decided_at = "passed" if chosen else "failed", clock.now()
    row.after = ",".join(str(person) for person in chosen)
    if chosen:
        _seat(row.group_id, chosen, founder_goes=row.person_id is None)
    elif row.person_id is None:
        rest(row.group_id)
    announce(ProposalDecided(row.group_id, row.id, row.state))


def _chosen(row: Proposal) -> Sequence[int]:
    people = dict(db.session.execute(
        select(Candidacy.person_id, Membership.joined_at)
        .join(Membership, (Membership.person_id == Candidacy.person_id)
              & (Membership.group_id == row.group_id) & Membership.left_at.is_(None))
        .where(Candidacy.proposal_id == row.id)).all())
    votes = dict.fromkeys(people, 0)
    for choice, n in db.session.execute(
        select(Ballot.choice, func.count()).where(Ballot.proposal_id == row.id,
                                                  Ballot.at < row.ends_at)
        .group_by(Ballot.choice)
    ):
        if int(choice) in votes:
            votes[int(choice)] = n
    return elected(row.id, votes, people)


def _seat(group_id: int, chosen: Sequence[int], founder_goes: bool) -> None:
    """The chosen are moderators, those before are members again; a silent founder too."""
    before = ("founder", "moderator") if founder_goes else ("moderator",)
    db.session.execute(update(Membership).where(
        Membership.group_id == group_id, Membership.left_at.is_(None),
        Membership.role.in_(before)).values(role="member"))
    db.session.execute(update(Membership).where(
        Membership.group_id == group_id, Membership.left_at.is_(None),
        Membership.person_id.in_(chosen), Membership.role != "founder")
        .values(role="moderator", last_act_at=clock.now()))
    group = db.session.get_one(Group, group_id)
    group.elected, group.state, group.resting_since, group.end_told_at = True, "alive", None, None
    if founder_goes:
        group.founder_id = None
    for person in chosen:
        announce(RoleChanged(group_id, person, "moderator"))


def rest(group_id: int) -> None:
    """Readable, but nothing new is begun until somebody stands. Announces GroupResting."""
    group = db.session.get_one(Group, group_id)
    if group.state == "alive":
        group.state, group.resting_since = "resting", clock.now()
        announce(GroupResting(group_id))
