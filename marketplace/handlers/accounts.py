"""What follows for accounts when people get roles, act and are found helpful."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.bundles.events import BundlePublished, BundleVoted
from marketplace.dialogue.events import OutcomeSet, PostPublished
from marketplace.dialogue.models import Thread
from marketplace.foundation.database import db
from marketplace.moderation.events import AppealDecided, DecisionTaken
from marketplace.moderation.models import Decision
from marketplace.moderation.rules import TOUCHES_NOTHING
from marketplace.orders.events import LineDelivered, OrderPlaced
from marketplace.people.actions import (
    demand_factor,
    note_act,
    note_helped,
    note_undone,
    note_upheld,
)
from marketplace.producers.events import OwnerNamed, ProducerOpened, StaffJoined
from marketplace.producers.models import Staff
from marketplace.recommend.events import AnswerHelped, Recommended, Thanked
from marketplace.reviews.events import HelpfulVoted, RatingGiven
from marketplace.reviews.models import HelpfulVote, Rating

SHAM = frozenset(("sham_review", "harassment"))


def owners_need_factor(event: ProducerOpened | StaffJoined | OwnerNamed) -> None:
    """The owners of a house get a week to set up a second factor."""
    demand_factor(db.session.scalars(select(Staff.person_id).where(
        Staff.producer_id == event.producer_id, Staff.role == "owner",
        Staff.until.is_(None))).all())


def posted(event: PostPublished) -> None:
    """A post is an act; so is an answer to what somebody else asked, which is counted."""
    asked = db.session.scalar(select(Thread.author_id).where(Thread.id == event.thread_id))
    answers = event.role == "bystander" and asked is not None
    note_act(event.person_id, **({"answers": 1} if answers else {}))


def rated(event: RatingGiven) -> None:
    """An answer about goods is an act, whatever it says."""
    note_act(event.person_id)


def ordered(event: OrderPlaced) -> None:
    """An order is an act."""
    note_act(event.buyer_id)


def delivered(event: LineDelivered) -> None:
    """A delivered order opens rights of speech; it weighs in no rating."""
    note_act(event.buyer_id, orders_delivered=1)


def voted(event: HelpfulVoted) -> None:
    """A vote is an act; who was found helpful by somebody new has a helper more."""
    note_act(event.person_id)
    author = db.session.scalar(
        select(Rating.person_id).join(HelpfulVote, HelpfulVote.rating_id == Rating.id)
        .where(Rating.id == event.rating_id, HelpfulVote.person_id == event.person_id,
               HelpfulVote.up))
    note_helped(author, event.person_id)


def thanked(event: Thanked | AnswerHelped) -> None:
    """Who is thanked has helped somebody."""
    note_helped(event.author_id, event.person_id)


def acted(event: Recommended | BundlePublished) -> None:
    """A recommendation or a bundle is an act."""
    note_act(event.author_id)


def voted_bundle(event: BundleVoted) -> None:
    """A vote is an act."""
    note_act(event.person_id)


def idea_ended(event: OutcomeSet) -> None:
    """An idea that was taken up counts among the thanks."""
    thread = db.session.get_one(Thread, event.thread_id)
    if thread.kind == "idea" and event.outcome == "solved":
        note_act(thread.author_id, ideas=1)


def decided(event: DecisionTaken) -> None:
    """A measure against somebody's words is remembered for 90 days."""
    if event.author_id is not None and event.measure != "none":
        note_upheld(event.author_id, event.reason in SHAM)


def appeal_decided(event: AppealDecided) -> None:
    """A measure that was undone is remembered no more; another that came instead is."""
    if event.author_id is None or not event.changed:
        return
    if event.first_measure not in TOUCHES_NOTHING:
        taken = db.session.get_one(Decision, event.decision_id)
        note_undone(event.author_id, taken.at)
    if event.measure not in TOUCHES_NOTHING:
        note_upheld(event.author_id, event.reason in SHAM)
