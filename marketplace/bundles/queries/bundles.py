"""Bundles with their items: one, lists, and those in which a product stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import and_, bindparam, case, exists, func, or_, select

from marketplace.bundles.models import Bundle, BundleItem, BundleOffer, BundleSave, BundleVote
from marketplace.bundles.queries.ordering import keys_of
from marketplace.bundles.queries.rows import BundleRow, ItemRow, place_in
from marketplace.bundles.queries.sight import blind, may_see, named, seen_by
from marketplace.bundles.rules import NEW_DAYS, Standing, in_order, rank
from marketplace.catalog.models import Product, Variant
from marketplace.foundation import clock
from marketplace.foundation.database import db, read
from marketplace.foundation.errors import NotFound
from marketplace.groups.queries import group_ids_of
from marketplace.people.models import Follow

WHERE = (BundleItem.x, BundleItem.y, BundleItem.w, BundleItem.h, BundleItem.rot, BundleItem.z,
         BundleItem.crop)
"""Where a part lies."""


def bundle_row(slug: str, viewer_id: int | None) -> BundleRow | None:
    """A bundle by its address, whoever may see it. Loads: 2 statements."""
    rows = read(_at_address(), slug=slug)
    return _rows(rows, viewer_id)[0] if rows else None


@cache
def _at_address() -> Any:
    return select(Bundle).where(Bundle.slug == bindparam("slug"))


def bundle_for(slug: str, viewer_id: int | None, removed: bool = False) -> BundleRow:
    """A bundle for who may open it; one that a decision removed only if its page asks, to say so.

    Loads: 2 statements, 3 in a group. Raises NotFound.
    """
    row = bundle_row(slug, viewer_id)
    in_group = row is not None and row.visibility == "group" and viewer_id
    mine = group_ids_of(viewer_id) if in_group and viewer_id else frozenset()
    if row is None or not may_see(row, viewer_id, mine) or (
            row.standing == "removed" and not removed):
        raise NotFound(_("There is no such bundle here."))
    return row


def own_bundle(slug: str, person_id: int) -> BundleRow:
    """A bundle for its author alone. Loads: 2 statements. Raises NotFound for all others."""
    row = bundle_row(slug, person_id)
    if row is None or row.author_id != person_id:
        raise NotFound(_("There is no such bundle here."))
    return row


def bundle_head(bundle_id: int) -> tuple[str, str] | None:
    """Slug and title of a bundle, whoever may see it. Loads: 1 statement."""
    row = db.session.execute(
        select(Bundle.slug, Bundle.title).where(Bundle.id == bundle_id)).first()
    return (row[0], row[1]) if row else None


def listed(
    viewer_id: int | None, order: str, offset: int, limit: int, occasion_id: int | None = None,
    group_id: int | None = None, author_id: int | None = None, followed: bool = False,
    groups: Collection[int] | None = None, offers: bool = False,
) -> tuple[Sequence[BundleRow], int]:
    """Bundles a viewer may see; order is best, new or group. `offers`: those whose author sells
    what is in them or has something from it, and those with a set price. Loads: 2 statements.
    """
    where = [seen_by(viewer_id)]
    for column, value in ((Bundle.occasion_id, occasion_id), (Bundle.group_id, group_id),
                          (Bundle.author_id, author_id)):
        if value is not None:
            where.append(column == value)
    if followed or author_id is not None:
        where.append(named())
    if followed:
        where.append(exists().where(Follow.followed_id == Bundle.author_id,
                                    Follow.follower_id == (viewer_id or 0)))
    if groups is not None:
        where.append(Bundle.group_id.in_(groups))
    if offers:
        where.append(or_(Bundle.relation.is_not(None), exists().where(
            BundleOffer.bundle_id == Bundle.id, BundleOffer.state == "running")))
    elif order == "best":
        where.append(Bundle.relation.is_(None))
    begin, most = offset, limit
    if order == "best":
        begin, most = 0, 500
    found = db.session.execute(select(Bundle, func.count(Bundle.id).over()).where(*where)
                               .order_by(*keys_of(order)).limit(most).offset(begin)).all()
    rows = [row for row, _all in found]
    total = found[0][1] if found else 0 if not begin else db.session.scalar(
        select(func.count(Bundle.id)).where(*where)) or 0
    if order == "best":
        known, since = {row.id: row for row in rows}, clock.now() - timedelta(days=NEW_DAYS)
        order_of = in_order([Standing(row.id, row.up, row.down, (row.published_at or since) > since)
                             for row in rows], clock.today())
        rows = [known[one] for one in order_of[offset:offset + limit]]
    return _rows(rows, viewer_id), total


def best(viewer_id: int | None, limit: int) -> Sequence[BundleRow]:
    """The best of the 500 newest bundles a viewer may see. Loads: 2 statements."""
    asked = {} if viewer_id is None else {"me": viewer_id}
    rows = read(_newest(viewer_id is not None), **asked)
    return _rows(sorted(rows, key=lambda b: -rank(b.up, b.down))[:limit], viewer_id)


@cache
def _newest(member: bool) -> Any:
    return (select(Bundle).where(seen_by(bindparam("me") if member else None),
                                 Bundle.relation.is_(None))
            .order_by(Bundle.published_at.desc(), Bundle.id.desc()).limit(500))


def with_product(product_id: int, viewer_id: int | None, limit: int = 3) -> Sequence[BundleRow]:
    """Bundles in which a product stands. Loads: 1 statement, 2 for members if there are any."""
    asked = {"product": product_id, "limit": limit}
    if viewer_id is not None:
        asked["me"] = viewer_id
    rows = read(_holding(viewer_id is not None), **asked)
    heads = list({row.id: row for row in rows}.values())
    return _rows(heads, viewer_id, _chosen(rows))


@cache
def _holding(member: bool) -> Any:
    return _with_items(
        select(Bundle).where(seen_by(bindparam("me") if member else None), exists().where(
            BundleItem.bundle_id == Bundle.id, BundleItem.product_id == bindparam("product"))),
        lambda of: ((of.up - of.down).desc(), of.id.desc()))


def newest_of(author_id: int, viewer_id: int | None, limit: int) -> Sequence[BundleRow]:
    """What an author published for this viewer. Loads: 1 statement, 2 for members."""
    asked: dict[str, Any] = {"author": author_id, "limit": limit, "now": clock.now()}
    if viewer_id is not None:
        asked["me"] = viewer_id
    rows = read(_of_author(viewer_id is not None), **asked)
    return _rows(list({row.id: row for row in rows}.values()), viewer_id, _chosen(rows))


@cache
def _of_author(member: bool) -> Any:
    return _with_items(
        select(Bundle).where(seen_by(bindparam("me") if member else None),
                             Bundle.author_id == bindparam("author"),
                             or_(Bundle.blind_until.is_(None),
                                 Bundle.blind_until <= bindparam("now"))),
        lambda of: (of.published_at.desc(), of.id.desc()))


def _with_items(found: Any, order: Callable[[Any], tuple[Any, ...]]) -> Any:
    """The first of some bundles, a row for each item and variant."""
    held = found.order_by(*order(Bundle)).limit(bindparam("limit")).subquery()
    columns, joined, parts = _parts()
    return (joined(select(*held.c, *columns).join(BundleItem, BundleItem.bundle_id == held.c.id))
            .order_by(*order(held.c), *parts))


def some(ids: Collection[int], viewer_id: int | None) -> Mapping[int, BundleRow]:
    """Bundles by id that a viewer may see in lists. Loads: 2 statements."""
    rows = db.session.scalars(select(Bundle).where(Bundle.id.in_(list(ids)), seen_by(viewer_id)))
    return {row.id: row for row in _rows(rows.all(), viewer_id)}


def drafts_of(person_id: int, limit: int = 60) -> Sequence[BundleRow]:
    """A person's own bundles in every state, newest first. Loads: 2 statements."""
    rows = db.session.scalars(
        select(Bundle).where(Bundle.author_id == person_id)
        .order_by(Bundle.changed_at.desc(), Bundle.id.desc()).limit(limit)).all()
    return _rows(rows, person_id)


def saved_by(person_id: int, limit: int = 60) -> Sequence[BundleRow]:
    """Bundles that a person keeps and may still see, newest first. Loads: 2 statements."""
    rows = db.session.scalars(
        select(Bundle).join(BundleSave, BundleSave.bundle_id == Bundle.id)
        .where(BundleSave.person_id == person_id, seen_by(person_id))
        .order_by(BundleSave.at.desc(), Bundle.id.desc()).limit(limit)).all()
    return _rows(rows, person_id)


def _rows(
    rows: Sequence[Any], viewer_id: int | None,
    known: Mapping[int, list[ItemRow]] | None = None,
) -> list[BundleRow]:
    ids = [row.id for row in rows]
    if known is None:
        items, votes = _items_and_votes(ids, viewer_id)
    else:
        items, votes = known, _own_votes(ids, viewer_id)
    return [BundleRow(
        b.id, b.slug, b.title, b.words, b.lang,
        None if blind(b) and b.author_id != viewer_id else b.author_id, b.group_id, b.template_id,
        b.occasion_id, b.visibility, b.state, b.standing, b.standing_reason, b.published_at,
        b.changed_at, b.version, b.up, b.down, b.added, b.comments, tuple(items.get(b.id, ())),
        votes.get(b.id, 0), b.licence, b.may_remix, b.parent_id, b.root_id, b.remixes,
        b.relation, b.mode, b.season, b.alt, b.background, b.preview, b.not_here,
        b.saves, _photos(b, viewer_id), b.blind_until, blind(b))
        for b in rows]


def _photos(bundle: Any, viewer_id: int | None) -> tuple[Mapping[str, Any], ...]:
    """Own photos; who took them is not named before the author is."""
    hidden = blind(bundle) and bundle.author_id != viewer_id
    return tuple({**one, "credit": ""} if hidden else one for one in bundle.photos or ())


def rows_of(bundle_ids: Collection[int], viewer_id: int | None) -> Sequence[BundleRow]:
    """These bundles with their items, in any order. Loads: 2 statements."""
    return _rows(db.session.scalars(select(Bundle).where(Bundle.id.in_(list(bundle_ids)))).all(),
                 viewer_id)


def voted(rows: Sequence[BundleRow], viewer_id: int | None) -> Sequence[BundleRow]:
    """Bundles that were read for nobody, with the viewer's own votes. Loads: at most 1."""
    votes = _own_votes([row.id for row in rows], viewer_id)
    return [replace(row, own_vote=votes.get(row.id, 0)) for row in rows]


def _own_votes(bundle_ids: Collection[int], viewer_id: int | None) -> Mapping[int, int]:
    if not viewer_id or not bundle_ids:
        return {}
    return dict(db.session.execute(
        select(BundleVote.bundle_id, BundleVote.value)
        .where(BundleVote.bundle_id.in_(list(bundle_ids)), BundleVote.person_id == viewer_id)
    ).all())


def _items_and_votes(bundle_ids: Collection[int], viewer_id: int | None
                     ) -> tuple[Mapping[int, list[ItemRow]], Mapping[int, int]]:
    """Items with the chosen variant, or the cheapest that can be had, and the viewer's votes.

    Loads: 1 statement.
    """
    if not bundle_ids:
        return {}, {}
    rows = read(_all_parts(), ids=list(bundle_ids), me=viewer_id or 0)
    return _chosen(rows), {row.bundle_id: row.own_vote for row in rows if row.own_vote}


def _chosen(rows: Sequence[Any]) -> dict[int, list[ItemRow]]:
    """Of each item the first row, by bundle."""
    found: dict[int, list[ItemRow]] = {}
    seen: set[int] = set()
    for row in rows:
        if row.item_id not in seen:
            seen.add(row.item_id)
            found.setdefault(row.bundle_id, []).append(ItemRow(
                row.pos, row.slot, row.product_id, row.chosen_id, row.qty, row.note,
                row.price_minor, bool(row.available), row.variant_id, place_in(row),
                row.picture_key, row.weight_g or 0, row.deposit_minor or 0, row.age_class or 0,
                row.withdrawal or "yes"))
    return found


def _parts() -> tuple[tuple[Any, ...], Callable[[Any], Any], tuple[Any, ...]]:
    """Columns of an item, the joins that find its variants, and the order, best variant first."""
    on_sale = and_(Product.id == BundleItem.product_id, Product.state == "published")
    can = or_(Variant.made_to_order, Variant.on_hand > Variant.reserved)
    columns = (
        BundleItem.id.label("item_id"), BundleItem.bundle_id, BundleItem.pos, BundleItem.slot,
        BundleItem.product_id, BundleItem.qty, BundleItem.note, *WHERE, BundleItem.variant_id,
        BundleItem.picture_key, Variant.id.label("chosen_id"),
        Variant.price_minor, Variant.weight_g, Variant.deposit_minor, Product.age_class,
        Product.withdrawal,
        case((and_(Product.id.is_not(None), can), True), else_=False).label("available"))

    def joined(found: Any) -> Any:
        return found.outerjoin(Product, on_sale).outerjoin(Variant, and_(
            Variant.product_id == BundleItem.product_id, Variant.active, or_(
                Variant.id == BundleItem.variant_id, BundleItem.variant_id.is_(None))))

    return columns, joined, (BundleItem.bundle_id, BundleItem.pos, case((can, 0), else_=1),
                             Variant.price_minor, Variant.id)


@cache
def _all_parts() -> Any:
    columns, joined, order = _parts()
    own = (select(BundleVote.value)
           .where(BundleVote.bundle_id == BundleItem.bundle_id,
                  BundleVote.person_id == bindparam("me")).scalar_subquery().label("own_vote"))
    return (joined(select(*columns, own).select_from(BundleItem))
            .where(BundleItem.bundle_id.in_(bindparam("ids", expanding=True))).order_by(*order))
