"""What a group chooses together: three votes a month for a pick, shared lists."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound
from marketplace.foundation.events import announce
from marketplace.groups.actions.belonging import demand_care, demand_member
from marketplace.groups.actions.succession import acted
from marketplace.groups.events import ListItemAdded, PickMade, PickVoted
from marketplace.groups.models import GroupList, ListItem, ListVote, Membership, Pick, PickVote
from marketplace.groups.queries import active_members, counted_votes
from marketplace.groups.rules import MOST_LIST, VOTES_A_MONTH, picks_of


def vote_pick(group_id: int, person_id: int, product_id: int) -> None:
    """Give, or take back, one of three votes of this month. Raises NotYours, Conflict."""
    demand_member(group_id, person_id)
    month = clock.today().strftime("%Y-%m")
    db.session.execute(select(Membership.id).where(
        Membership.group_id == group_id, Membership.person_id == person_id,
        Membership.left_at.is_(None)).with_for_update())
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
    acted(group_id, person_id)
    announce(PickVoted(group_id, person_id, product_id))


def make_picks(month: str) -> int:
    """Make the picks of a month for all groups anew; how many.

    Votes of people who sell goods of the same subject do not count. Changes picks; announces
    PickMade for those that are new.
    """
    before = {tuple(row) for row in db.session.execute(
        select(Pick.group_id, Pick.product_id).where(Pick.month == month))}
    db.session.execute(delete(Pick).where(Pick.month == month))
    votes: dict[int, dict[int, int]] = {}
    for group_id, product_id, n in db.session.execute(counted_votes(month)):
        votes.setdefault(group_id, {})[product_id] = n
    made = 0
    for group_id, counts in votes.items():
        active = active_members(group_id, clock.now())[1] if picks_of(counts) else 0
        for product_id in picks_of(counts):
            db.session.add(Pick(
                group_id=group_id, month=month, product_id=product_id, votes=counts[product_id],
                voters=counts[product_id], active=max(active, counts[product_id]),
                made_at=clock.now()))
            made += 1
            if (group_id, product_id) not in before:
                announce(PickMade(group_id, product_id, month))
    db.session.flush()
    return made


def start_list(group_id: int, person_id: int, title: str, purpose: str,
               curated_by: str = "members") -> GroupList:
    """Begin a shared list. `curated_by`: members, moderators, or vote (best-voted first).

    Raises NotYours, Invalid. Changes group_lists.
    """
    demand_member(group_id, person_id)
    faults = {}
    if not 3 <= len(title) <= 80:
        faults["title"] = _("3 to 80 characters.")
    if len(purpose) > 200:
        faults["purpose"] = _("At most 200 characters.")
    if curated_by not in ("members", "moderators", "vote"):
        faults["curated_by"] = _("Please choose who fills it.")
    if faults:
        raise Invalid(faults)
    row = GroupList(group_id=group_id, title=title, purpose=purpose, curated_by=curated_by,
                    made_at=clock.now())
    db.session.add(row)
    db.session.flush()
    return row


def add_to_list(list_id: int, person_id: int, product_id: int, why: str) -> None:
    """Put a product on a list, with a reason. Raises NotYours, Invalid, Conflict; announces."""
    row = db.session.get(GroupList, list_id)
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    (demand_care if row.curated_by == "moderators" else demand_member)(row.group_id, person_id)
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
    acted(row.group_id, person_id)
    announce(ListItemAdded(row.group_id, product_id, person_id))


def vote_item(list_id: int, person_id: int, product_id: int) -> None:
    """Find that something belongs on a list, or take that back. Raises NotYours, NotFound.

    Changes list_votes.
    """
    row = db.session.execute(
        select(ListItem.id, GroupList.group_id).join(GroupList, GroupList.id == ListItem.list_id)
        .where(ListItem.list_id == list_id, ListItem.product_id == product_id)).first()
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    demand_member(row.group_id, person_id)
    known = db.session.get(ListVote, (row.id, person_id))
    if known is not None:
        db.session.delete(known)
    else:
        db.session.add(ListVote(item_id=row.id, person_id=person_id, at=clock.now()))
        acted(row.group_id, person_id)
    db.session.flush()


def take_from_list(list_id: int, person_id: int, product_id: int) -> None:
    """Take a product off a list: who put it there, or a moderator. Raises NotYours.

    Changes list_items, list_votes; twice is once.
    """
    row = db.session.execute(
        select(ListItem.id, ListItem.person_id, GroupList.group_id)
        .join(GroupList, GroupList.id == ListItem.list_id)
        .where(ListItem.list_id == list_id, ListItem.product_id == product_id)).first()
    if row is None:
        return
    if row.person_id != person_id:
        demand_care(row.group_id, person_id)
    db.session.execute(delete(ListVote).where(ListVote.item_id == row.id))
    db.session.execute(delete(ListItem).where(ListItem.id == row.id))
