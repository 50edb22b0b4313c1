"""Who looks: groups, whom a block parts them from, what they told once, the order they chose."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import String, bindparam, cast, literal, select, union_all

from marketplace.catalog.rules.codes import slug_of
from marketplace.foundation.database import read
from marketplace.groups.models import Membership
from marketplace.groups.queries import goods_named, who_named
from marketplace.people.models import Address, Block, HealthWish, Wish
from marketplace.recommend.models import Choices
from marketplace.recommend.queries import Chosen, goods_of_my_people
from marketplace.search.rules.audiences import VISITOR, Audience
from marketplace.search.rules.needs import NO_NEEDS, Needs, avoided

NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Reader:
    """A viewer as lists of goods see them: what they may see, need, by what lists go, and what
    their people recommend.
    """

    audience: Audience = VISITOR
    needs: Needs = NO_NEEDS
    order_by: str = "verdict"
    followed: frozenset[int] = NOBODY
    said: frozenset[int] = NOBODY
    """Goods that people one follows recommend, and all that somebody of one's own said."""
    groups: frozenset[int] = NOBODY
    named: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """Goods that one's groups picked or listed; slug and name of a group by product, without secret
    ones."""


def reader_of(viewer_id: int | None) -> Reader:
    """A viewer as search sees them: allergies, sizes and the country of the first address are for
    their owner's own lists. Loads: 1 statement, none for visitors.
    """
    if viewer_id is None:
        return Reader()
    told: dict[str, list[str]] = {}
    for kind, words in read(_all(), me=viewer_id):
        told.setdefault(kind, []).append(words)
    named = told.get("groups", ())
    sizes = {slug_of(words.strip('"'), 80) for words in told.get("size", ())}
    return Reader(
        _audience(told),
        Needs(avoided(told.get("allergy", ())), frozenset(sizes - {""}),
              next(iter(told.get("country", ())), "")),
        next(iter(told.get("order", ())), Chosen().order_by),
        _ids(told.get("followed", ())), _ids(told.get("said", ())),
        goods_named(named), who_named(named))


def audience_of(viewer_id: int | None) -> Audience:
    """What a viewer may see. Loads: 1 statement, none for visitors."""
    if viewer_id is None:
        return VISITOR
    told: dict[str, list[str]] = {}
    for kind, number in read(_ties(), me=viewer_id):
        told.setdefault(kind, []).append(number)
    return _audience(told)


def _audience(told: Mapping[str, Collection[str]]) -> Audience:
    return Audience(True, _ids(told.get("group", ())), _ids(told.get("block", ())))


def _ids(words: Collection[str]) -> frozenset[int]:
    return frozenset(map(int, words))


@cache
def _ties() -> Any:
    return union_all(*_of_ties(bindparam("me")))


@cache
def _all() -> Any:
    me: Any = bindparam("me")
    return union_all(
        *_of_ties(me),
        select(literal("allergy"), HealthWish.value).where(
            HealthWish.person_id == me, HealthWish.kind == "allergy"),
        select(literal("size"), cast(Wish.value["words"].as_string(), String)).where(
            Wish.person_id == me, Wish.kind == "size"),
        select(literal("country"), Address.country).where(
            Address.person_id == me, Address.is_default),
        select(literal("order"), Choices.order_by).where(Choices.person_id == me),
        *goods_of_my_people(me))


def _of_ties(me: Any) -> list[Any]:
    return [
        select(literal("group"), cast(Membership.group_id, String)).where(
            Membership.person_id == me, Membership.left_at.is_(None)),
        select(literal("block"), cast(Block.other_id, String)).where(Block.owner_id == me),
        select(literal("block"), cast(Block.owner_id, String)).where(Block.other_id == me)]
