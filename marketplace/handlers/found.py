"""What search finds follows every change: who appears, changes, is hidden or leaves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from marketplace.bundles.events import BundleChanged, BundlePublished, BundleWithdrawn
from marketplace.bundles.models import Bundle
from marketplace.checkout.events import BasketLineAdded
from marketplace.dialogue.events import OutcomeSet, PostPublished, ThreadOpened
from marketplace.dialogue.models import Post, Thread
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.jobs import enqueue
from marketplace.moderation.events import AppealDecided, DecisionTaken
from marketplace.people.events import TrustGiven, TrustWithdrawn
from marketplace.recommend.events import AskTurned
from marketplace.search.actions import basket_followed, changed
from marketplace.search.models import SearchWatch

SOON = timedelta(minutes=1)
DECIDED = {"thread": "thread", "bundle": "bundle", "person": "member", "group": "group",
           "product": "product"}


def member_changed(event: Any) -> None:
    """A member is found by what they show now."""
    changed("member", [event.person_id])


def trust_moved(event: TrustGiven | TrustWithdrawn) -> None:
    """In what others trust a member is a way to find them."""
    changed("member", [event.trusted_id])


def person_leaves(event: Any) -> None:
    """Whoever goes, or comes back, and what they wrote, is read anew."""
    me = event.person_id
    changed("member", [me])
    changed("bundle", db.session.scalars(select(Bundle.id).where(Bundle.author_id == me)).all())
    talks = select(Post.thread_id).where(Post.author_id == me)
    changed("thread", db.session.scalars(select(Thread.id).where(
        (Thread.author_id == me) | Thread.id.in_(talks))).all())


def producer_moved(event: Any) -> None:
    """A producer is found by what it says now."""
    changed("producer", [event.producer_id])


def group_told(event: Any) -> None:
    """A group is found by what it says now."""
    changed("group", [event.group_id])


def group_moved(event: Any) -> None:
    """Who may know of a group changed, and with it who may find what was said in it."""
    changed("group", [event.group_id])
    changed("thread", db.session.scalars(
        select(Thread.id).where(Thread.group_id == event.group_id)).all())


def bundle_moved(event: BundlePublished | BundleChanged | BundleWithdrawn) -> None:
    """A bundle is found by what it is now."""
    changed("bundle", [event.bundle_id])


def thread_moved(event: ThreadOpened | PostPublished | OutcomeSet) -> None:
    """A thread is found by what was said in it."""
    changed("thread", [event.thread_id])


def decided(event: DecisionTaken | AppealDecided) -> None:
    """What a decision hid or gave back is found no more, or again."""
    if event.object_kind in DECIDED:
        changed(DECIDED[event.object_kind], [event.object_id])
    elif event.object_kind == "post":
        changed("thread", db.session.scalars(
            select(Post.thread_id).where(Post.id == event.object_id)).all())
    elif event.object_kind == "ask":
        _ask_moved(event.object_id)


def ask_turned(event: AskTurned) -> None:
    """An ask on the board of requests ended, was taken back or goes on."""
    _ask_moved(event.ask_id)


def _ask_moved(ask_id: int) -> None:
    changed("thread", db.session.scalars(select(Thread.id).where(Thread.ask_id == ask_id)).all())


def basket_filled(event: BasketLineAdded) -> None:
    """What words were good for: something they found went into a basket."""
    if event.kind == "search" and event.ref:
        basket_followed(event.ref)


def goods_came(event: Any) -> None:
    """Those who wait for a search are looked at once the new goods can be found."""
    waits = db.session.scalar(select(SearchWatch.id).where(
        SearchWatch.told_at.is_(None)).limit(1))
    if waits is not None:
        enqueue("search.watches", "all", due_at=clock.now() + SOON)
