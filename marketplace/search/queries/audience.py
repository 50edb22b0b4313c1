"""Who looks: the groups of a viewer, and whom a block parts them from."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import bindparam, literal, select, union_all

from marketplace.foundation.database import read
from marketplace.groups.models import Membership
from marketplace.people.models import Block
from marketplace.search.rules.audiences import VISITOR, Audience


def audience_of(viewer_id: int | None) -> Audience:
    """A viewer as search sees them. Loads: 1 statement, none for visitors."""
    if viewer_id is None:
        return VISITOR
    found: dict[str, set[int]] = {"group": set(), "block": set()}
    for kind, number in read(_ties(), me=viewer_id):
        found[kind].add(number)
    return Audience(True, frozenset(found["group"]), frozenset(found["block"]))


@cache
def _ties() -> Any:
    me: Any = bindparam("me")
    return union_all(
        select(literal("group"), Membership.group_id).where(
            Membership.person_id == me, Membership.left_at.is_(None)),
        select(literal("block"), Block.other_id).where(Block.owner_id == me),
        select(literal("block"), Block.owner_id).where(Block.other_id == me))
