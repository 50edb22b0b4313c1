"""Giving an answer, changing it, taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from marketplace.foundation import clock
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotYours
from marketplace.foundation.events import announce
from marketplace.foundation.jobs import enqueue
from marketplace.groups.queries import benefits
from marketplace.reviews.actions.inviting import line_answered
from marketplace.reviews.actions.scoring import count_change
from marketplace.reviews.actions.versions import keep_version
from marketplace.reviews.events import OccasionsChanged, RatingWithdrawn, TasteShown
from marketplace.reviews.models import Rating, RatingOccasion, Relation, Reply
from marketplace.reviews.queries.asking import (
    Asked,
    answers_of,
    asked_line,
    counted,
    occasions_of,
    of_lot,
    ties_to_producer,
)
from marketplace.reviews.rules.changing import cause_of_change
from marketplace.reviews.rules.eligible import RELATIONS, BoughtLine, refusal
from marketplace.web.masking import masked

MOST_OCCASIONS = 6
CARDS_ONLY = frozenset({"card number"})
SAID = ("again", "delight", "stars", "value", "shown_as", "lang", "title", "words", "to_producer",
        "used_for", "relation", "benefit")
"""What makes a new version, or is at least kept anew, when it differs."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a buyer says of a line; occasions None leaves those said before."""

    again: bool
    delight: str | None = None
    stars: int | None = None
    value: bool | None = None
    title: str = ""
    words: str = ""
    to_producer: str = ""
    occasion_ids: Sequence[int] | None = ()
    shown_as: str = "handle"
    lang: str = "de"
    used_for: str | None = None
    relation: str | None = None
    benefit: str | None = None


def refusal_of(line: Asked, person_id: int | None, guest_key: str | None,
               ties: frozenset[str] | None = None) -> str | None:
    """Why this line may not be rated by this buyer now, in words; None if it may."""
    own = line.buyer_id == person_id if person_id is not None else (
        line.buyer_id is None and line.buyer_key == guest_key)
    if ties is None:
        ties = ties_to_producer(person_id, line.producer_id, line.order_id)
    reason = refusal(BoughtLine(
        is_buyers=own, paid_at=line.paid_at, dispatched_at=line.dispatched_at,
        delivered_at=line.delivered_at, cancelled_before_dispatch=line.cancelled >= line.qty,
        buyer_is_staff="staff" in ties, paid_by_producer="paid_by_producer" in ties,
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
    if len(answer.words) > 4000:
        faults["words"] = _("At most 4,000 characters.")
    if len(answer.to_producer) > 4000:
        faults["private_words"] = _("At most 4,000 characters.")
    if answer.delight not in (None, "disappointed", "okay", "delighted"):
        faults["delight"] = _("Please choose one of the three.")
    if answer.shown_as not in ("handle", "buyer"):
        faults["shown_as"] = _("Please choose one of the two.")
    if answer.relation not in (None, *RELATIONS):
        faults["relation"] = _("Please choose one from the list.")
    if len(answer.benefit or "") > 80:
        faults["benefit"] = _("At most 80 characters.")
    if len(answer.used_for or "") > 40:
        faults["used_for_words"] = _("At most 40 characters.")
    if faults:
        raise Invalid(faults)


def rate(line_id: int, answer: Answer, person_id: int | None, guest_key: str | None = None,
         network: str | None = None) -> Rating:
    """Would you buy it again? The last answer of a person and lot counts.

    Raises NotYours, Invalid, Conflict (a reply stands and was answered once already). Changes
    ratings, rating_versions, rating_occasions, invitations, relations, scores, group_scores;
    announces TasteShown at once, so that suggestions move with the next page; RatingGiven is
    announced by the job `reviews.tell`. The same answer twice changes nothing.
    """
    line = asked_line(line_id)
    if line is None:
        raise NotYours(_("There is no such order."))
    return rate_line(line, answer, person_id, guest_key, network)


def rate_line(line: Asked, answer: Answer, person_id: int | None, guest_key: str | None = None,
              network: str | None = None, mine: list[Rating] | None = None) -> Rating:
    """As `rate`, for a line read in the same change, and with the person's answers to its product
    where they were read and locked in it too. Loads: at most 11 statements.
    """
    ties = ties_to_producer(person_id, line.producer_id, line.order_id)
    sentence = refusal_of(line, person_id, guest_key, ties)
    if sentence:
        raise NotYours(sentence)
    _checked(answer)
    answer = _labelled(_masked(answer), ties, person_id, line)
    if mine is None:
        mine = answers_of(line.product_id, person_id, guest_key, lock=True)
    before, row = [counted(one) for one in mine], of_lot(mine, line.lot_id)
    fresh, was = row is None, _stood(row)
    bought_again = row is not None and line.line_id > row.order_line_id
    if row is None:
        row = _new(line, answer, person_id, guest_key, network)
        mine.append(row)
        keep_version(row, "first")
    elif not _renewed(row, answer, line):
        if _keep_occasions(row, answer.occasion_ids):
            announce(OccasionsChanged(row.id, row.product_id))
        return row
    _declare(row, answer, person_id, ties)
    _keep_occasions(row, answer.occasion_ids)
    buyers = line_answered(line) if fresh or bought_again else 0
    count_change(row.product_id, person_id, before, [counted(one) for one in mine], buyers)
    if person_id is not None and was is not row.again:
        announce(TasteShown(person_id, row.product_id, row.again))
    enqueue("reviews.tell", f"rating {row.id}", rating_id=row.id)
    return row


def _stood(row: Rating | None) -> bool | None:
    """What the author said until now; nothing where it was taken back."""
    return None if row is None or row.aside_reason == "withdrawn" else row.again


def _masked(answer: Answer) -> Answer:
    """The answer without personal data; in private words only card numbers are hidden."""
    return replace(
        answer, title=masked(answer.title, answer.lang), words=masked(answer.words, answer.lang),
        used_for=masked(answer.used_for, answer.lang)[:40] if answer.used_for else None,
        to_producer=masked(answer.to_producer, answer.lang, CARDS_ONLY))


def _labelled(answer: Answer, ties: frozenset[str], person_id: int | None, line: Asked) -> Answer:
    """The answer with the relation that is known, where the author declares none."""
    if answer.relation:
        return answer
    known = next((kind for kind in RELATIONS if kind in ties), None)
    benefit = benefits([person_id], producer_id=line.producer_id, product_id=line.product_id).get(
        person_id) if known == "ambassador" and person_id is not None else None
    return replace(answer, relation=known, benefit=answer.benefit or benefit)


def _new(line: Asked, answer: Answer, person_id: int | None, guest_key: str | None,
         network: str | None) -> Rating:
    now = clock.now()
    row = Rating(
        code=secret_code(96), person_id=person_id,
        guest_key=None if person_id is not None else guest_key, product_id=line.product_id,
        producer_id=line.producer_id, category_id=line.category_id, lot_id=line.lot_id,
        order_line_id=line.line_id, given_at=now, version=1, network=network,
        origin="invited" if line.asked_at else "spontaneous", invitation_id=line.invitation_id,
        told_version=0, hidden_to=0, helpful_up=0, helpful_down=0, helpful_rank=0.0)
    _fill(row, answer)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as fault:
        raise Conflict(_("Your answer was just saved in another window.")) from fault
    return row


def _renewed(row: Rating, answer: Answer, line: Asked) -> bool:
    """Put the new content into the former answer; False where nothing differs.

    Raises Conflict where a reply stands and the one change after it is used.
    """
    same = all(getattr(row, name) == getattr(answer, name) for name in SAID)
    if same and row.aside_reason != "withdrawn":
        return False
    reply_at = db.session.scalar(select(Reply.at).where(
        Reply.rating_id == row.id, Reply.state == "published"))
    again = line.line_id > row.order_line_id
    cause = cause_of_change(reply_at, row.changed_at, again) or _clean_rewrite(row, answer)
    if cause is None:
        raise Conflict(_("You changed your answer after the producer's reply already."))
    rewritten = (row.title, row.words) != (answer.title, answer.words)
    _fill(row, answer)
    row.changed_at, row.version, row.draft = clock.now(), row.version + 1, None
    row.order_line_id = line.line_id if again else row.order_line_id
    if rewritten:
        row.words_standing, row.words_reason = "visible", None
    db.session.flush()
    keep_version(row, cause)
    return True


def _clean_rewrite(row: Rating, answer: Answer) -> str | None:
    """Hidden words may be written anew at any time, the answer itself then stays as it is."""
    same = all(getattr(row, name) == getattr(answer, name)
               for name in ("again", "delight", "stars", "value"))
    hidden = row.words_standing in ("hidden", "collapsed")
    return "author" if hidden and same and row.words != answer.words else None


def _fill(row: Rating, answer: Answer) -> None:
    for name in SAID:
        setattr(row, name, getattr(answer, name))
    checking = row.aside_reason in ("check", "sham_review") and row.standing == "aside"
    if not checking:
        row.standing = "aside" if answer.relation else "counts"
        row.aside_reason = answer.relation
        row.counted_at = None if answer.relation else clock.now()


def _declare(row: Rating, answer: Answer, person_id: int | None, ties: frozenset[str]) -> None:
    """Keep a relation that the author declares and nobody knew."""
    if person_id is not None and answer.relation and answer.relation not in ties:
        db.session.add(Relation(
            person_id=person_id, producer_id=row.producer_id, kind=answer.relation,
            benefit=answer.benefit, since=clock.now(), source="declared"))
        db.session.flush()


def _keep_occasions(row: Rating, ids: Sequence[int] | None) -> bool:
    """What it was used for, where somebody says; whether that differs from what was said before."""
    if ids is None:
        return False
    wanted = sorted(set(ids))[:MOST_OCCASIONS]
    if row.version == 1 and row.told_version == 0 and not wanted:
        return False
    known = sorted(occasions_of([row.id]).get(row.id, []))
    if known == wanted:
        return False
    db.session.execute(delete(RatingOccasion).where(RatingOccasion.rating_id == row.id))
    if wanted:
        db.session.execute(db.insert(RatingOccasion),
                           [{"rating_id": row.id, "occasion_id": i} for i in wanted])
    return True


def keep_draft(row: Rating, typed: dict[str, str]) -> None:
    """Keep what an author typed beside the answer, seen by nobody else. Changes ratings."""
    kept = {name: value[:4000] for name, value in typed.items() if value}
    db.session.execute(update(Rating).where(Rating.id == row.id).values(draft=kept or None))


def withdraw_answer(row: Rating) -> None:
    """The author takes the answer back: it leaves the score, a stub stays.

    Changes ratings, scores, group_scores; announces RatingWithdrawn.
    """
    mine = answers_of(row.product_id, row.person_id, row.guest_key, lock=True)
    before = [counted(one) for one in mine]
    own = next(one for one in mine if one.id == row.id)
    own.standing, own.aside_reason, own.counted_at = "aside", "withdrawn", None
    own.title = own.words = own.to_producer = ""
    own.words_standing, own.words_reason, own.hidden_to = "erased", "withdrawn", own.version
    own.aside_until = own.draft = None
    db.session.flush()
    count_change(own.product_id, own.person_id, before, [counted(one) for one in mine])
    announce(RatingWithdrawn(own.id, own.person_id, own.product_id, own.producer_id))
