"""How a producer and the marketplace deal: choices, blocks of messages, terms, exceptions."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.foundation.events import OperatorActed, announce
from marketplace.people.queries import person_by_handle
from marketplace.producers.actions.pages import demand
from marketplace.producers.events import ProducerChanged, TermsAnnounced
from marketplace.producers.models import Deviation, MessageBlock, Producer, Terms
from marketplace.producers.queries.dealing import Choices
from marketplace.producers.queries.staff import Role, staff_ids

NOTICE = timedelta(days=15)
MAILS = ("none", "daily", "weekly")
MOST_BLOCKS = 200


def keep_choices(role: Role, now: Choices) -> None:
    """What a house shows, which mail it gets, and what it takes from now on.

    Raises NotYours, Invalid. Changes producers; announces.
    """
    demand(role, "texts")
    faults = {}
    if now.voices_mail not in MAILS:
        faults["voices_mail"] = _("Please choose one of these.")
    if len(now.press_contact) > 200:
        faults["press_contact"] = _("At most 200 characters.")
    if faults:
        raise Invalid(faults)
    db.session.execute(update(Producer).where(Producer.id == role.producer_id)
                       .values(**asdict(now)))
    announce(ProducerChanged(role.producer_id, ("choices",)))


def note_voices_mailed(producer_id: int, day: date) -> None:
    """The letter of unanswered voices of this day was dealt with. Changes producers."""
    db.session.execute(update(Producer).where(Producer.id == producer_id)
                       .values(voices_mailed_on=day))


def block_messages(role: Role, handle: str, reason: str, by_id: int) -> None:
    """Take no messages of a person; orders, ratings and reviews go on. Raises NotYours, Invalid.

    Twice keeps the newer reason. Changes message_blocks.
    """
    demand(role, "answer")
    person = person_by_handle(handle.strip().lstrip("@").lower())
    faults = {}
    if person is None:
        faults["handle"] = _("There is nobody of this name.")
    elif person.id in staff_ids(role.producer_id):
        faults["handle"] = _("This person acts for your house.")
    if not 10 <= len(reason) <= 300:
        faults["reason"] = _("Why? 10 to 300 characters; the marketplace can read it.")
    if faults or person is None:
        raise Invalid(faults)
    _demand_room(role.producer_id)
    row = db.session.scalar(select(MessageBlock).where(
        MessageBlock.producer_id == role.producer_id, MessageBlock.person_id == person.id))
    row = row or MessageBlock(producer_id=role.producer_id, person_id=person.id)
    row.reason, row.by_id, row.at = reason, by_id, clock.now()
    db.session.add(row)
    db.session.flush()


def _demand_room(producer_id: int) -> None:
    known = db.session.scalar(select(func.count(MessageBlock.id)).where(
        MessageBlock.producer_id == producer_id)) or 0
    if known >= MOST_BLOCKS:
        raise Invalid({"handle": _("Two hundred are blocked already. Please write to the "
                                   "marketplace.")})


def take_messages_again(role: Role, block_id: int) -> None:
    """End a block of messages. Raises NotYours, NotFound. Changes message_blocks."""
    demand(role, "answer")
    gone = db.session.execute(delete(MessageBlock).where(
        MessageBlock.id == block_id, MessageBlock.producer_id == role.producer_id))
    if not gone.rowcount:  # type: ignore[attr-defined]
        raise NotFound(_("There is nothing at this address."))


def announce_terms(person_id: int, words_de: str, words_en: str, valid_from: date | None) -> Terms:
    """Announce new terms to every producer, by mail; they bind fifteen days later at the earliest.

    Raises Invalid. Changes terms; announces TermsAnnounced. Source: Regulation 2019/1150 Art. 3.
    """
    today = clock.today()
    faults = {name: _("At least 50 characters, at most 60,000.")
              for name, words in (("words_de", words_de), ("words_en", words_en))
              if not 50 <= len(words) <= 60_000}
    if valid_from is None or valid_from < today + NOTICE:
        faults["valid_from"] = _("Fifteen days after the announcement at the earliest.")
    if faults or valid_from is None:
        raise Invalid(faults)
    last = db.session.scalar(select(func.max(Terms.version))) or 0
    row = Terms(version=last + 1, words_de=words_de, words_en=words_en, announced_on=today,
                announced_by=person_id, valid_from=valid_from)
    db.session.add(row)
    db.session.flush()
    announce(OperatorActed(person_id, "terms_announced", "terms", row.version,
                           valid_from.isoformat()))
    announce(TermsAnnounced(row.version, valid_from.isoformat()))
    return row


def keep_deviation(person_id: int, slug: str, what: str, why: str, to_on: date | None) -> None:
    """Note what holds for one producer only, and why; it stands on `/fees` at once.

    Raises Invalid. Changes exceptions; the act stands in the operator's log.
    """
    producer_id = db.session.scalar(select(Producer.id).where(Producer.slug == slug.strip()))
    faults = {}
    if producer_id is None:
        faults["slug"] = _("There is no such producer here.")
    for name, words, most in (("what", what, 200), ("why", why, 300)):
        if not 10 <= len(words) <= most:
            faults[name] = _("10 to %(most)s characters.", most=most)
    if to_on is not None and to_on < clock.today():
        faults["to_on"] = _("This day is over.")
    if faults or producer_id is None:
        raise Invalid(faults)
    db.session.add(Deviation(producer_id=producer_id, what=what, why=why, from_on=clock.today(),
                             to_on=to_on))
    db.session.flush()
    announce(OperatorActed(person_id, "exception_made", "producer", producer_id, why))


def end_deviation(person_id: int, deviation_id: int) -> None:
    """It holds until today. Raises NotFound. Changes exceptions."""
    row = db.session.get(Deviation, deviation_id)
    if row is None or (row.to_on is not None and row.to_on < clock.today()):
        raise NotFound(_("There is nothing at this address."))
    row.to_on = clock.today()
    db.session.flush()
    announce(OperatorActed(person_id, "exception_ended", "producer", row.producer_id, row.why))
