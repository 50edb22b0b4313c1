"""Boards to lay goods on, what stands in the way of buying, and why people voted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, literal, null, or_, select, union_all

from marketplace.bundles.models import BoardTemplate, BundleSave, BundleVote
from marketplace.bundles.queries.rows import BundleRow
from marketplace.bundles.rules import Board, Slot
from marketplace.catalog.queries import buyable, cards
from marketplace.checkout.models import Basket
from marketplace.foundation.database import db, read
from marketplace.people.models import Address

HOME = "DE"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A part that cannot go into a basket now; `left` pieces are there."""

    pos: int
    product_id: int
    title: str
    url: str
    qty: int
    left: int
    variant_id: int | None = None


def obstacles(bundle: BundleRow, lang: str) -> Sequence[Obstacle]:
    """Parts that are gone, sold out or too few. Loads: 2 statements."""
    goods = buyable([i.variant_id for i in bundle.items if i.variant_id is not None], lang)
    blocked = []
    for item in bundle.items:
        found = goods.get(item.variant_id or 0)
        if found is None or not found.on_sale:
            blocked.append((item, 0))
        elif not found.made_to_order and found.available < item.qty:
            blocked.append((item, max(0, found.available)))
    shown = cards([item.product_id for item, _left in blocked], lang)
    return [Obstacle(item.pos, item.product_id, shown[item.product_id].title
                     if item.product_id in shown else "?", shown[item.product_id].url
                     if item.product_id in shown else "/products", item.qty, left, item.variant_id)
            for item, left in blocked]


def board_of(template_id: int | None) -> Board | None:
    """The board a bundle stands on. Loads: 1 statement."""
    row = db.session.get(BoardTemplate, template_id) if template_id else None
    if row is None:
        return None
    return Board(row.slug, row.name_de, row.name_en, tuple(Slot(**slot) for slot in row.slots))


def boards() -> Sequence[BoardTemplate]:
    """All boards. Loads: 1 statement."""
    return db.session.scalars(select(BoardTemplate).order_by(BoardTemplate.id)).all()


@dataclass(frozen=True, slots=True)
class Heard:
    """Why people voted on a bundle, and what its viewer did: reasons given, kept or not, and the
    country things would go to.
    """

    reasons: Mapping[str, int]
    own: Sequence[str]
    saved: bool
    country: str


def heard_of(bundle_id: int, viewer_id: int | None, basket_key: str | None = None) -> Heard:
    """What was said to a bundle in one word, and what is the viewer's own. Loads: 1 statement."""
    counts: dict[str, int] = {}
    own: Sequence[str] = ()
    saved, country = False, ""
    asked = {"bundle": bundle_id, "me": viewer_id or 0, "key": basket_key or ""}
    for who, reasons, kept, to in read(_heard(viewer_id is not None), **asked):
        saved, country = saved or kept, to or country
        own = reasons or () if who == viewer_id and not kept else own
        for reason in reasons or ():
            counts[reason] = counts.get(reason, 0) + 1
    return Heard(counts, own, saved, country or HOME)


@cache
def _heard(member: bool) -> Any:
    me: Any = bindparam("me")
    bundle: Any = bindparam("bundle")
    votes = select(BundleVote.person_id, BundleVote.reasons, literal(False).label("kept"),
                   literal("").label("country")).where(
        BundleVote.bundle_id == bundle, or_(BundleVote.counted, BundleVote.person_id == me)
    ).order_by(BundleVote.person_id != me, BundleVote.person_id).limit(2000).subquery()
    keeps = select(BundleSave.person_id, null(), literal(True), literal("")).where(
        BundleSave.bundle_id == bundle, BundleSave.person_id == me)
    goes = select(literal(0), null(), literal(False), _country(member))
    return union_all(select(votes), keeps, goes)


def _country(member: bool) -> Any:
    """Where the basket goes, else the address a member prefers."""
    mine = Basket.person_id == bindparam("me") if member else and_(
        Basket.key == bindparam("key"), Basket.person_id.is_(None))
    basket = select(Basket.country).where(mine).order_by(Basket.id).limit(1).scalar_subquery()
    address = (select(Address.country).where(Address.person_id == bindparam("me"))
               .order_by(Address.is_default.desc(), Address.id.desc()).limit(1).scalar_subquery())
    return func.coalesce(basket, address, "")
