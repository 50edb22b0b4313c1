"""The words of buyers: top voices, lists, what waits for an answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, exists, func, or_, select

from marketplace.catalog.models import Lot, Occasion
from marketplace.foundation.database import db
from marketplace.reviews.models import (
    HelpfulVote,
    Rating,
    RatingOccasion,
    RatingPhoto,
    Reply,
)


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One buyer's words with everything that stands beside them."""

    id: int
    code: str
    person_id: int | None
    product_id: int
    producer_id: int
    again: bool
    delight: str | None
    stars: int | None
    title: str
    words: str
    lang: str
    shown_as: str
    standing: str
    aside_reason: str | None
    words_standing: str
    words_reason: str | None
    given_at: datetime
    changed_at: datetime | None
    helpful_up: int
    helpful_down: int
    lot: str
    occasion: str
    reply: Reply | None
    photos: tuple[Any, ...]
    own_vote: bool | None


@dataclass(frozen=True, slots=True)
class Filters:
    """What of a product's reviews is asked for."""

    lang: str | None = None
    delight: str | None = None
    critical: bool = False
    photos: bool = False
    occasion_id: int | None = None
    lot_id: int | None = None
    people: Collection[int] | None = None


CRITICAL = or_(Rating.again.is_(False), and_(Rating.again, Rating.stars <= 3))
SHOWN = (Rating.words != "", Rating.words_standing.in_(("visible", "collapsed", "hidden")))


def _where(product_id: int, asked: Filters) -> list[Any]:
    where: list[Any] = [Rating.product_id == product_id, *SHOWN]
    if asked.lang:
        where.append(Rating.lang == asked.lang)
    if asked.delight:
        where.append(Rating.delight == asked.delight)
    if asked.critical:
        where.append(CRITICAL)
    if asked.lot_id:
        where.append(Rating.lot_id == asked.lot_id)
    if asked.people is not None:
        where.append(Rating.person_id.in_(list(asked.people)))
    if asked.photos:
        where.append(exists().where(RatingPhoto.rating_id == Rating.id))
    if asked.occasion_id:
        where.append(exists().where(RatingOccasion.rating_id == Rating.id,
                                    RatingOccasion.occasion_id == asked.occasion_id))
    return where


def review_list(
    product_id: int, asked: Filters, lang: str, viewer_id: int | None, offset: int, limit: int
) -> tuple[Sequence[ReviewRow], int]:
    """Reviews with words, newest first, and how many. Loads: 2 to 4 statements.

    They are counted only where there are more than this page holds.
    """
    where = _where(product_id, asked)
    if asked == Filters():
        rows = db.session.execute(_newest(lang), {
            "product": product_id, "offset": offset, "limit": limit}).all()
    else:
        rows = db.session.execute(
            _selected(lang).where(*where).order_by(Rating.given_at.desc(), Rating.id.desc())
            .offset(offset).limit(limit)).all()
    if offset == 0 and len(rows) < limit:
        return _rows(rows, viewer_id), len(rows)
    total = db.session.scalar(select(func.count(Rating.id)).where(*where)) or 0
    return _rows(rows, viewer_id), total


@cache
def _newest(lang: str) -> Any:
    return (_selected(lang).where(Rating.product_id == bindparam("product"), *SHOWN)
            .order_by(Rating.given_at.desc(), Rating.id.desc())
            .offset(bindparam("offset")).limit(bindparam("limit")))


@cache
def _selected(lang: str) -> Any:
    occasion = Occasion.name_de if lang == "de" else Occasion.name_en
    first = (select(occasion).join(RatingOccasion, RatingOccasion.occasion_id == Occasion.id)
             .where(RatingOccasion.rating_id == Rating.id).order_by(Occasion.position).limit(1)
             .scalar_subquery())
    return (select(Rating, Lot.label, first, Reply)
            .outerjoin(Lot, Lot.id == Rating.lot_id)
            .outerjoin(Reply, and_(Reply.rating_id == Rating.id, Reply.state == "published")))


def _rows(rows: Sequence[Any], viewer_id: int | None) -> list[ReviewRow]:
    ids = [row[0].id for row in rows]
    photos: dict[int, list[RatingPhoto]] = {}
    if ids:
        for photo in db.session.scalars(_photos(), {"ids": ids}):
            photos.setdefault(photo.rating_id, []).append(photo)
    votes = dict(db.session.execute(
        select(HelpfulVote.rating_id, HelpfulVote.up)
        .where(HelpfulVote.rating_id.in_(ids), HelpfulVote.person_id == viewer_id)
    ).all()) if viewer_id and ids else {}
    return [_row(row, tuple(photos.get(row[0].id, ())), votes.get(row[0].id)) for row in rows]


@cache
def _photos() -> Any:
    return (select(RatingPhoto).where(RatingPhoto.rating_id.in_(bindparam("ids", expanding=True)))
            .order_by(RatingPhoto.position))


def _row(row: Any, photos: tuple[Any, ...], vote: bool | None) -> ReviewRow:
    r: Rating = row[0]
    return ReviewRow(
        r.id, r.code, r.person_id, r.product_id, r.producer_id, r.again, r.delight, r.stars,
        r.title, r.words, r.lang, r.shown_as, r.standing, r.aside_reason, r.words_standing,
        r.words_reason, r.given_at, r.changed_at, r.helpful_up, r.helpful_down, row[1] or "",
        row[2] or "", row[3], photos, vote,
    )


def top_voices(product_id: int, lang: str) -> tuple[ReviewRow | None, ReviewRow | None]:
    """The most helpful supporting and critical words, own language first, without photos.

    Loads: 1 statement.
    """
    rows = db.session.execute(_most_helpful(lang), {"product": product_id}).all()
    found = {bool(row[4]): _row(row, (), None) for row in rows}
    return found.get(False), found.get(True)


@cache
def _most_helpful(lang: str) -> Any:
    """The first of each kind, as `_selected` with whether it is critical behind."""
    critical = func.coalesce(CRITICAL, False)
    place = func.row_number().over(partition_by=critical, order_by=(
        Rating.lang != lang, (Rating.helpful_up - Rating.helpful_down).desc(),
        Rating.given_at.desc(), Rating.id.desc()))
    ranked = (select(Rating.id, critical.label("critical"), place.label("place"))
              .where(Rating.product_id == bindparam("product"), Rating.words != "",
                     Rating.words_standing == "visible").subquery())
    return (_selected(lang).add_columns(ranked.c.critical)
            .join(ranked, ranked.c.id == Rating.id).where(ranked.c.place == 1))


def voices_of_today(lang: str, limit: int = 12) -> Sequence[ReviewRow]:
    """The newest short words across all goods, without photos. Loads: 1 statement."""
    rows = db.session.execute(_short(lang), {"limit": limit})
    return [_row(row, (), None) for row in rows]


@cache
def _short(lang: str) -> Any:
    newest = (
        select(Rating.id).where(Rating.words != "", Rating.words_standing == "visible",
                                Rating.lang == lang, func.length(Rating.words) <= 260)
        .order_by(Rating.given_at.desc(), Rating.id.desc()).limit(bindparam("limit")).subquery())
    return (_selected(lang).join(newest, newest.c.id == Rating.id)
            .order_by(Rating.given_at.desc(), Rating.id.desc()))


def ratings_of_person(person_id: int, lang: str, limit: int = 20) -> Sequence[ReviewRow]:
    """A person's own answers, newest first. Loads: 2 statements."""
    rows = db.session.execute(
        _selected(lang).where(Rating.person_id == person_id)
        .order_by(Rating.given_at.desc(), Rating.id.desc()).limit(limit)).all()
    return _rows(rows, None)


def unanswered_critics(producer_id: int, lang: str, limit: int = 50) -> Sequence[ReviewRow]:
    """A producer's critical words without reply, oldest first. Loads: 2 statements."""
    rows = db.session.execute(
        _selected(lang).where(Rating.producer_id == producer_id, CRITICAL, Rating.words != "",
                              Reply.id.is_(None))
        .order_by(Rating.given_at, Rating.id).limit(limit)).all()
    return _rows(rows, None)


def own_rating(line_id: int, person_id: int | None, guest_key: str | None) -> Rating | None:
    """The answer somebody gave from this line's product and lot. Loads: 1 statement."""
    from marketplace.orders.models import OrderLine

    own = Rating.person_id == person_id if person_id is not None else Rating.guest_key == guest_key
    return db.session.scalar(
        select(Rating).join(OrderLine, OrderLine.product_id == Rating.product_id)
        .where(OrderLine.id == line_id, own,
               Rating.lot_id.is_not_distinct_from(OrderLine.lot_id))
        .execution_options(populate_existing=True))


def answered_lines(line_ids: Sequence[int]) -> frozenset[int]:
    """Which of these order lines have an answer. Loads: 1 statement."""
    if not line_ids:
        return frozenset()
    return frozenset(db.session.scalars(
        select(Rating.order_line_id).where(Rating.order_line_id.in_(list(line_ids)))))
