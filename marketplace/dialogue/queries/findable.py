"""Threads as search finds them: what all of their audience may read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import or_, select

from marketplace.catalog.models import ProductText
from marketplace.dialogue.models import Post, Thread
from marketplace.foundation.database import db
from marketplace.foundation.findable import PUBLIC, Findable, joined, of_group
from marketplace.groups.models import Group
from marketplace.groups.rules.opening import is_more_open
from marketplace.groups.rules.rights import may_read

MOST_LETTERS = 8_000


def documents(ids: Collection[int]) -> list[Findable]:
    """Threads by title, what was said in them and what they are about; private ones never.

    Of a group that became more open, threads from before are left out, because each author says
    for themselves whether they are seen. Loads: 3 statements.
    """
    said, about = _said(ids), _about(ids)
    rows = db.session.execute(
        select(Thread, Group.kind.label("group_kind"), Group.state.label("group_state"))
        .outerjoin(Group, Group.id == Thread.group_id)
        .where(Thread.id.in_(list(ids)), Thread.standing == "visible", Thread.kind != "comment",
               or_(Thread.visibility == "public", Thread.group_id.is_not(None)),
               Thread.visibility != "private"))
    return [_document(row, joined(said.get(row[0].id), about.get(row[0].id))) for row in rows
            if _readable(row)]


def _readable(row: Any) -> bool:
    thread = row[0]
    if thread.group_id is None:
        return True
    earlier = thread.written_as is not None and is_more_open(thread.written_as, row.group_kind)
    return row.group_state != "ended" and not earlier


def _document(row: Any, body: str) -> Findable:
    thread: Thread = row[0]
    inside = thread.group_id is not None and (
        thread.visibility == "group" or not may_read(row.group_kind, "visitor"))
    facts = ["solved"] if thread.outcome == "solved" else []
    if thread.first_answer_at is not None or thread.outcome:
        facts.append("answered")
    return Findable(
        "thread", thread.id, thread.title, body, thread.last_post_at,
        of_group(thread.group_id) if inside and thread.group_id else PUBLIC, thread.author_id,
        facts={"state": facts} if facts else {})


def _said(ids: Collection[int]) -> dict[int, str]:
    posts: dict[int, list[str]] = defaultdict(list)
    for row in db.session.execute(
        select(Post.thread_id, Post.words)
        .where(Post.thread_id.in_(list(ids)), Post.state == "published").order_by(Post.at, Post.id)
    ):
        posts[row.thread_id].append(row.words)
    return {one: joined(*words)[:MOST_LETTERS] for one, words in posts.items()}


def _about(ids: Collection[int]) -> dict[int, str]:
    """Names of the product that a thread is about."""
    names: dict[int, list[str]] = defaultdict(list)
    for row in db.session.execute(
        select(Thread.id, ProductText.title)
        .join(ProductText, ProductText.product_id == Thread.product_id)
        .where(Thread.id.in_(list(ids))).order_by(ProductText.lang)
    ):
        names[row.id].append(row.title)
    return {one: joined(*dict.fromkeys(words)) for one, words in names.items()}
