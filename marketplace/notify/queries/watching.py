"""What houses watch for, and where it was said."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, union
from sqlalchemy.orm import aliased

from marketplace.catalog.models import Product, ProductText
from marketplace.dialogue.models import Post, Thread
from marketplace.foundation.database import db
from marketplace.groups.models import Group
from marketplace.notify.models import WatchedWord, WordFind
from marketplace.people.models import Block, Mute
from marketplace.producers.models import MessageBlock, Producer, Staff
from marketplace.reviews.models import Rating

OPEN_HOUSES = ("open", "selling", "paused")
PUBLIC_POST: ColumnElement[bool] = and_(
    Post.state == "published", Thread.standing == "visible", Thread.visibility == "public",
    or_(Thread.group_id.is_(None), and_(
        Group.kind == "open", Group.state != "ended",
        or_(Thread.written_as.is_(None), Thread.written_as == "open"))))
"""Words that everybody may read: never those of private threads, of closed and secret groups (and
so of those that houses are asked not to read), nor what was written while a group was closed."""
PUBLIC_RATING: ColumnElement[bool] = and_(Rating.words_standing == "visible", Rating.words != "")


@dataclass(frozen=True, slots=True)
class Said:
    """Public words, who said them, and the house they were said to."""

    texts: Sequence[str]
    author_id: int | None
    to_house: int | None


@dataclass(frozen=True, slots=True)
class Find:
    """Where watched words were said: what, the words around, the thing, its address, when."""

    watched: str
    words: str
    about: str
    url: str
    lang: str
    at: datetime


def watched_by(producer_id: int) -> Sequence[WatchedWord]:
    """What a house watches for: own words first, then its name and goods. Loads: 1 statement."""
    return db.session.scalars(
        select(WatchedWord).where(WatchedWord.producer_id == producer_id)
        .order_by(WatchedWord.kind != "own", WatchedWord.kind != "house", WatchedWord.words,
                  WatchedWord.id).limit(1000)).all()


def names_of(producer_id: int) -> Sequence[tuple[str, str]]:
    """The name of a house and the titles of its goods on sale, as (kind, words); none of one that
    is not open. Loads: 2 statements.
    """
    name = db.session.scalar(select(Producer.name).where(
        Producer.id == producer_id, Producer.state.in_(OPEN_HOUSES)))
    if name is None:
        return []
    titles = db.session.scalars(
        select(ProductText.title).join(Product, Product.id == ProductText.product_id)
        .where(Product.producer_id == producer_id, Product.state == "published")
        .order_by(Product.id, ProductText.lang).limit(900))
    return [("house", name), *(("goods", title) for title in titles)]


def watching_heads(stems: Collection[str]) -> Sequence[WatchedWord]:
    """What houses that are open watch for and might be among these stems. Loads: 1 statement."""
    return db.session.scalars(
        select(WatchedWord).join(Producer, Producer.id == WatchedWord.producer_id)
        .where(WatchedWord.head.in_(list(stems)), WatchedWord.on.is_(True),
               Producer.state.in_(OPEN_HOUSES))
        .order_by(WatchedWord.producer_id, WatchedWord.kind != "own", WatchedWord.id)
        .limit(5000)).all()


def said_in(thing: str, thing_id: int) -> Said | None:
    """The words of a post, with the title where it begins its thread, or of a review, if all may
    read them. Loads: 1 statement.
    """
    if thing == "rating":
        rating = db.session.scalar(select(Rating).where(Rating.id == thing_id, PUBLIC_RATING))
        return Said([rating.title, rating.words], rating.person_id, rating.producer_id
                    ) if rating else None
    any_post = aliased(Post)
    first = (select(func.min(any_post.id)).where(any_post.thread_id == Thread.id)
             .correlate(Thread).scalar_subquery())
    row = db.session.execute(_posts(select(
        Post.words, Post.author_id, Thread.producer_id, Thread.title, Post.id == first))
        .where(Post.id == thing_id)).first()
    if row is None:
        return None
    words, author_id, to_house, title, begins = row
    return Said([title, words] if begins else [words], author_id, to_house)


def _posts(wanted: Any) -> Any:
    return (wanted.select_from(Post).join(Thread, Thread.id == Post.thread_id)
            .outerjoin(Group, Group.id == Thread.group_id).where(PUBLIC_POST))


def deaf_houses(author_id: int, producer_ids: Collection[int]) -> frozenset[int]:
    """Which of these houses hear nothing of somebody: it is theirs, they take no messages of the
    person, or there is a block with one of their people, either way. Loads: 2 statements.
    """
    ones = list(producer_ids)
    refused = db.session.scalars(select(MessageBlock.producer_id).where(
        MessageBlock.producer_id.in_(ones), MessageBlock.person_id == author_id))
    people = db.session.scalars(
        select(Staff.producer_id).where(
            Staff.producer_id.in_(ones), Staff.until.is_(None),
            or_(Staff.person_id == author_id, Staff.person_id.in_(_blocked(author_id)))))
    return frozenset(refused) | frozenset(people)


def _blocked(person_id: int) -> Any:
    """Everybody with whom there is a block, either way."""
    return union(select(Block.other_id).where(Block.owner_id == person_id),
                 select(Block.owner_id).where(Block.other_id == person_id))


def finds_of(producer_id: int, viewer_id: int, since: datetime, limit: int) -> Sequence[Find]:
    """Where a house's words were said since a moment, newest first, as far as all may still read
    them, and nothing of who is muted or blocked by the viewer. Loads: 2 statements.
    """
    own = (WordFind.producer_id == producer_id, WordFind.at > since)
    muted = select(Mute.other_id).where(Mute.owner_id == viewer_id)
    silent = union(muted, _blocked(viewer_id).subquery().select())
    posts = db.session.execute(
        _posts(select(WordFind.words, Post.words, Thread.title, Thread.code, Post.code, Post.lang,
                      WordFind.at)).join(WordFind, and_(WordFind.thing == "post",
                                                        WordFind.thing_id == Post.id))
        .where(*own, or_(Post.author_id.is_(None), Post.author_id.not_in(silent)))
        .order_by(WordFind.at.desc(), WordFind.id.desc()).limit(limit)).all()
    title = (select(func.min(ProductText.title)).where(
        ProductText.product_id == Product.id, ProductText.lang == Rating.lang).scalar_subquery())
    ratings = db.session.execute(
        select(WordFind.words, Rating.words, func.coalesce(title, Product.slug), Product.slug,
               Rating.code, Rating.lang, WordFind.at)
        .join(Rating, and_(WordFind.thing == "rating", WordFind.thing_id == Rating.id))
        .join(Product, Product.id == Rating.product_id)
        .where(*own, PUBLIC_RATING,
               or_(Rating.person_id.is_(None), Rating.person_id.not_in(silent)))
        .order_by(WordFind.at.desc(), WordFind.id.desc()).limit(limit)).all()
    found = [Find(row[0], row[1], row[2], f"/threads/{row[3]}#post-{row[4]}", row[5], row[6])
             for row in posts]
    found += [Find(row[0], row[1], row[2], f"/products/{row[3]}#review-{row[4]}", row[5], row[6])
              for row in ratings]
    return sorted(found, key=lambda one: one.at, reverse=True)[:limit]
