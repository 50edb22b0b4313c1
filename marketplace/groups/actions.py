"""Changes of `groups`."""

from __future__ import annotations

import random

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from marketplace.catalog.rules.codes import slug_of
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound, NotYours
from marketplace.foundation.events import announce
from marketplace.groups.events import (
    GroupFounded,
    JoinAsked,
    JoinDecided,
    ListItemAdded,
    MemberJoined,
    MemberLeft,
    PickVoted,
)
from marketplace.groups.models import (
    Group,
    GroupList,
    GroupRule,
    JoinRequest,
    ListItem,
    Membership,
    Pick,
    PickVote,
)
from marketplace.groups.queries import role_in
from marketplace.groups.rules import (
    MOST_LIST,
    PATTERN,
    VOTES_A_MONTH,
    may_care,
    may_write,
    part_of,
    picks_of,
)


def found(person_id: int, name: str, purpose: str, kind: str, subject_id: int, lang: str) -> Group:
    """Begin a community with its founder and the pattern rules. Raises Invalid.

    Changes groups, memberships, group_rules; announces GroupFounded.
    """
    faults = {}
    slug = slug_of(name, 50)
    if not 3 <= len(name) <= 80 or slug in ("", "new"):
        faults["name"] = _("3 to 80 characters, with letters.")
    if not 10 <= len(purpose) <= 280:
        faults["purpose"] = _("One sentence of 10 to 280 characters.")
    if kind not in ("open", "closed", "secret"):
        faults["kind"] = _("Please choose one of the three.")
    if not faults and db.session.scalar(select(Group.id).where(Group.slug == slug)):
        faults["name"] = _("A group of this name exists. Maybe it is yours already?")
    if faults:
        raise Invalid(faults)
    now = clock.now()
    group = Group(slug=slug, name=name, purpose=purpose, kind=kind, subject_id=subject_id,
                  lang=lang, founder_id=person_id, founded_on=clock.today(), last_act_at=now,
                  picture_seed=random.randrange(1, 10**9))  # noqa: S311 - a picture
    db.session.add(group)
    db.session.flush()
    db.session.add(GroupRule(group_id=group.id, version=1, words=PATTERN[lang], from_at=now))
    _enter(group.id, person_id, "founder")
    announce(GroupFounded(group.id, person_id))
    return group


def _enter(group_id: int, person_id: int, role: str = "member") -> bool:
    """Add a membership; False if there is one already."""
    try:
        with db.session.begin_nested():
            db.session.add(Membership(group_id=group_id, person_id=person_id, role=role,
                                      joined_at=clock.now()))
    except IntegrityError:
        return False
    db.session.execute(update(Group).where(Group.id == group_id)
                       .values(member_count=Group.member_count + 1)
                       .execution_options(synchronize_session=False))
    return True


def join(group: Group, person_id: int, words: str = "") -> str:
    """Enter an open group, or ask to enter a closed one: joined, asked or nothing new.

    Raises NotFound for secret groups. Changes memberships or join_requests; announces.
    """
    if role_in(group.id, person_id):
        return "joined"
    if group.kind == "secret":
        raise NotFound(_("There is nothing at this address."))
    if group.kind == "open":
        if _enter(group.id, person_id):
            announce(MemberJoined(group.id, person_id))
        return "joined"
    try:
        with db.session.begin_nested():
            db.session.add(JoinRequest(group_id=group.id, person_id=person_id, words=words[:500],
                                       at=clock.now()))
    except IntegrityError:
        return "asked"
    announce(JoinAsked(group.id, person_id))
    return "asked"


def take_request_back(group_id: int, person_id: int) -> None:
    """Ask to enter no longer; twice is once. Changes join_requests."""
    db.session.execute(
        update(JoinRequest).where(JoinRequest.group_id == group_id,
                                  JoinRequest.person_id == person_id, JoinRequest.result.is_(None))
        .values(result="withdrawn", decided_at=clock.now())
        .execution_options(synchronize_session=False))


def leave(group_id: int, person_id: int) -> None:
    """Belong no longer, in one step. Raises Conflict for a founder alone in charge."""
    role = role_in(group_id, person_id)
    if role is None:
        return
    others = db.session.scalar(select(func.count()).where(
        Membership.group_id == group_id, Membership.left_at.is_(None),
        Membership.person_id != person_id)) or 0
    if role == "founder" and others:
        _hand_over(group_id, person_id)
    db.session.execute(update(Membership).where(
        Membership.group_id == group_id, Membership.person_id == person_id,
        Membership.left_at.is_(None)).values(left_at=clock.now()))
    db.session.execute(update(Group).where(Group.id == group_id)
                       .values(member_count=Group.member_count - 1)
                       .execution_options(synchronize_session=False))
    announce(MemberLeft(group_id, person_id))


def _hand_over(group_id: int, person_id: int) -> None:
    """The longest-serving moderator, else the longest-serving member, takes over."""
    heir = db.session.scalar(
        select(Membership.id).where(Membership.group_id == group_id,
                                    Membership.left_at.is_(None),
                                    Membership.person_id != person_id)
        .order_by(Membership.role != "moderator", Membership.joined_at, Membership.id).limit(1))
    db.session.execute(update(Membership).where(Membership.id == heir).values(role="founder"))


def decide_request(request_id: int, by: int, yes: bool, why: str) -> None:
    """Answer a request to enter; a no carries a reason. Raises NotYours, Conflict, Invalid."""
    row = db.session.get(JoinRequest, request_id, populate_existing=True)
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    if not may_care(part_of(role_in(row.group_id, by), True)):
        raise NotYours(_("Moderators of the group decide this."))
    if not yes and not why:
        raise Invalid({"why": _("A no needs a reason that the person can read.")})
    taken = db.session.execute(
        update(JoinRequest).where(JoinRequest.id == request_id, JoinRequest.result.is_(None))
        .values(result="yes" if yes else "no", decided_by=by, decided_at=clock.now(), why=why[:280])
        .execution_options(synchronize_session=False))
    if not taken.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody else answered this request."))
    if yes and _enter(row.group_id, row.person_id):
        announce(MemberJoined(row.group_id, row.person_id))
    announce(JoinDecided(row.group_id, row.person_id, yes))


def _member(group_id: int, person_id: int) -> None:
    if not may_write(part_of(role_in(group_id, person_id), True)):
        raise NotYours(_("Members of the group do this. Joining takes one click."))


def vote_pick(group_id: int, person_id: int, product_id: int) -> None:
    """Give, or take back, one of three votes of this month. Raises NotYours, Conflict."""
    _member(group_id, person_id)
    month = clock.today().strftime("%Y-%m")
    key = (group_id, month, person_id, product_id)
    known = db.session.get(PickVote, key)
    if known is not None:
        db.session.delete(known)
        db.session.flush()
        return
    given = db.session.scalar(select(func.count()).where(
        PickVote.group_id == group_id, PickVote.month == month,
        PickVote.person_id == person_id)) or 0
    if given >= VOTES_A_MONTH:
        raise Conflict(_("You gave your three votes of this month. Take one back first."))
    db.session.add(PickVote(group_id=group_id, month=month, person_id=person_id,
                            product_id=product_id, at=clock.now()))
    db.session.flush()
    announce(PickVoted(group_id, person_id, product_id))


def make_picks(month: str) -> int:
    """Make the picks of a month for all groups anew; how many. Changes picks."""
    db.session.execute(delete(Pick).where(Pick.month == month))
    made = 0
    votes: dict[int, dict[int, int]] = {}
    voters: dict[int, set[int]] = {}
    for group_id, product_id, person_id in db.session.execute(
        select(PickVote.group_id, PickVote.product_id, PickVote.person_id)
        .where(PickVote.month == month)
    ):
        counts = votes.setdefault(group_id, {})
        counts[product_id] = counts.get(product_id, 0) + 1
        voters.setdefault(group_id, set()).add(person_id)
    for group_id, counts in votes.items():
        for product_id in picks_of(counts):
            db.session.add(Pick(group_id=group_id, month=month, product_id=product_id,
                                votes=counts[product_id], voters=counts[product_id],
                                active=len(voters[group_id]), made_at=clock.now()))
            made += 1
    db.session.flush()
    return made


def start_list(group_id: int, person_id: int, title: str, purpose: str) -> GroupList:
    """Begin a shared list. Raises NotYours, Invalid."""
    _member(group_id, person_id)
    faults = {}
    if not 3 <= len(title) <= 80:
        faults["title"] = _("3 to 80 characters.")
    if len(purpose) > 200:
        faults["purpose"] = _("At most 200 characters.")
    if faults:
        raise Invalid(faults)
    row = GroupList(group_id=group_id, title=title, purpose=purpose, made_at=clock.now())
    db.session.add(row)
    db.session.flush()
    return row


def add_to_list(list_id: int, person_id: int, product_id: int, why: str) -> None:
    """Put a product on a list, with a reason. Raises NotYours, Invalid, Conflict; announces."""
    row = db.session.get(GroupList, list_id)
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    _member(row.group_id, person_id)
    if not 3 <= len(why) <= 280:
        raise Invalid({"why": _("Say in a sentence why it belongs here.")})
    count = db.session.scalar(select(func.count()).where(ListItem.list_id == list_id)) or 0
    if count >= MOST_LIST:
        raise Conflict(_("A list holds up to 100 products."))
    try:
        with db.session.begin_nested():
            db.session.add(ListItem(list_id=list_id, product_id=product_id, person_id=person_id,
                                    why=why, at=clock.now()))
    except IntegrityError as fault:
        raise Conflict(_("It stands on this list already.")) from fault
    announce(ListItemAdded(row.group_id, product_id, person_id))


def touched(group_id: int, new_topic: bool) -> None:
    """Somebody wrote in the group. Changes groups."""
    db.session.execute(
        update(Group).where(Group.id == group_id)
        .values(last_act_at=clock.now(), topic_count=Group.topic_count + int(new_topic))
        .execution_options(synchronize_session=False))
