"""Topics of groups: who may read older ones, and all of them for an export or a feed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from marketplace.dialogue.models import Post, Thread
from marketplace.dialogue.queries.threads import ThreadRow, newest_topics
from marketplace.foundation.database import db
from marketplace.groups.queries import GroupCard, joined_at, opened_by
from marketplace.groups.rules.opening import is_more_open, sees
from marketplace.groups.rules.rights import part_of
from marketplace.people.queries import lines


def readable_by(card: GroupCard, written_as: str | None, viewer_id: int | None
                ) -> frozenset[int] | None:
    """Whose older words a viewer reads in a group that became more open; None: everybody's.

    Loads: none where the group is as open as it was, else at most 2 statements.
    """
    if written_as is None or not is_more_open(written_as, card.kind):
        return None
    since = joined_at(card.id, viewer_id) if viewer_id and card.role else None
    there = since is not None and card.opened_at is not None and since < card.opened_at
    part = part_of(card.role, viewer_id is not None)
    if sees(written_as, card.kind, part, was_there=there, consent=False):
        return None
    return opened_by(card.id)


@dataclass(frozen=True, slots=True)
class Topics:
    """Some topics that a viewer may read, and after which the next ones come; None: no more."""

    rows: Sequence[ThreadRow]
    after: tuple[datetime, int] | None


def topics_for(card: GroupCard, viewer_id: int | None, limit: int,
               after: tuple[datetime, int] | None = None) -> Topics:
    """A group's topics that a viewer may read, liveliest first. Loads: 1 statement, at most 5."""
    found = newest_topics(card.id, limit + 1, after)
    rows = found[:limit]
    seen = {kind: readable_by(card, kind, viewer_id) for kind in {row.written_as for row in rows}}
    last = rows[-1] if len(found) > limit else None
    return Topics([row for row in rows if (opened := seen[row.written_as]) is None
                   or row.author_id in opened], (last.last_post_at, last.id) if last else None)


def exported_topics(group_id: int) -> Sequence[dict[str, Any]]:
    """All topics with their words; names as visitors see them. Loads: 2 statements."""
    rows = db.session.execute(
        select(Thread, Post).join(Post, Post.thread_id == Thread.id)
        .where(Thread.group_id == group_id, Thread.standing == "visible",
               Post.state == "published").order_by(Thread.id, Post.at, Post.id)).all()
    people = lines({post.author_id or 0 for _thread, post in rows}, None)
    found: dict[int, dict[str, Any]] = {}
    for thread, post in rows:
        topic = found.setdefault(thread.id, {"title": thread.title, "posts": []})
        by = people.get(post.author_id or 0)
        topic["posts"].append({"at": post.at.isoformat(), "by": by.name if by else "",
                               "words": post.words})
    return list(found.values())
