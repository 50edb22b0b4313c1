"""The words of buyers: top voices, lists, what waits for an answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, case, exists, func, or_, select

from marketplace.catalog.models import Lot, Occasion
from marketplace.foundation import clock
from marketplace.foundation.database import db, read
from marketplace.people.models import Person
from marketplace.reviews.models import (
    HelpfulVote,
    Rating,
    RatingOccasion,
    RatingPhoto,
    Reply,
)
from marketplace.reviews.queries.formulas import formula_in_force
from marketplace.reviews.rules.verdict import day_seed


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """The producer's published answer; `gone`: why a decision took the words away."""

    shown_name: str
    words: str
    lang: str
    at: datetime
    changed: str = ""
    gone: str | None = None


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
    reply: ReplyLine | None
    photos: tuple[Any, ...]
    own_vote: bool | None
    relation: str | None = None
    benefit: str | None = None
    gone: bool = False
    may_link: bool = False


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
STUB = and_(Rating.words_standing == "erased", Rating.words_reason.in_(("delete", "withdrawn")))
SHOWN = (or_(and_(Rating.words != "", Rating.words_standing.in_(("visible", "collapsed"))),
             Rating.words_standing == "hidden", STUB),)
"""Words, the place of removed ones also when they are emptied, and stubs of answers that their
authors took back."""
COPIED = ("id", "code", "person_id", "product_id", "producer_id", "again", "delight", "stars",
          "title", "words", "lang", "shown_as", "standing", "aside_reason", "words_standing",
          "words_reason", "given_at", "changed_at", "helpful_up", "helpful_down", "relation",
          "benefit")
"""What a row shows of the rating itself, by the same names."""
_PICTURED = and_(exists().where(RatingPhoto.rating_id == Rating.id),
                 Rating.words_standing.not_in(("hidden", "erased")))
"""Pictures go and come back with the words beside them."""
LINKS_AFTER_DAYS = 30
SHUFFLE, SHUFFLE_TO = 48271, 65521


def _where(asked: Filters) -> list[Any]:
    where: list[Any] = []
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
        where.append(_PICTURED)
    if asked.occasion_id:
        where.append(exists().where(RatingOccasion.rating_id == Rating.id,
                                    RatingOccasion.occasion_id == asked.occasion_id))
    return where


def review_list(
    product_id: int, asked: Filters, lang: str, viewer_id: int | None, offset: int, limit: int
) -> tuple[Sequence[ReviewRow], int]:
    """Reviews with words, and how many: the most helpful first where votes are shown already,
    the others in an order of chance that holds for a day. Loads: 2 to 4 statements.

    They are counted only where there are more than this page holds.
    """
    where = () if asked == Filters() else tuple(_where(asked))
    page, count = (_paged(lang, where), _counting(where)) if where else (_page(lang), _count())
    rows = read(page, **_of_today(product_id), product=product_id, offset=offset, limit=limit)
    if offset == 0 and len(rows) < limit:
        return _rows(rows, viewer_id), len(rows)
    return _rows(rows, viewer_id), read(count, product=product_id)[0][0]


def _of_today(product_id: int) -> dict[str, Any]:
    """What the order of a list hangs on: from when votes are shown, and the seed of the day."""
    formula = formula_in_force()
    return {"votes": int(formula.helpful_votes),
            "old": clock.now() - timedelta(days=formula.helpful_days),
            "seed": day_seed(clock.today(), product_id)}


@cache
def _page(lang: str) -> Any:
    return _paged(lang, ())


@cache
def _count() -> Any:
    return _counting(())


def _counting(where: Sequence[Any]) -> Any:
    return select(func.count(Rating.id)).where(
        Rating.product_id == bindparam("product"), *SHOWN, *where)


def _paged(lang: str, where: Sequence[Any]) -> Any:
    voted = Rating.helpful_up + Rating.helpful_down
    shown = and_(voted >= bindparam("votes"), Rating.given_at <= bindparam("old"))
    number = Rating.id % SHUFFLE_TO
    chance = number * (number * SHUFFLE + bindparam("seed")) % SHUFFLE_TO
    rank = case((shown, Rating.helpful_rank), else_=-1.0)
    ids = (select(Rating.id, rank.label("rank"), chance.label("chance"))
           .where(Rating.product_id == bindparam("product"), *SHOWN, *where)
           .order_by(rank.desc(), chance, Rating.id)
           .offset(bindparam("offset")).limit(bindparam("limit")).subquery())
    return (_selected(lang).join(ids, ids.c.id == Rating.id)
            .order_by(ids.c.rank.desc(), ids.c.chance, Rating.id))


@cache
def _selected(lang: str) -> Any:
    occasion = Occasion.name_de if lang == "de" else Occasion.name_en
    first = (select(occasion).join(RatingOccasion, RatingOccasion.occasion_id == Occasion.id)
             .where(RatingOccasion.rating_id == Rating.id).order_by(Occasion.position).limit(1)
             .scalar_subquery())
    return (select(
        *(getattr(Rating, name) for name in COPIED), Rating.used_for, Rating.guest_key,
        Lot.label.label("lot"), first.label("occasion"), Person.joined_on,
        _PICTURED.label("with_photos"),
        Reply.shown_name.label("reply_name"), Reply.words.label("reply_words"),
        Reply.lang.label("reply_lang"), Reply.at.label("reply_at"),
        Reply.changed.label("reply_changed"),
        case((Reply.version <= Reply.hidden_to, Reply.hidden_why)).label("reply_gone"))
            .outerjoin(Person, Person.id == Rating.person_id)
            .outerjoin(Lot, Lot.id == Rating.lot_id)
            .outerjoin(Reply, and_(Reply.rating_id == Rating.id, Reply.state == "published")))


def _rows(rows: Sequence[Any], viewer_id: int | None) -> list[ReviewRow]:
    ids, pictured = [row.id for row in rows], [row.id for row in rows if row.with_photos]
    photos: dict[int, list[Any]] = {}
    for photo in read(_photos(), ids=pictured) if pictured else ():
        photos.setdefault(photo.rating_id, []).append(photo)
    votes = dict(db.session.execute(
        select(HelpfulVote.rating_id, HelpfulVote.up)
        .where(HelpfulVote.rating_id.in_(ids), HelpfulVote.person_id == viewer_id)
    ).all()) if viewer_id and ids else {}
    return [_row(row, tuple(photos.get(row.id, ())), votes.get(row.id)) for row in rows]


@cache
def _photos() -> Any:
    return (select(RatingPhoto).where(RatingPhoto.rating_id.in_(bindparam("ids", expanding=True)))
            .order_by(RatingPhoto.position))


def _row(row: Any, photos: tuple[Any, ...], vote: bool | None) -> ReviewRow:
    return ReviewRow(
        **{name: getattr(row, name) for name in COPIED}, lot=row.lot or "",
        occasion=row.occasion or row.used_for or "", reply=_reply(row), photos=photos,
        own_vote=vote,
        gone=(row.guest_key or "").startswith("gone:"),
        may_link=_may_link(row.joined_on, row.given_at))


def _reply(row: Any) -> ReplyLine | None:
    words, changed = ("", "") if row.reply_gone else (row.reply_words, row.reply_changed)
    return None if row.reply_name is None else ReplyLine(
        row.reply_name, words, row.reply_lang, row.reply_at, changed, row.reply_gone)


def _may_link(joined_on: date | None, given_at: datetime) -> bool:
    """Whether links in somebody's words are links: not those of guests and new accounts."""
    return joined_on is not None and (given_at.date() - joined_on).days >= LINKS_AFTER_DAYS


def top_voices(product_id: int, lang: str) -> tuple[ReviewRow | None, ReviewRow | None]:
    """The most helpful supporting and critical words, own language first, without photos.

    Loads: 1 statement.
    """
    return _two(read(_most_helpful(lang, "product_id"), which=product_id))


def producer_voices(producer_id: int, lang: str) -> tuple[ReviewRow | None, ReviewRow | None]:
    """The same of all of a producer's goods. Loads: 1 statement."""
    return _two(read(_most_helpful(lang, "producer_id"), which=producer_id))


def _two(rows: Sequence[Any]) -> tuple[ReviewRow | None, ReviewRow | None]:
    found = {bool(row.critical): _row(row, (), None) for row in rows}
    return found.get(False), found.get(True)


@cache
def _most_helpful(lang: str, of: str) -> Any:
    """The first of each kind, as `_selected` with whether it is critical behind.

    Critical: a no; only where there is none, a yes with three stars or fewer. Words with a vote
    by their rank, else the newest.
    """
    kind = case((Rating.again.is_(False), 2), (Rating.stars <= 3, 1), else_=0)
    critical = case((kind > 0, True), else_=False)
    place = func.row_number().over(partition_by=critical, order_by=(
        kind.desc(), Rating.lang != lang, Rating.helpful_rank.desc(), Rating.given_at.desc(),
        Rating.id.desc()))
    ranked = (select(Rating.id, critical.label("critical"), place.label("place"))
              .where(getattr(Rating, of) == bindparam("which"), Rating.words != "",
                     Rating.words_standing == "visible").subquery())
    return (_selected(lang).add_columns(ranked.c.critical)
            .join(ranked, ranked.c.id == Rating.id).where(ranked.c.place == 1))


def voices_of_today(lang: str, limit: int = 12) -> Sequence[ReviewRow]:
    """The newest short words across all goods, without photos. Loads: 1 statement."""
    return [_row(row, (), None) for row in read(_short(lang), limit=limit)]


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
    rows = read(_selected(lang).where(Rating.person_id == person_id)
                .order_by(Rating.given_at.desc(), Rating.id.desc()).limit(limit))
    return _rows(rows, None)


def unanswered_critics(producer_id: int, lang: str, limit: int = 50) -> Sequence[ReviewRow]:
    """A producer's critical words without reply, oldest first. Loads: 2 statements."""
    rows = read(_selected(lang).where(Rating.producer_id == producer_id, CRITICAL,
                                      Rating.words != "", Reply.id.is_(None))
                .order_by(Rating.given_at, Rating.id).limit(limit))
    return _rows(rows, None)
