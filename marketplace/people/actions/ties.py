"""Follow, trust, block, mute: at once, and taken back as easily."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, func, or_, select
from sqlalchemy.exc import IntegrityError

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import announce
from marketplace.people.events import (
    Blocked,
    Followed,
    TrustGiven,
    TrustWithdrawn,
    Unblocked,
    Unfollowed,
)
from marketplace.people.models import Block, Follow, Mute, Trust
from marketplace.people.queries.persons import is_blocked

MOST_FOLLOWS, MOST_TRUSTS = 2_000, 300


def _once(row: Any) -> bool:
    """Insert a tie; False if it is there already."""
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return False
    return True


def _removed(statement: Any) -> bool:
    done: Any = db.session.execute(statement)
    return bool(done.rowcount)


def _not_oneself(one: int, other: int) -> None:
    if one == other:
        raise Invalid({"": _("That would be you.")})


def follow(follower_id: int, followed_id: int) -> None:
    """Follow somebody; twice is once, and a block is silent. Changes follows; announces."""
    _not_oneself(follower_id, followed_id)
    count = db.session.scalar(select(func.count()).where(Follow.follower_id == follower_id)) or 0
    if count >= MOST_FOLLOWS:
        raise Conflict(_("You follow 2,000 people; nobody can listen to more."))
    if is_blocked(follower_id, followed_id):
        return
    if _once(Follow(follower_id=follower_id, followed_id=followed_id, at=clock.now())):
        announce(Followed(follower_id, followed_id))


def unfollow(follower_id: int, followed_id: int) -> None:
    """Follow no longer. Changes follows; announces."""
    if _removed(delete(Follow).where(Follow.follower_id == follower_id,
                                     Follow.followed_id == followed_id)):
        announce(Unfollowed(follower_id, followed_id))


def trust(truster_id: int, trusted_id: int, subject_id: int) -> None:
    """Trust somebody's judgement in a subject; twice is once. Changes trusts; announces."""
    _not_oneself(truster_id, trusted_id)
    count = db.session.scalar(select(func.count()).where(Trust.truster_id == truster_id)) or 0
    if count >= MOST_TRUSTS:
        raise Conflict(_("You trust 300 times already."))
    if is_blocked(truster_id, trusted_id):
        return
    if _once(Trust(truster_id=truster_id, trusted_id=trusted_id, subject_id=subject_id,
                   at=clock.now())):
        announce(TrustGiven(truster_id, trusted_id, subject_id))


def untrust(truster_id: int, trusted_id: int, subject_id: int) -> None:
    """Take trust back. Changes trusts; announces."""
    if _removed(delete(Trust).where(Trust.truster_id == truster_id,
                                    Trust.trusted_id == trusted_id,
                                    Trust.subject_id == subject_id)):
        announce(TrustWithdrawn(truster_id, trusted_id, subject_id))


def block(owner_id: int, other_id: int) -> None:
    """Want no contact; follow and trust end both ways. Changes blocks, follows, trusts."""
    _not_oneself(owner_id, other_id)
    pair = (owner_id, other_id)
    db.session.execute(delete(Follow).where(or_(
        (Follow.follower_id == pair[0]) & (Follow.followed_id == pair[1]),
        (Follow.follower_id == pair[1]) & (Follow.followed_id == pair[0]))))
    db.session.execute(delete(Trust).where(or_(
        (Trust.truster_id == pair[0]) & (Trust.trusted_id == pair[1]),
        (Trust.truster_id == pair[1]) & (Trust.trusted_id == pair[0]))))
    if _once(Block(owner_id=owner_id, other_id=other_id, at=clock.now())):
        announce(Blocked(owner_id, other_id))


def unblock(owner_id: int, other_id: int) -> None:
    """Allow contact again. Changes blocks; announces Unblocked."""
    if _removed(delete(Block).where(Block.owner_id == owner_id, Block.other_id == other_id)):
        announce(Unblocked(owner_id, other_id))


def mute(owner_id: int, other_id: int) -> None:
    """Fold somebody's words away in one's own views; nobody else sees it. Changes mutes."""
    _not_oneself(owner_id, other_id)
    _once(Mute(owner_id=owner_id, other_id=other_id, at=clock.now()))


def unmute(owner_id: int, other_id: int) -> None:
    """Show somebody's words again. Changes mutes."""
    _removed(delete(Mute).where(Mute.owner_id == owner_id, Mute.other_id == other_id))
