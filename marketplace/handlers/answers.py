"""Invitations to answer, cases out of criticism, statements of reasons."""

from __future__ import annotations

from flask_babel import force_locale
from sqlalchemy import select

from marketplace.dialogue.actions import close_case, open_case
from marketplace.foundation.database import db
from marketplace.moderation.events import DecisionTaken
from marketplace.moderation.models import Decision
from marketplace.moderation.views.words import measure_words, reason_words
from marketplace.notify.actions import letter, tell
from marketplace.orders.events import LineDelivered
from marketplace.people.models import Person
from marketplace.reviews.actions import invite
from marketplace.reviews.events import RatingGiven, ReplyPublished


def plan_invitation(event: LineDelivered) -> None:
    """Every buyer of a delivered line is asked once, whoever it is."""
    invite(event.order_line_id)


def case_of_rating(event: RatingGiven) -> None:
    """A no or a disappointment waits for the producer; a yes does not."""
    if not event.again or event.delight == "disappointed":
        open_case("rating", event.rating_id, event.producer_id)


def case_answered(event: ReplyPublished) -> None:
    """The reply answers the case."""
    close_case("rating", event.rating_id)


def state_reasons(event: DecisionTaken) -> None:
    """The author always gets what was decided and why."""
    if event.author_id is None:
        return
    facts = db.session.scalar(select(Decision.facts).where(Decision.id == event.decision_id))
    lang = db.session.scalar(select(Person.lang).where(Person.id == event.author_id)) or "de"
    tell(event.author_id, "statement", f"decision {event.decision_id}", "statement",
         "/moderation/log")
    with force_locale(lang):
        measure, reason = measure_words(event.measure), reason_words(event.reason)
    letter("statement", "statement", lang, person_id=event.author_id, args={
        "measure": measure, "reason": reason, "facts": facts or ""})
