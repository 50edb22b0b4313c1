"""What buyer and house wrote to each other about a part of an order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select

from marketplace.dialogue.models import Post, Thread
from marketplace.foundation.database import read
from marketplace.people.models import Person

PARTIES = ("asker", "staff", "owner")
Said = tuple[str, datetime, str]


def words_about(part_ids: Collection[int], limit: int = 100) -> Sequence[Said]:
    """Who, when, what; oldest first; only the two parties, nothing hidden or unsent. Loads: 1."""
    rows = read(
        select(Post.signed, Person.display_name, Post.at, Post.words)
        .join(Thread, Thread.id == Post.thread_id)
        .outerjoin(Person, Person.id == Post.author_id)
        .where(Thread.seller_order_id.in_(list(part_ids)), Post.state == "published",
               Post.role.in_(PARTIES), Thread.standing == "visible")
        .order_by(Post.at, Post.id).limit(limit))
    return [(row[0] or row[1] or "", row[2], row[3]) for row in rows]
