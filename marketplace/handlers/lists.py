"""Search, suggestions and kept pages after a change."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any, Literal

from marketplace.checkout.actions import forget_way
from marketplace.foundation import clock
from marketplace.foundation.database import after_commit
from marketplace.foundation.events import Event
from marketplace.foundation.jobs import enqueue
from marketplace.foundation.kept import forget, forget_one
from marketplace.groups.events import (
    DateAdded,
    ElectionOpened,
    ProposalDecided,
    ProposalOpened,
)
from marketplace.orders.events import LineDelivered
from marketplace.orders.queries import received_before
from marketplace.people.events import (
    Blocked,
    ConsentChanged,
    Followed,
    TrustGiven,
    TrustWithdrawn,
    Unblocked,
    Unfollowed,
)
from marketplace.people.rules.consents import TASTE_MATCHING, WAY_TO_ORDER
from marketplace.recommend import actions as recommend
from marketplace.recommend.events import FeedbackGiven, PairingVoted
from marketplace.recommend.queries import forget_pairings_of
from marketplace.reviews.events import TasteShown
from marketplace.search import actions as search
from marketplace.web.languages import LANGS
from marketplace.web.page_cache import drop

SOON = timedelta(seconds=30)
GroupEvent = ProposalOpened | ProposalDecided | ElectionOpened | DateAdded


def group_changed(event: GroupEvent) -> None:
    """What a group is to decide and its next dates are read anew by this process at once."""
    after_commit(drop)
    for what in ("proposals", "dates"):
        for lang in LANGS:
            after_commit(partial(forget_one, (what, event.group_id, lang)))


def drop_pages(event: Event) -> None:
    """Visitors' pages kept by this process are made anew."""
    after_commit(drop)


def words_hidden(event: Event) -> None:
    """What is kept in this process may hold words that nobody shall read any more."""
    after_commit(forget)
    drop_pages(event)


def product_changed(event: Any) -> None:
    """One product is indexed anew."""
    search.changed("product", [event.product_id])
    after_commit(drop)


def product_stopped(event: Any) -> None:
    """Nobody may find or see it as if it could be bought, from this moment on."""
    after_commit(forget)
    product_changed(event)


def producer_changed(event: Any) -> None:
    """All goods of a producer are indexed anew; what is kept about it is dropped."""
    from sqlalchemy import select

    from marketplace.catalog.models import Product
    from marketplace.foundation.database import db

    forget()
    search.changed("product", db.session.scalars(
        select(Product.id).where(Product.producer_id == event.producer_id)))
    after_commit(drop)


def pairing_changed(event: PairingVoted) -> None:
    """What a product goes with is found and shown anew; an occasion is a filter of search."""
    if event.occasion_id is not None:
        search.changed("product", [event.product_id])
    for product_id in (event.product_id, event.other_id):
        after_commit(partial(forget_pairings_of, product_id or 0))
    after_commit(drop)


def rebuild_all(event: Event) -> None:
    """The whole index is made anew, after a big import."""
    enqueue("search.rebuild", "all")
    after_commit(drop)


def refresh_list(event: TasteShown | FeedbackGiven) -> None:
    """A person's stored list is made anew, once for all they do within half a minute."""
    _refresh(event.person_id)


def _refresh(person_id: int) -> None:
    enqueue("recommend.refresh", str(person_id), due_at=clock.now() + SOON, person_id=person_id)


def _changed(what: Literal["follows", "standing"], person_id: int) -> None:
    recommend.note_change(what, person_id)
    _refresh(person_id)


def willing_changed(event: Any) -> None:
    """Who may be computed with, or listed, changed."""
    if {"visibility", "suggestions_on", "age_class"} & set(event.fields):
        _changed("standing", event.person_id)


def consent_changed(event: ConsentChanged) -> None:
    """Who may be matched changed, or whose clicks may be kept."""
    if event.purpose == TASTE_MATCHING:
        _changed("standing", event.person_id)
    elif event.purpose == WAY_TO_ORDER and not event.given:
        forget_way([event.person_id])


def follows_changed(event: Followed | Unfollowed) -> None:
    """Whom somebody follows changed."""
    _changed("follows", event.follower_id)


def trusts_changed(event: TrustGiven | TrustWithdrawn) -> None:
    """Whom somebody trusts changed."""
    _changed("follows", event.truster_id)


def ties_ended(event: Blocked | Unblocked) -> None:
    """Blocked: neither follows or trusts the other any more, nor is named to the other."""
    _changed("follows", event.owner_id)
    _changed("follows", event.other_id)


def person_leaves(event: Any) -> None:
    """Nobody is computed with, or named, who is on the way out; coming back undoes it."""
    _changed("standing", event.person_id)


def buyer_counts(event: LineDelivered) -> None:
    """The first delivered order lets a buyer's answers count for others."""
    if event.buyer_id is not None and not received_before(event.buyer_id, event.order_id):
        recommend.note_change("standing", event.buyer_id)


def ties_changed(event: Event) -> None:
    """After an import, everybody's standing is read anew."""
    recommend.ties_changed()
