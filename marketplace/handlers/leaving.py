"""Every room forgets a person: its own action where it has one, then its declarations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from json import dumps
from typing import Any

from sqlalchemy import String, cast, delete, func, literal, select, update

from marketplace.bundles.actions import drop_photos, end_offer
from marketplace.bundles.models import Bundle, BundleItem, Poll
from marketplace.bundles.queries.offers import offers_of_author
from marketplace.dialogue.models import Post, Thread
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.jobs import enqueue
from marketplace.groups.actions import leave
from marketplace.groups.models import Membership
from marketplace.journal.queries import marks_of
from marketplace.notify.models import Letter, Notice
from marketplace.orders.models import Document, Order, SellerOrder
from marketplace.people.actions import note_held
from marketplace.people.actions.erasing import forget_by_declaration, leave_stub
from marketplace.people.events import PersonErased
from marketplace.people.models import Person
from marketplace.people.queries import email_of
from marketplace.people.queries.personal import files_in, personal
from marketplace.producers.models import Staff
from marketplace.recommend.actions import forget_person
from marketplace.recommend.models import Ask, Recommendation, RecommendationVersion
from marketplace.reviews.actions.forgetting import forget as forget_answers
from marketplace.search.actions.counting import forget_searches_of


def forget(event: PersonErased) -> None:
    """In one transaction, safe to repeat: rooms with an action of their own, then the declared."""
    files = files_in(personal("people", event.person_id))
    for act in FORGET.values():
        act(event.person_id, event.handle, event.choice)
    forget_by_declaration(event.person_id, event.choice)
    leave_stub(event.person_id)
    if files:
        enqueue("people.drop_files", f"erased {event.person_id}", names=files)


def _producers(person_id: int, _handle: str, _choice: str) -> None:
    """Nobody works for a house who is gone."""
    db.session.execute(update(Staff).where(Staff.person_id == person_id, Staff.until.is_(None))
                       .values(until=clock.today()))


def _groups(person_id: int, _handle: str, _choice: str) -> None:
    """Groups are left, and handed over by a founder; the rows of membership go."""
    for group_id in db.session.scalars(select(Membership.group_id).where(
            Membership.person_id == person_id, Membership.left_at.is_(None))).all():
        leave(group_id, person_id)
    db.session.execute(delete(Membership).where(Membership.person_id == person_id))


def _orders(person_id: int, _handle: str, _choice: str) -> None:
    """Orders and papers stay for the years of the law; until when is noted."""
    until = db.session.scalar(
        select(func.max(Document.keep_until))
        .join(SellerOrder, SellerOrder.id == Document.seller_order_id)
        .join(Order, Order.id == SellerOrder.order_id).where(Order.buyer_id == person_id))
    note_held(person_id, until)


def _reviews(person_id: int, _handle: str, choice: str) -> None:
    """Answers are deleted, or stay without a name."""
    forget_answers(person_id, "delete" if choice == "delete" else "anonymise")


def _bundles(person_id: int, _handle: str, choice: str) -> None:
    """What nobody else ever saw goes; what was shown keeps its place in chains without a name."""
    unseen = select(Bundle.id).where(Bundle.author_id == person_id,
                                     Bundle.published_at.is_(None))
    db.session.execute(delete(BundleItem).where(BundleItem.bundle_id.in_(unseen)))
    db.session.execute(delete(Bundle).where(Bundle.author_id == person_id,
                                            Bundle.published_at.is_(None)))
    for offer in offers_of_author(person_id):
        end_offer(offer.id, person_id, None)
    for shown in db.session.scalars(select(Bundle).where(Bundle.author_id == person_id)):
        drop_photos(shown)
        shown.not_here = None
    now = clock.now()
    db.session.execute(update(Poll).where(Poll.author_id == person_id, Poll.ends_at > now)
                       .values(ends_at=now, ended_at=now))
    if choice == "delete":
        db.session.execute(update(Poll).where(Poll.author_id == person_id)
                           .values(standing="hidden"))
        db.session.execute(update(Bundle).where(Bundle.author_id == person_id)
                           .values(state="withdrawn", slug=literal("gone-").concat(
                               cast(Bundle.id, String))))


def _recommend(person_id: int, _handle: str, choice: str) -> None:
    """Evidence and votes speak for nobody any more, and nobody waits for an answer."""
    forget_person(person_id)
    if choice == "delete":
        db.session.execute(update(Recommendation).where(Recommendation.author_id == person_id)
                           .values(state="withdrawn"))
        db.session.execute(delete(RecommendationVersion).where(
            RecommendationVersion.recommendation_id.in_(select(Recommendation.id).where(
                Recommendation.author_id == person_id))))
        db.session.execute(update(Ask).where(Ask.person_id == person_id)
                           .values(state="withdrawn"))
    else:
        db.session.execute(update(Ask).where(Ask.person_id == person_id, Ask.state == "open")
                           .values(state="closed"))


def _dialogue(person_id: int, _handle: str, choice: str) -> None:
    """What a person wrote alone goes with them; a thread with answers stays for the others."""
    db.session.execute(update(Post).where(Post.author_id == person_id).values(signed=None))
    if choice == "delete":
        db.session.execute(update(Post).where(Post.author_id == person_id)
                           .values(state="hidden"))
        db.session.execute(update(Thread).where(Thread.author_id == person_id, Thread.replies == 0)
                           .values(standing="withdrawn"))


def _notify(person_id: int, handle: str, choice: str) -> None:
    """Letters to the person, and notices and letters of others that name them or their words."""
    known = email_of(person_id)
    if known is not None:
        db.session.execute(delete(Letter).where(Letter.email == known[0]))
    names = [handle, *db.session.scalars(select(Person.display_name).where(
        Person.id == person_id, Person.display_name.is_not(None)))]
    if choice == "delete":
        names += db.session.scalars(select(Thread.title).where(Thread.author_id == person_id))
    for name in names:
        written = f"%{dumps(name)}%"
        db.session.execute(delete(Notice).where(
            cast(Notice.args, String).like(written) | (Notice.url == f"/members/{name}")))
        db.session.execute(update(Letter).where(cast(Letter.args, String).like(written),
                                                Letter.state != "waiting").values(args={}))


def _search(person_id: int, _handle: str, _choice: str) -> None:
    """What they searched is nobody's any more, and gone where nobody else searched it."""
    forget_searches_of(marks_of(person_id))
    enqueue("search.forget", "erased")


FORGET: Mapping[str, Callable[[int, str, str], Any]] = {
    "reviews": _reviews, "recommend": _recommend, "groups": _groups, "producers": _producers,
    "orders": _orders, "bundles": _bundles, "dialogue": _dialogue, "notify": _notify,
    "search": _search,
}
"""Rooms with something of their own to do, in order; all others are seen to by declaration."""
