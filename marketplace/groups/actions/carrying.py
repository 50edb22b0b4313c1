"""What a passed proposal does, and how a veto undoes it."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import func, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotYours
from marketplace.foundation.events import announce
from marketplace.groups.actions.electing import open_election
from marketplace.groups.events import KindChanged, RuleChanged
from marketplace.groups.models import Group, GroupRule, OpenedConsent, Proposal
from marketplace.groups.queries import joined_at, rules_text
from marketplace.groups.rules.opening import CLOSED_AFTER, is_more_open


def carry_out(row: Proposal) -> bool:
    """Do what was decided; False where the group changed meanwhile and `before` no longer fits.

    Changes group_rules, groups or proposals; announces.
    """
    group = db.session.get_one(Group, row.group_id)
    if row.kind == "rule":
        if rules_text(group.id) != row.before:
            return False
        _new_rules(row, row.after)
    elif row.kind == "kind":
        if group.kind != row.before:
            return False
        change_kind(group, row.after)
    elif row.kind == "moderators":
        open_election(group.id, row.person_id)
    elif row.kind == "dissolve":
        group.end_told_at = clock.now()
    return True


def undo(row: Proposal) -> None:
    """Set the group back to what it was before. Changes group_rules, groups."""
    group = db.session.get_one(Group, row.group_id)
    if row.kind == "rule" and rules_text(group.id) == row.after:
        _new_rules(row, row.before)
    elif row.kind == "kind":
        group.next_kind = group.next_kind_at = None
        if group.kind != row.before:
            _set_kind(group, row.before)
    elif row.kind == "dissolve":
        group.end_told_at = None


def _new_rules(row: Proposal, words: str) -> None:
    newest = db.session.scalar(select(func.max(GroupRule.version))
                               .where(GroupRule.group_id == row.group_id)) or 0
    db.session.add(GroupRule(group_id=row.group_id, version=newest + 1, words=words,
                             from_at=clock.now(), proposal_id=row.id))
    db.session.flush()
    announce(RuleChanged(row.group_id, newest + 1))


def change_kind(group: Group, kind: str) -> None:
    """More open at once, more closed in seven days. Changes groups; announces KindChanged."""
    if is_more_open(group.kind, kind):
        _set_kind(group, kind)
    else:
        group.next_kind, group.next_kind_at = kind, clock.now() + CLOSED_AFTER


def close_what_is_due() -> int:
    """Let decided changes to a more closed kind come into force; how many. Changes groups."""
    rows = db.session.scalars(select(Group).where(Group.next_kind_at <= clock.now())
                              .order_by(Group.id)).all()
    for group in rows:
        kind, group.next_kind, group.next_kind_at = group.next_kind, None, None
        if kind:
            _set_kind(group, kind)
    return len(rows)


def _set_kind(group: Group, kind: str) -> None:
    before, group.kind = group.kind, kind
    if is_more_open(before, kind):
        group.opened_at = clock.now()
    if kind == "open":
        group.producers = "welcome"
    db.session.flush()
    announce(KindChanged(group.id, before, kind))


def let_older_be_seen(group_id: int, person_id: int) -> None:
    """One's own older words may be seen by those whom the group let in since; twice is once.

    Raises NotYours for who never belonged. Changes opened_consents.
    """
    if joined_at(group_id, person_id) is None:
        raise NotYours(_("Members of the group do this. Joining takes one click."))
    if db.session.get(OpenedConsent, (group_id, person_id)) is None:
        db.session.add(OpenedConsent(group_id=group_id, person_id=person_id, at=clock.now()))
        db.session.flush()
