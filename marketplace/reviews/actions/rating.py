"""Giving an answer, changing it, and the words beside it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from marketplace.adapters.storage import Rendered
from marketplace.catalog.queries import shelves
from marketplace.foundation import clock
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotYours
from marketplace.foundation.events import announce
from marketplace.orders.queries import Received, received
from marketplace.producers.queries import same_subject, staff_ids
from marketplace.reviews.actions.scoring import Counted, score_changed
from marketplace.reviews.events import InvitationDue, RatingGiven, WordsStandingChanged
from marketplace.reviews.models import (
    Invitation,
    Rating,
    RatingOccasion,
    RatingPhoto,
    RatingVersion,
    Reply,
)
from marketplace.reviews.rules.eligible import BoughtLine, refusal
from marketplace.web.masking import masked

MOST_PHOTOS = 6


@dataclass(frozen=True, slots=True)
class Answer:
    """What a buyer says of a line."""

    again: bool
    delight: str | None = None
    stars: int | None = None
    value: bool | None = None
    title: str = ""
    words: str = ""
    to_producer: str = ""
    occasion_ids: Sequence[int] = ()
    shown_as: str = "handle"
    lang: str = "de"


def refusal_of(line: Received, person_id: int | None, guest_key: str | None) -> str | None:
    """Why this line may not be rated by this buyer now, in words; None if it may."""
    own = line.buyer_id == person_id if person_id is not None else line.buyer_key == guest_key
    reason = refusal(BoughtLine(
        is_buyers=own, paid_at=line.paid_at, dispatched_at=line.dispatched_at,
        delivered_at=line.delivered_at,
        cancelled_before_dispatch=line.cancelled >= line.qty,
        buyer_is_staff=person_id is not None and person_id in staff_ids(line.producer_id),
    ), clock.now())
    sentences = {
        "not_yours": _("This was not your order."),
        "cancelled": _("This line was cancelled before it was sent."),
        "own_goods": _("You work for this producer; the answer belongs to others."),
        "paid_by_producer": _("The producer paid for this order."),
        "not_in_hands": _("You can answer as soon as it is in your hands."),
    }
    return sentences[reason] if reason else None


def _checked(answer: Answer) -> None:
    faults = {}
    if answer.stars is not None and not 1 <= answer.stars <= 5:
        faults["stars"] = _("One to five.")
    if len(answer.title) > 80:
        faults["title"] = _("At most 80 characters.")
    if len(answer.words) > 4000 or len(answer.to_producer) > 4000:
        faults["words"] = _("At most 4,000 characters.")
    if answer.delight not in (None, "disappointed", "okay", "delighted"):
        faults["delight"] = _("Please choose one of the three.")
    if answer.shown_as not in ("handle", "buyer"):
        faults["shown_as"] = _("Please choose one of the two.")
    if faults:
        raise Invalid(faults)


def rate(line_id: int, answer: Answer, person_id: int | None, guest_key: str | None = None
         ) -> Rating:
    """Would you buy it again? The last answer of a person and lot counts.

    Raises NotYours, Invalid, Conflict (a reply stands and was answered once already). Changes
    ratings, rating_versions, rating_occasions, invitations, scores; announces RatingGiven.
    """
    line = received(line_id)
    sentence = refusal_of(line, person_id, guest_key) if line else _("There is no such order.")
    if line is None or sentence:
        raise NotYours(sentence or "")
    _checked(answer)
    row = _existing(line, person_id, guest_key)
    before = _counted(row) if row is not None and row.standing == "counts" else None
    was = row.again if row is not None else None
    row = _renewed(row, answer) if row is not None else _new(line, answer, person_id, guest_key)
    _keep_version(row)
    _keep_occasions(row.id, answer.occasion_ids)
    db.session.execute(update(Invitation).where(Invitation.order_line_id == line_id)
                       .values(answered_at=clock.now()))
    after = _counted(row) if row.standing == "counts" else None
    score_changed(row.product_id, row.lot_id, before, after)
    announce(RatingGiven(row.id, person_id, row.product_id, row.producer_id, row.again,
                         row.delight, was))
    return row


def _counted(row: Rating) -> Counted:
    return Counted(row.again, row.stars, row.value, row.delight)


def _existing(line: Received, person_id: int | None, guest_key: str | None) -> Rating | None:
    own = Rating.person_id == person_id if person_id is not None else Rating.guest_key == guest_key
    return db.session.scalar(
        select(Rating).where(own, Rating.product_id == line.product_id,
                             Rating.lot_id.is_not_distinct_from(line.lot_id))
        .with_for_update().execution_options(populate_existing=True))


def _new(line: Received, answer: Answer, person_id: int | None, guest_key: str | None) -> Rating:
    from marketplace.catalog.models import Product

    category_id = db.session.scalar(
        select(Product.category_id).where(Product.id == line.product_id)) or 0
    rival = person_id is not None and same_subject(person_id, line.producer_id)
    row = Rating(
        code=secret_code(96), person_id=person_id,
        guest_key=None if person_id is not None else guest_key, product_id=line.product_id,
        producer_id=line.producer_id, category_id=category_id, lot_id=line.lot_id,
        order_line_id=line.line_id, standing="aside" if rival else "counts",
        aside_reason="competitor" if rival else None, given_at=clock.now(), version=1,
        origin="invited", again=answer.again, lang=answer.lang)
    _fill(row, answer)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as fault:
        raise Conflict(_("Your answer was just saved in another window.")) from fault
    return row


def _renewed(row: Rating, answer: Answer) -> Rating:
    """The former answer with the new content; once per reply of the producer."""
    reply = db.session.scalar(select(Reply.at).where(
        Reply.rating_id == row.id, Reply.state == "published"))
    if reply is not None and row.changed_at is not None and row.changed_at > reply:
        raise Conflict(_("You changed your answer after the producer's reply already."))
    _fill(row, answer)
    row.changed_at, row.version = clock.now(), row.version + 1
    row.words_standing = "visible"
    db.session.flush()
    return row


def _fill(row: Rating, answer: Answer) -> None:
    row.again, row.delight, row.stars = answer.again, answer.delight, answer.stars
    row.value, row.shown_as, row.lang = answer.value, answer.shown_as, answer.lang
    row.title, row.words = masked(answer.title, answer.lang), masked(answer.words, answer.lang)
    row.to_producer = answer.to_producer


def version_hash(row: Rating, at: str, salt: str) -> str:
    """The fingerprint of a version, so that silent changes show."""
    parts = [row.id, row.version, row.again, row.delight, row.stars, row.value, row.title,
             row.words, at, salt]
    return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _keep_version(row: Rating) -> None:
    now, salt = clock.now(), secrets.token_hex(16)
    db.session.add(RatingVersion(
        rating_id=row.id, n=row.version, again=row.again, delight=row.delight, stars=row.stars,
        value=row.value, title=row.title, words=row.words, at=now, salt=salt,
        cause="first" if row.version == 1 else "author",
        row_hash=version_hash(row, now.isoformat(), salt)))
    db.session.flush()


def _keep_occasions(rating_id: int, ids: Sequence[int]) -> None:
    db.session.execute(delete(RatingOccasion).where(RatingOccasion.rating_id == rating_id))
    db.session.add_all(RatingOccasion(rating_id=rating_id, occasion_id=i)
                       for i in sorted(set(ids))[:6])
    db.session.flush()


def add_photo(rating_id: int, made: Rendered, alt: str) -> None:
    """Put a re-encoded picture beside an answer. Raises Invalid above six."""
    count = db.session.scalar(select(func.count()).where(RatingPhoto.rating_id == rating_id)) or 0
    if count >= MOST_PHOTOS:
        raise Invalid({"photo": _("At most six pictures.")})
    db.session.add(RatingPhoto(
        rating_id=rating_id, file=made.files[-1][2], alt=alt[:200], position=count,
        width=made.width, height=made.height, tint=made.tint,
        renditions=[list(file) for file in made.files]))
    db.session.flush()


def set_words_standing(rating_id: int, standing: str, reason: str | None) -> None:
    """Show or hide words by a decision; answer and counts stay. Changes ratings; announces."""
    row = db.session.get(Rating, rating_id, populate_existing=True)
    if row is None:
        raise Invalid({"": _("There is nothing at this address.")})
    row.words_standing, row.words_reason = standing, reason
    db.session.flush()
    announce(WordsStandingChanged(rating_id, row.product_id, standing))


def invite(order_line_id: int) -> None:
    """Plan the one question about a delivered line. Changes invitations."""
    line = received(order_line_id)
    known = db.session.scalar(
        select(Invitation.id).where(Invitation.order_line_id == order_line_id))
    if line is None or known is not None:
        return
    from marketplace.catalog.models import Product

    category_id, own_days = db.session.execute(
        select(Product.category_id, Product.opinion_after_days)
        .where(Product.id == line.product_id)).one()
    shelf = shelves().get(category_id)
    days = own_days or (shelf.opinion_after_days if shelf else 14)
    db.session.add(Invitation(order_line_id=order_line_id, person_id=line.buyer_id,
                              product_id=line.product_id,
                              due_at=(line.delivered_at or clock.now()) + timedelta(days=days)))
    db.session.flush()


def ask_due(limit: int = 500) -> int:
    """Ask everybody whose question is due; how many. Changes invitations; announces."""
    rows = db.session.scalars(
        select(Invitation).where(Invitation.asked_at.is_(None), Invitation.answered_at.is_(None),
                                 Invitation.due_at <= clock.now())
        .order_by(Invitation.due_at, Invitation.id).limit(limit)).all()
    for row in rows:
        row.asked_at = clock.now()
        db.session.flush()
        if row.person_id is not None:
            announce(InvitationDue(row.order_line_id, row.person_id, row.product_id))
    return len(rows)
