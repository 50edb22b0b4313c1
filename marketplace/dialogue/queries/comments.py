"""Words under a bundle."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select

from marketplace.dialogue.models import Post, Thread
from marketplace.foundation.database import db


def comment_thread(bundle_id: int) -> Thread | None:
    """The thread that holds the comments under a bundle. Loads: 1 statement."""
    return db.session.scalar(
        select(Thread).where(Thread.bundle_id == bundle_id, Thread.kind == "comment",
                             Thread.standing == "visible").order_by(Thread.id).limit(1)
        .execution_options(populate_existing=True))


def comments_of(bundle_id: int) -> Sequence[tuple[Thread, Post]]:
    """Comments under a bundle, oldest first. Loads: 1 statement."""
    return [(row[0], row[1]) for row in db.session.execute(_comments(), {"bundle": bundle_id})]


@cache
def _comments() -> Any:
    return (select(Thread, Post).join(Post, Post.thread_id == Thread.id)
            .where(Thread.bundle_id == bindparam("bundle"), Thread.kind == "comment",
                   Thread.standing == "visible", Post.state == "published")
            .order_by(Post.at, Post.id).limit(200))
