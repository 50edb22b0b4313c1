"""How much happens in threads: what people write, support and vote, by time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, select, union_all

from marketplace.dialogue.models import Post, PostVote, Support, Thread
from marketplace.foundation.database import db

HOUR = timedelta(hours=1)


def reactions(since: datetime, until: datetime, thread_ids: Collection[int] | None = None
              ) -> Mapping[int, int]:
    """Posts, supports and votes by thread in a time; of these threads only, where they are named.

    Loads: 1 statement.
    """
    posts = select(Post.thread_id.label("id")).where(
        Post.at > since, Post.at <= until, Post.state == "published", Post.role != "machine")
    supports = select(Support.thread_id).where(Support.at > since, Support.at <= until)
    votes = select(Post.thread_id).join(PostVote, PostVote.post_id == Post.id).where(
        PostVote.at > since, PostVote.at <= until)
    parts = [posts, supports, votes]
    if thread_ids is not None:
        known = list(thread_ids)
        parts = [part.where((Support if part is supports else Post).thread_id.in_(known))
                 for part in parts]
    made = union_all(*parts).subquery()
    return {row[0]: int(row[1]) for row in db.session.execute(
        select(made.c.id, func.count()).group_by(made.c.id))}


def thread_hours(since: datetime, until: datetime) -> float:
    """For how many hours in a time there were threads, all together. Loads: 2 statements."""
    whole = db.session.scalar(select(func.count()).where(Thread.made_at <= since)) or 0
    begun = db.session.scalars(select(Thread.made_at).where(
        Thread.made_at > since, Thread.made_at < until))
    return whole * ((until - since) / HOUR) + sum((until - at) / HOUR for at in begun)


def told_threads(thread_ids: Collection[int]) -> Mapping[int, Thread]:
    """Those of these threads that more than their parties read, by id. Loads: 1 statement."""
    rows = db.session.scalars(select(Thread).where(
        Thread.id.in_(list(thread_ids)), Thread.standing == "visible",
        Thread.visibility != "private"))
    return {row.id: row for row in rows}
