"""Lists, picks, and what goes into them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    Select,
    String,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    select,
    union_all,
)

from marketplace.catalog.models import Product
from marketplace.foundation.database import db, read
from marketplace.groups.models import (
    Group,
    GroupList,
    ListItem,
    ListVote,
    Membership,
    Pick,
    PickVote,
)
from marketplace.producers.models import Producer, Staff


@dataclass(frozen=True, slots=True)
class ListItemView:
    """A product on a list: who put it there, why, and how many find that it belongs."""

    product_id: int
    person_id: int
    why: str
    votes: int


@dataclass(frozen=True, slots=True)
class ListView:
    """A shared list; best-voted first where it is filled by vote."""

    id: int
    title: str
    purpose: str
    curated_by: str
    items: Sequence[ListItemView]


@dataclass(frozen=True, slots=True)
class PickView:
    """A pick of the month."""

    product_id: int
    month: str
    votes: int
    active: int


def lists_of(group_id: int) -> Sequence[ListView]:
    """Shared lists with items, newest first. Loads: 1 statement."""
    found: dict[int, tuple[str, str, str, list[ListItemView]]] = {}
    for row in read(_lists(), group=group_id):
        items = found.setdefault(row.id, (row.title, row.purpose, row.curated_by, []))[3]
        if row.product_id is not None:
            items.append(ListItemView(row.product_id, row.person_id, row.why, row.votes))
    return [ListView(i, title, purpose, by, sorted(items, key=lambda item: -item.votes)
                     if by == "vote" else items)
            for i, (title, purpose, by, items) in found.items()]


@cache
def _lists() -> Any:
    newest = (select(GroupList).where(GroupList.group_id == bindparam("group"))
              .order_by(GroupList.made_at.desc(), GroupList.id).limit(30).subquery())
    votes = (select(func.count()).select_from(ListVote).where(ListVote.item_id == ListItem.id)
             .correlate(ListItem).scalar_subquery())
    return (select(newest.c.id, newest.c.title, newest.c.purpose, newest.c.curated_by,
                   ListItem.product_id, ListItem.person_id, ListItem.why, votes.label("votes"))
            .outerjoin(ListItem, ListItem.list_id == newest.c.id)
            .order_by(newest.c.made_at.desc(), newest.c.id, ListItem.at, ListItem.id))


def own_list_votes(list_id: int, person_id: int) -> frozenset[int]:
    """Products of a list that somebody voted for. Loads: 1 statement."""
    return frozenset(db.session.scalars(
        select(ListItem.product_id).join(ListVote, ListVote.item_id == ListItem.id)
        .where(ListItem.list_id == list_id, ListVote.person_id == person_id)))


def picks_of(group_id: int, limit: int = 6) -> Sequence[PickView]:
    """Picks, newest month first. Loads: 1 statement."""
    rows = db.session.execute(
        select(Pick.product_id, Pick.month, Pick.votes, Pick.active)
        .where(Pick.group_id == group_id)
        .order_by(Pick.month.desc(), Pick.product_id).limit(limit))
    return [PickView(*row) for row in rows]


def votes_of(
    group_id: int, month: str, person_id: int | None
) -> tuple[Mapping[int, int], set[int]]:
    """Votes of a month by product, and one's own. Loads: 1 statement."""
    counts: dict[int, int] = {}
    own: set[int] = set()
    for product_id, voter in db.session.execute(
        select(PickVote.product_id, PickVote.person_id)
        .where(PickVote.group_id == group_id, PickVote.month == month)
    ):
        counts[product_id] = counts.get(product_id, 0) + 1
        if voter == person_id:
            own.add(product_id)
    return counts, own


def named_by_groups(person_id: int) -> Mapping[int, tuple[str, str]]:
    """What a person's groups picked or listed, as `who_named` tells. Loads: 1 statement."""
    return who_named(row[1] for row in read(_named_by(), me=person_id))


@cache
def _named_by() -> Any:
    return union_all(*named_goods(bindparam("me")))


def named_goods(me: Any) -> list[Any]:
    """Selects of ("groups", words) of all that a person's groups picked or listed, as
    `goods_named` and `who_named` read the words. `me`: a parameter.
    """
    mine = (select(Group.id, case((Group.kind == "secret", ""), else_=Group.slug).label("slug"),
                   Group.name)
            .join(Membership, Membership.group_id == Group.id)
            .where(Membership.person_id == me, Membership.left_at.is_(None)).subquery())

    def words(month: Any, product: Any) -> Any:
        return month + " " + cast(product, String) + " " + mine.c.slug + " " + mine.c.name

    return [
        select(literal("groups"), words(literal("0"), ListItem.product_id))
        .join(GroupList, GroupList.id == ListItem.list_id)
        .join(mine, mine.c.id == GroupList.group_id),
        select(literal("groups"), words(Pick.month, Pick.product_id))
        .join(mine, mine.c.id == Pick.group_id)]


def goods_named(words: Iterable[str]) -> frozenset[int]:
    """Which products rows of `named_goods` tell of."""
    return frozenset(int(one.split(" ", 2)[1]) for one in words)


def who_named(words: Iterable[str]) -> Mapping[int, tuple[str, str]]:
    """What rows of `named_goods` tell: product -> slug and name of one of the groups.

    Picks go before lists, new picks before old ones; secret groups are not named.
    """
    told = sorted(one.split(" ", 3) for one in words)
    return {int(product): (slug, name) for _month, product, slug, name in told if slug}


def counted_votes(month: str) -> Select[Any, Any, Any]:
    """(group, product, votes) of a month, without those who sell goods of the same subject."""
    whose = (select(Producer.subject_id).join(Product, Product.producer_id == Producer.id)
             .where(Product.id == PickVote.product_id).correlate(PickVote).scalar_subquery())
    return (select(PickVote.group_id, PickVote.product_id, func.count())
            .where(PickVote.month == month, ~_sells(PickVote.person_id, whose))
            .group_by(PickVote.group_id, PickVote.product_id))


def _sells(person_id: Any, subject_id: Any) -> Any:
    """Whether somebody acts for a house of a subject."""
    return exists().where(Staff.person_id == person_id, Staff.until.is_(None),
                          Staff.producer_id == Producer.id, Producer.subject_id == subject_id)
