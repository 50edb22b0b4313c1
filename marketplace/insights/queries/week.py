"""What was said and done in a week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from marketplace.catalog.models import Product
from marketplace.dialogue.models import Post, Thread
from marketplace.foundation.database import db
from marketplace.orders.models import SellerOrder
from marketplace.reviews.models import Rating

MOST = 2000
SPOKEN = ("asker", "bystander", "owner")


@dataclass(frozen=True, slots=True)
class Voice:
    """Something a member said in public: where, about what, and whether it is critical."""

    ref: str
    words: str
    url: str
    about: str
    critical: bool


def public_voices(since: datetime, until: datetime) -> Sequence[Voice]:
    """Words of reviews and public threads in this time, in a fixed order; nobody of a house and
    nothing private. Loads: 2 statements.
    """
    ratings = db.session.execute(
        select(Rating.code, Rating.words, Product.slug, Rating.again)
        .join(Product, Product.id == Rating.product_id)
        .where(Rating.words != "", Rating.words_standing == "visible", Rating.given_at >= since,
               Rating.given_at < until).order_by(Rating.id).limit(MOST))
    posts = db.session.execute(
        select(Post.code, Post.words, Thread.code, Thread.title, Thread.kind)
        .join(Thread, Thread.id == Post.thread_id)
        .where(Thread.visibility == "public", Thread.standing == "visible",
               Post.state == "published", Post.role.in_(SPOKEN), Post.words != "",
               Post.at >= since, Post.at < until).order_by(Post.id).limit(MOST))
    return [
        *(Voice(f"r {code}", words, f"/products/{slug}#review-{code}", slug, not again)
          for code, words, slug, again in ratings),
        *(Voice(f"p {code}", words, f"/threads/{thread}#post-{code}", title, kind == "complaint")
          for code, words, thread, title, kind in posts)]


def answers_between(since: datetime, until: datetime) -> tuple[int, int]:
    """Answers given in this time that count, and how many of them say yes. Loads: 1 statement."""
    n, yes = db.session.execute(
        select(func.count(), func.count().filter(Rating.again)).where(
            Rating.standing == "counts", Rating.given_at >= since, Rating.given_at < until)).one()
    return n, yes


def late_parts(today: date) -> int:
    """Paid parts that should have left before today. Loads: 1 statement."""
    return db.session.scalar(select(func.count()).where(
        SellerOrder.state.in_(("paid", "preparing")), SellerOrder.promised_on < today)) or 0
