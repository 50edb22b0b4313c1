"""Warning everybody who bought goods that are called back: in portions, each person once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select

from marketplace.catalog.models import ProductText
from marketplace.dialogue.models import Thread
from marketplace.foundation.database import db
from marketplace.foundation.jobs import enqueue
from marketplace.notify.actions.telling import letter, tell
from marketplace.orders.queries.recalling import buyers_of, members_with, reached_by
from marketplace.producers.models import Producer, ProducerFollow
from marketplace.producers.queries import staff_ids

AT_ONCE = 50
"""Buyers of one portion: on SQLite others wait for the write lock well below a second."""
RECALL_FIRST = 10
"""Priority of the jobs: a warning passes whatever else waits."""


def divide_warning(thread_id: int) -> int:
    """Write a job for each portion of the buyers a recall is for, and one for the house's
    followers after them; how many buyers there are.

    Changes jobs. Loads: 2 statements.
    """
    thread = db.session.get_one(Thread, thread_id)
    assert thread.product_id is not None
    orders = buyers_of(thread.product_id, thread.lot_id)
    for start in range(0, len(orders), AT_ONCE):
        enqueue("notify.warn", f"warn {thread_id} {start}", priority=RECALL_FIRST,
                thread_id=thread_id, order_ids=orders[start:start + AT_ONCE])
    enqueue("notify.followers", f"followers {thread_id}", thread_id=thread_id,
            after=0)
    return len(orders)


def warn(thread_id: int, order_ids: Collection[int]) -> None:
    """Tell the buyers of these orders by notice and letter, guests by letter.

    Changes notices, letters, jobs.
    """
    thread = db.session.get_one(Thread, thread_id)
    title = db.session.scalar(select(ProductText.title).where(
        ProductText.product_id == thread.product_id).order_by(ProductText.lang).limit(1)) or ""
    url, key = f"/threads/{thread.code}", f"recall /threads/{thread.code}"[:80]
    args: dict[str, Any] = {"name": _name(thread), "title": title, "notice_id": thread.id}
    for one in reached_by(order_ids):
        if one.person_id is None:
            letter("order", "recalled", one.lang, email=one.email, args={**args, "url": url})
        else:
            tell(one.person_id, "order", key, "recalled", url, "recalled", **args)


def _name(thread: Thread) -> str:
    return str(db.session.scalar(select(Producer.name).where(Producer.id == thread.producer_id)))


def tell_followers(thread_id: int, after: int = 0) -> None:
    """Followers of a house hear what it tells, unless they act for it or are warned as buyers;
    so many at once, the others by a job of their own.

    Changes notices, jobs.
    """
    thread = db.session.get_one(Thread, thread_id)
    found = db.session.scalars(select(ProducerFollow.person_id).where(
        ProducerFollow.producer_id == thread.producer_id, ProducerFollow.person_id > after)
        .order_by(ProducerFollow.person_id).limit(AT_ONCE)).all()
    without = staff_ids(int(thread.producer_id or 0)) | _warned(thread, found)
    for person_id in found:
        if person_id not in without:
            tell(person_id, "follow", f"news {thread.producer_id}", "house_news",
                 f"/threads/{thread.code}", house=thread.producer_id, name=_name(thread),
                 title=thread.title)
    if len(found) == AT_ONCE:
        enqueue("notify.followers", f"followers {thread_id} {found[-1]}", thread_id=thread_id,
                after=found[-1])


def _warned(thread: Thread, among: Sequence[int]) -> frozenset[int]:
    if thread.matter != "recall" or thread.product_id is None:
        return frozenset()
    return members_with(thread.product_id, thread.lot_id, among)
