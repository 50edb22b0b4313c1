"""Who looks: groups, whom a block parts them from, what they told once, the order they chose."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import String, bindparam, cast, literal, select, union_all

from marketplace.catalog.rules.codes import slug_of
from marketplace.foundation.database import read
from marketplace.groups.models import Membership
from marketplace.people.models import Address, Block, HealthWish, Wish
from marketplace.recommend.models import Choices
from marketplace.recommend.queries import Chosen
from marketplace.search.rules.audiences import VISITOR, Audience
from marketplace.search.rules.needs import NO_NEEDS, Needs, avoided


@dataclass(frozen=True, slots=True)
class Reader:
    """A viewer as lists of goods see them: what they may see, need, and by what lists go."""

    audience: Audience = VISITOR
    needs: Needs = NO_NEEDS
    order_by: str = "verdict"


def reader_of(viewer_id: int | None) -> Reader:
    """A viewer as search sees them: allergies, sizes and the country of the first address are for
    their owner's own lists. Loads: 1 statement, none for visitors.
    """
    if viewer_id is None:
        return Reader()
    told: dict[str, list[str]] = {}
    for kind, words in read(_told(), me=viewer_id):
        told.setdefault(kind, []).append(words)
    sizes = {slug_of(words.strip('"'), 80) for words in told.get("size", ())}
    return Reader(
        Audience(True, _ids(told.get("group", ())), _ids(told.get("block", ()))),
        Needs(avoided(told.get("allergy", ())), frozenset(sizes - {""}),
              next(iter(told.get("country", ())), "")),
        next(iter(told.get("order", ())), Chosen().order_by))


def audience_of(viewer_id: int | None) -> Audience:
    """What a viewer may see. Loads: 1 statement, none for visitors."""
    return reader_of(viewer_id).audience


def _ids(words: Collection[str]) -> frozenset[int]:
    return frozenset(map(int, words))


@cache
def _told() -> Any:
    me: Any = bindparam("me")
    return union_all(
        select(literal("group"), cast(Membership.group_id, String)).where(
            Membership.person_id == me, Membership.left_at.is_(None)),
        select(literal("block"), cast(Block.other_id, String)).where(Block.owner_id == me),
        select(literal("block"), cast(Block.owner_id, String)).where(Block.other_id == me),
        select(literal("allergy"), HealthWish.value).where(
            HealthWish.person_id == me, HealthWish.kind == "allergy"),
        select(literal("size"), cast(Wish.value["words"].as_string(), String)).where(
            Wish.person_id == me, Wish.kind == "size"),
        select(literal("country"), Address.country).where(
            Address.person_id == me, Address.is_default),
        select(literal("order"), Choices.order_by).where(Choices.person_id == me))
