"""Phases "groups", "bundles" and "recommendations"."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import select

from marketplace.bundles.jobs import render
from marketplace.bundles.models import BoardTemplate, Bundle, BundleItem, BundleVote
from marketplace.bundles.rules import Place, spread
from marketplace.demo.content.kinds import Bundle as WrittenBundle
from marketplace.demo.content.kinds import Group as Written
from marketplace.demo.load.book import Book, Row
from marketplace.foundation.database import db
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
from marketplace.recommend.models import Recommendation

VOTERS: Final = (7, 18)
LAID: Final = "free"
REASONS: Final[tuple[list[str], ...]] = (
    ["fits"],
    ["occasion"],
    ["fits", "style"],
    ["choice"],
    ["price"],
    [],
)


def load_groups(book: Book) -> None:
    """Write groups with members, rules, lists, votes and picks. Changes eight tables."""
    for group in book.content.groups:
        book.groups[group.slug] = book.next_id(Group)
    book.insert(Group, [_group(book, one) for one in book.content.groups])
    book.insert(GroupRule, [_rule(book, one) for one in book.content.groups])
    book.insert(Membership, _memberships(book))
    book.insert(JoinRequest, [row for one in book.content.groups for row in _requests(book, one)])
    lists, items = _lists(book)
    book.insert(GroupList, lists)
    book.insert(ListItem, items)
    votes, picks = _picks(book)
    book.insert(PickVote, votes)
    book.insert(Pick, picks)


def _group(book: Book, group: Written) -> Row:
    """The group; its counts are those of the rows written beside it."""
    newest = min(topic.days_ago for topic in group.topics)
    return {
        "id": book.groups[group.slug],
        "slug": group.slug,
        "name": group.name,
        "purpose": group.purpose,
        "subject_id": book.subjects[group.subject],
        "lang": group.lang,
        "kind": group.kind,
        "founder_id": book.people[group.founder],
        "picture_seed": book.draw.randrange(1, 10**9),
        "founded_on": book.days_ago(group.founded_days_ago).date(),
        "last_act_at": book.ago(newest * 1440 + 7),
        "member_count": sum(slug == group.slug for _, slug in book.ties.memberships),
        "routed": group.kind != "secret", "topic_count": len(group.topics),
    }


def _rule(book: Book, group: Written) -> Row:
    return {
        "id": book.next_id(GroupRule),
        "group_id": book.groups[group.slug],
        "version": 1,
        "words": group.rules,
        "from_at": book.days_ago(group.founded_days_ago),
    }


def _memberships(book: Book) -> list[Row]:
    """Founders first; everybody joined between founding and last week."""
    roles: dict[tuple[str, str], str] = {}
    for group in book.content.groups:
        roles |= {(handle, group.slug): "moderator" for handle in group.moderators}
        roles[(group.founder, group.slug)] = "founder"
    ages = {group.slug: group.founded_days_ago for group in book.content.groups}
    rows = []
    for handle, slug in book.ties.memberships:
        role = roles.get((handle, slug), "member")
        days = ages[slug] if role == "founder" else book.draw.uniform(7, ages[slug] - 1)
        rows.append(
            {
                "id": book.next_id(Membership),
                "group_id": book.groups[slug],
                "person_id": book.people[handle],
                "role": role,
                "joined_at": book.days_ago(days),
            }
        )
    return rows


def _requests(book: Book, group: Written) -> list[Row]:
    """Those who wait before the door."""
    return [
        {
            "id": book.next_id(JoinRequest),
            "group_id": book.groups[group.slug],
            "person_id": book.people[one.by],
            "words": one.words,
            "at": book.days_ago(one.days_ago + 0.1),
        }
        for one in group.requests
    ]


def _lists(book: Book) -> tuple[list[Row], list[Row]]:
    """The lists of all groups, and what stands on them."""
    lists, items = [], []
    for group in book.content.groups:
        for kept in group.lists:
            number = book.next_id(GroupList)
            made = group.founded_days_ago * 0.6
            lists.append(
                {
                    "id": number,
                    "group_id": book.groups[group.slug],
                    "title": kept.title,
                    "purpose": kept.purpose,
                    "made_at": book.days_ago(made),
                }
            )
            for place, item in enumerate(kept.items, start=1):
                items.append(
                    {
                        "id": book.next_id(ListItem),
                        "list_id": number,
                        "product_id": book.products[item.product],
                        "person_id": book.people[item.by],
                        "why": item.why,
                        "at": book.days_ago(made * (1 - place / (len(kept.items) + 1))),
                    }
                )
    return lists, items


def _picks(book: Book) -> tuple[list[Row], list[Row]]:
    """Votes of members for the product of a month, and the picks of months that ended."""
    votes, picks = [], []
    for group in book.content.groups:
        inside = [handle for handle, slug in book.ties.memberships if slug == group.slug]
        for pick in group.picks:
            month = _month(book, pick.month)
            count = min(book.draw.randint(*VOTERS), len(inside))
            key = {
                "group_id": book.groups[group.slug],
                "month": month,
                "product_id": book.products[pick.product],
            }
            at = book.days_ago(30 * pick.month + 2)
            for handle in sorted(book.draw.sample(inside, count)):
                votes.append({**key, "person_id": book.people[handle], "at": at})
            if pick.month:
                ended = {"votes": count, "voters": count, "active": count, "made_at": at}
                picks.append({**key, **ended})
    return votes, picks


def _month(book: Book, back: int) -> str:
    """The month so many months before this one, as "2026-05"."""
    months = book.now.year * 12 + book.now.month - 1 - back
    return date(months // 12, months % 12 + 1, 1).strftime("%Y-%m")


def load_bundles(book: Book) -> None:
    """Write bundles with items and votes. Changes bundles, bundle_items, bundle_votes."""
    found = db.session.execute(select(BoardTemplate.slug, BoardTemplate.id))
    boards = {row.slug: row.id for row in found}
    for bundle in book.content.bundles:
        book.bundles[bundle.slug] = book.next_id(Bundle)
    book.insert(Bundle, [_bundle(book, one, boards) for one in book.content.bundles])
    items = []
    for bundle in book.content.bundles:
        for place, item in zip(spread(len(bundle.items)), bundle.items, strict=True):
            items.append(
                {
                    "id": book.next_id(BundleItem),
                    "bundle_id": book.bundles[bundle.slug],
                    "pos": place.z,
                    "slot": item.slot,
                    "product_id": book.products[item.product],
                    "note": item.note,
                    **_where(place if bundle.template == LAID else None),
                }
            )
    book.insert(BundleItem, items)
    ages = {one.slug: one.days_ago for one in book.content.bundles}
    book.insert(
        BundleVote,
        [
            {
                "bundle_id": book.bundles[slug],
                "person_id": book.people[handle],
                "value": value,
                "reasons": book.draw.choice(REASONS) if value > 0 else ["does_not_fit"],
                "at": book.days_ago(book.draw.uniform(0.05, ages[slug])),
            }
            for slug, handle, value in book.ties.bundle_votes
        ],
    )


def _where(place: Place | None) -> Row:
    """Where a part lies; boards in slots have no such place."""
    names = ("x", "y", "w", "h", "rot", "z")
    return {**{name: getattr(place, name, None) for name in names},
            "crop": list(place.crop) if place else None}


def draw_collages(book: Book) -> None:
    """The pictures of what is laid freely, as the job makes them. Changes bundles."""
    for bundle in book.content.bundles:
        if bundle.template == LAID:
            render(book.bundles[bundle.slug])


def _bundle(book: Book, bundle: WrittenBundle, boards: dict[str, int]) -> Row:
    """The bundle; a remix names what it came from."""
    at = book.days_ago(bundle.days_ago)
    parent = book.bundles.get(bundle.parent)
    return {
        "id": book.bundles[bundle.slug],
        "slug": bundle.slug,
        "author_id": book.people[bundle.by],
        "template_id": boards[bundle.template],
        "mode": "collage" if bundle.template == LAID else "board",
        "title": bundle.title,
        "lang": bundle.lang,
        "occasion_id": book.occasions[bundle.occasion],
        "words": bundle.words,
        "parent_id": parent,
        "root_id": parent,
        "depth": 1 if parent else 0,
        "state": "published",
        "published_at": at,
        "changed_at": at,
        "up": bundle.up,
        "down": bundle.down,
        "remixes": sum(one.parent == bundle.slug for one in book.content.bundles),
        "comments": len(bundle.comments),
    }


def load_recommendations(book: Book) -> None:
    """Write recommendations to all, to groups, to persons. Changes recommendations."""
    had = had_in_hands(book)
    rows = []
    for one in book.content.recommendations:
        audience, _, name = one.to.partition(":")
        rows.append(
            {
                "id": book.next_id(Recommendation),
                "code": book.secret(),
                "author_id": book.people[one.by],
                "thing": "product",
                "thing_id": book.products[one.product],
                "audience": audience,
                "group_id": book.groups[name] if audience == "group" else None,
                "person_id": book.people[name] if audience == "person" else None,
                "reason": one.reason,
                "occasion_id": book.occasions[one.occasion],
                "lang": one.lang,
                "bought": (one.by, one.product) in had,
                "made_at": book.ago(one.days_ago * 1440 + book.draw.randint(30, 700)),
            }
        )
    book.insert(Recommendation, rows)


def had_in_hands(book: Book) -> set[tuple[str, str]]:
    """Who has had which product delivered."""
    return {
        (order.handle, line.product)
        for order in book.history.orders
        for part in order.parts
        for line in part.lines
        if part.delivered_minutes_ago is not None
    }
