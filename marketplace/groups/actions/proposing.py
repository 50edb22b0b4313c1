"""What a group decides: opened by a member, talked about, voted on, carried out."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import func, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotYours
from marketplace.foundation.events import OperatorActed, announce
from marketplace.groups.actions.belonging import demand_member
from marketplace.groups.actions.carrying import carry_out, undo
from marketplace.groups.actions.electing import close_election
from marketplace.groups.events import ProposalDecided, ProposalOpened, ProposalVetoed, VoteOpened
from marketplace.groups.models import Ballot, Candidacy, Group, Proposal
from marketplace.groups.queries import active_members, counted_ballots, membership, rules_text
from marketplace.groups.rules.rights import KINDS as GROUP_KINDS
from marketplace.groups.rules.votes import (
    KINDS,
    LEAST_ELIGIBLE,
    MEMBER_FOR,
    REVIEW_AFTER,
    SEATS,
    TALK,
    VETO_WITHIN,
    VOTE,
    passes,
    quorum,
)

MOST_OPEN, LONGEST_RULES = 5, 2000


def propose(group: Group, by: int, kind: str, title: str, why: str, after: str) -> Proposal:
    """Put something to the group: 14 days of talk, then 7 days of vote.

    `after` holds the new rules, one a line, or the new kind. Raises NotYours, Invalid, Conflict.
    Changes proposals; announces ProposalOpened.
    """
    demand_member(group.id, by)
    if group.state != "alive":
        raise Conflict(_("This group rests. Nothing new is begun here."))
    faults = _faults(group, kind, title, why, after)
    if faults:
        raise Invalid(faults)
    running = db.session.scalar(select(func.count(Proposal.id)).where(
        Proposal.group_id == group.id, Proposal.state.in_(("talk", "vote")))) or 0
    if running >= MOST_OPEN:
        raise Conflict(_("Five proposals are open here. Please decide those first."))
    now = clock.now()
    before = {"rule": rules_text(group.id), "kind": group.kind}.get(kind, "")
    row = Proposal(group_id=group.id, kind=kind, title=title, why=why, before=before,
                   after=_tidy(after) if kind in ("rule", "kind") else "", person_id=by,
                   opened_at=now, votes_from=now + TALK, ends_at=now + TALK + VOTE)
    db.session.add(row)
    db.session.flush()
    announce(ProposalOpened(group.id, row.id, by))
    return row


def _tidy(words: str) -> str:
    return "\n".join(line.strip() for line in words.splitlines() if line.strip())


def _faults(group: Group, kind: str, title: str, why: str, after: str) -> dict[str, str]:
    faults = {}
    if kind not in KINDS:
        faults["kind"] = _("Please choose what is to be decided.")
    if not 5 <= len(title) <= 120:
        faults["title"] = _("5 to 120 characters.")
    if not 10 <= len(why) <= 2000:
        faults["why"] = _("Say why, in 10 to 2,000 characters.")
    if kind == "kind" and (after not in GROUP_KINDS or after == group.kind):
        faults["after"] = _("Please choose what the group shall become.")
    if kind == "rule":
        words = _tidy(after)
        if not words or len(words) > LONGEST_RULES:
            faults["after"] = _("The whole rules as they shall read, at most 2,000 characters.")
        elif words == rules_text(group.id):
            faults["after"] = _("These are the rules in force. What shall change?")
    return faults


def cast(row: Proposal, person_id: int, choices: set[str]) -> None:
    """Vote, once; a later ballot replaces an earlier one until the end.

    `choices` is {"yes"} or {"no"}, in an election up to two persons' ids. Raises NotYours,
    Conflict, Invalid. Changes ballots.
    """
    mine, now = membership(row.group_id, person_id), clock.now()
    if mine is None:
        raise NotYours(_("Members of the group do this. Joining takes one click."))
    if now - mine.joined_at < MEMBER_FOR:
        raise NotYours(_("Who belongs for 14 days may vote."))
    if row.state != "vote" or now >= row.ends_at:
        raise Conflict(_("The vote on this is not open."))
    if row.kind != "election" and row.eligible < LEAST_ELIGIBLE and mine.role != "founder":
        raise NotYours(_("Fewer than three members may vote yet, so the founder decides."))
    if not choices <= _possible(row) or not 1 <= len(choices) <= (
            SEATS if row.kind == "election" else 1):
        raise Invalid({"choice": _("Please choose.")})
    db.session.query(Ballot).filter_by(proposal_id=row.id, person_id=person_id).delete()
    db.session.add_all(Ballot(proposal_id=row.id, person_id=person_id, choice=choice, at=now)
                       for choice in sorted(choices))
    mine.last_act_at = now
    db.session.flush()


def _possible(row: Proposal) -> set[str]:
    if row.kind != "election":
        return {"yes", "no"}
    return {str(person) for person in db.session.scalars(
        select(Candidacy.person_id).where(Candidacy.proposal_id == row.id))}


def open_votes() -> int:
    """Open the vote on what was talked about long enough; how many. Changes proposals."""
    rows = db.session.scalars(select(Proposal).where(
        Proposal.state == "talk", Proposal.votes_from <= clock.now())
        .order_by(Proposal.id).limit(200)).all()
    for row in rows:
        eligible, active = active_members(row.group_id, clock.now())
        row.state, row.eligible = "vote", eligible
        row.needed = quorum(active) if eligible >= LEAST_ELIGIBLE else 1
        if row.kind == "election" and not _possible(row):
            row.ends_at = clock.now()
            close_election(row)
        else:
            announce(VoteOpened(row.group_id, row.id))
    db.session.flush()
    return len(rows)


def decide_votes() -> int:
    """Count what is over and carry it out; how many. Ballots after the end do not count.

    Changes proposals and what they decide; announces ProposalDecided.
    """
    rows = db.session.scalars(select(Proposal).where(
        Proposal.state == "vote", Proposal.ends_at <= clock.now())
        .order_by(Proposal.id).limit(200)).all()
    for row in rows:
        if row.kind == "election":
            close_election(row)
        else:
            _decide(row)
    db.session.flush()
    return len(rows)


def _decide(row: Proposal) -> None:
    now, count = clock.now(), counted_ballots(row)
    row.decided_at, row.yes, row.no = now, count.yes, count.no
    if not passes(row.kind, count, row.needed):
        row.state = "failed"
    else:
        row.state = "passed" if carry_out(row) else "overtaken"
        if row.state == "passed" and row.kind in ("rule", "other"):
            row.review_on = now + REVIEW_AFTER
    announce(ProposalDecided(row.group_id, row.id, row.state))


def ask_again() -> int:
    """Put passed proposals to their group once more on their review date; how many."""
    rows = db.session.scalars(select(Proposal).where(
        Proposal.state == "passed", Proposal.review_on <= clock.now())
        .order_by(Proposal.id).limit(200)).all()
    for row in rows:
        row.review_on, now = None, clock.now()
        again = Proposal(group_id=row.group_id, kind="other", title=row.title, why=row.why,
                         before=row.after, person_id=None, opened_at=now, votes_from=now + TALK,
                         ends_at=now + TALK + VOTE)
        db.session.add(again)
        db.session.flush()
        announce(ProposalOpened(row.group_id, again.id, None))
    return len(rows)


def veto(row: Proposal, by: int, why: str) -> None:
    """The operator stops what passed, with a reason all can read, within 7 days.

    Raises Invalid, Conflict. Changes proposals and undoes what was carried out; announces.
    """
    if not 20 <= len(why) <= 280:
        raise Invalid({"why": _("20 to 280 characters; the group and everybody else can read it.")})
    decided = row.decided_at or clock.now() - timedelta(days=365)
    if row.state != "passed" or clock.now() - decided > VETO_WITHIN:
        raise Conflict(_("Only what passed in the last seven days can be stopped."))
    undo(row)
    row.state, row.veto_why, row.review_on = "vetoed", why, None
    announce(ProposalVetoed(row.group_id, row.id, by, why))
    announce(OperatorActed(by, "group_veto", "proposal", row.id, why))
