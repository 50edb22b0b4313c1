"""Whom the groups of a person know, and why a producer stands in the directory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select, union

from marketplace.catalog.models import Product
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.groups.models import Group, GroupList, ListItem, Membership, Pick
from marketplace.producers import queries as producers
from marketplace.producers.queries import Fact, ProducerCard
from marketplace.producers.queries.listing import FRESH, SHOWN_FROM
from marketplace.web.formats import month, number
from marketplace.web.shapes import Reason

NEW_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class KnownIn:
    """A group that picked or listed goods of a producer, and how many of them."""

    slug: str
    name: str
    goods: int


def known_in_groups(person_id: int) -> Mapping[int, KnownIn]:
    """Producers whose goods a group of this person picked or listed, each with the group that
    knows most of them. Loads: 1 statement.
    """
    told = union(
        select(GroupList.group_id.label("group_id"), ListItem.product_id.label("product_id"))
        .join(ListItem, ListItem.list_id == GroupList.id),
        select(Pick.group_id, Pick.product_id)).subquery()
    rows = db.session.execute(
        select(Product.producer_id, Group.slug, Group.name, func.count(Product.id))
        .join(told, told.c.product_id == Product.id)
        .join(Group, Group.id == told.c.group_id)
        .join(Membership, Membership.group_id == Group.id)
        .where(Membership.person_id == person_id, Membership.left_at.is_(None),
               Group.state != "ended")
        .group_by(Product.producer_id, Group.id, Group.slug, Group.name)
        .order_by(func.count(Product.id), Group.id.desc()))
    return {row[0]: KnownIn(row[1], row[2], int(row[3])) for row in rows}


def reasons_of(cards: Sequence[ProducerCard], known: Mapping[int, KnownIn]
               ) -> Mapping[int, Reason]:
    """One true line for each producer, the closest to the reader first. Loads: 1 statement."""
    facts = producers.facts_of([card.id for card in cards])
    return {card.id: _reason(card, known.get(card.id),
                             facts.get((card.id, "first_answer_median"))) for card in cards}


def _reason(card: ProducerCard, known: KnownIn | None, fact: Fact | None) -> Reason:
    if known is not None:
        return Reason(ngettext("%(name)s knows %(num)s thing made here",
                               "%(name)s knows %(num)s things made here", known.goods,
                               name=known.name), f"/groups/{known.slug}", "group")
    page = f"/producers/{card.slug}"
    if fact is not None and _told(fact):
        return Reason(_("Half of the first answers within %(n)s open hours",
                        n=number(round(fact.value or 0, 1))), f"{page}/reputation#figures",
                      "producer")
    if card.opened_on and clock.today() - card.opened_on <= NEW_FOR:
        return Reason(_("New here since %(month)s", month=month(card.opened_on)), page, "new")
    if card.follower_count:
        return Reason(ngettext("%(num)s person follows", "%(num)s people follow",
                               card.follower_count), page, "person")
    return Reason(_("Nobody has asked much yet: be among the first"),
                  f"/threads/new?about={page}", "producer")


def _told(fact: Fact) -> bool:
    """Whether a figure may be shown: of five or more, to its end, of this week."""
    return (fact.n >= SHOWN_FROM and fact.high is not None and fact.computed_at is not None
            and fact.computed_at > clock.now() - FRESH)
