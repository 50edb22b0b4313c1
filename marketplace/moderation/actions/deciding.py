"""Reports come in, authors answer, people decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace.foundation import clock
from marketplace.foundation.codes import new_code, secret_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound, NotYours
from marketplace.foundation.events import OperatorActed, announce
from marketplace.moderation.actions.carrying import carry_out
from marketplace.moderation.actions.logs import OBJECT_WORDS, log
from marketplace.moderation.events import AuthorAsked, DecisionTaken, ReportFiled
from marketplace.moderation.models import AuthorWord, Decision, Matter, Report
from marketplace.moderation.queries import cannot_decide, reported
from marketplace.moderation.rules import (
    ASKED_DAYS,
    KINDS,
    LEAVES_WORDS,
    TERMS,
    URGENT,
    asks_author,
    fault,
)


@dataclass(frozen=True, slots=True)
class NewReport:
    """What somebody reports; `body`: by the button for who is put down for their body, which asks
    nobody for anything and comes first.
    """

    object_kind: str
    object_id: int
    url: str
    reason: str
    why: str
    person_id: int | None
    name: str | None
    email: str | None
    good_faith: bool
    body: bool = False
    lang: str = "de"


def report(new: NewReport) -> Report:
    """Take a report; all about one object come together. Raises Invalid, NotFound.

    Changes matters, reports; announces ReportFiled.
    """
    if new.object_kind not in KINDS or reported(new.object_kind, new.object_id) is None:
        raise NotFound(_("There is nothing at this address."))
    faults = {}
    if fault(new.reason, "none", new.object_kind, ""):
        faults["reason"] = _("Please choose what is wrong.")
    if len(new.why) > 4000:
        faults["why"] = _("At most 4,000 characters.")
    legal = new.reason not in TERMS and new.person_id is None and not new.body
    if legal and new.reason != "youth" and not (new.name and new.email):
        faults["email"] = _("For something unlawful the law asks for your name and address.")
    if legal and not new.good_faith:
        faults["good_faith"] = _("Please confirm that you believe this to be true.")
    if faults:
        raise Invalid(faults)
    matter = _matter(new)
    if asks_author(new.reason, new.object_kind):
        _ask_author(matter, new.object_id)
    elif matter.state == "waiting_author":
        matter.state, matter.due_at = "open", None
    row = Report(
        number=new_code(7), matter_id=matter.id, kind="legal" if legal else "quick",
        url=new.url[:300], reason=new.reason, why=new.why, person_id=new.person_id,
        name=new.name, email=new.email, good_faith=new.good_faith, status_key=secret_code(128),
        lang=new.lang,
        received_at=clock.now())
    db.session.add(row)
    db.session.flush()
    announce(ReportFiled(row.id, matter.id))
    return row


def _ask_author(matter: Matter, object_id: int) -> None:
    """A fresh matter waits 14 days for the author's answer; one that is looked at goes on."""
    fresh = db.session.scalar(select(Report.id).where(Report.matter_id == matter.id)) is None
    thing = reported(matter.object_kind, object_id)
    if fresh and thing is not None:
        matter.state = "waiting_author"
        matter.due_at = clock.now() + timedelta(days=ASKED_DAYS)
        db.session.flush()
        announce(AuthorAsked(matter.id, matter.number, thing.author_id))


def answer_complaint(number: str, person_id: int, words: str) -> Matter:
    """The author's answer to a complaint; now a person decides. Raises NotFound, Invalid, Conflict.

    Changes author_words, matters.
    """
    matter = db.session.scalar(select(Matter).where(Matter.number == number).with_for_update())
    thing = reported(matter.object_kind, matter.object_id) if matter else None
    if matter is None or thing is None or thing.author_id != person_id or matter.due_at is None:
        raise NotFound(_("There is nothing at this address."))
    if matter.state not in ("waiting_author", "open"):
        raise Conflict(_("Somebody decided this meanwhile."))
    if not 10 <= len(words.strip()) <= 4000:
        raise Invalid({"words": _("10 to 4,000 characters: what happened, and how you know.")})
    db.session.add(AuthorWord(matter_id=matter.id, words=words.strip(), at=clock.now()))
    matter.state = "open"
    db.session.flush()
    return matter


def call_due() -> int:
    """Put before a person what its author did not answer in time; how many. Changes matters."""
    late = db.session.execute(
        update(Matter).where(Matter.state == "waiting_author", Matter.due_at <= clock.now())
        .values(state="open").execution_options(synchronize_session=False))
    return int(late.rowcount)  # type: ignore[attr-defined]


def _matter(new: NewReport) -> Matter:
    return open_matter(new.object_kind, new.object_id, new.body or new.reason in URGENT)


def open_matter(object_kind: str, object_id: int, urgent: bool = False) -> Matter:
    """The open matter about an object, begun where there is none. Changes matters."""
    known = db.session.scalar(select(Matter).where(
        Matter.object_kind == object_kind, Matter.object_id == object_id,
        Matter.state.in_(("open", "waiting_author"))))
    if known is None:
        known = Matter(number=new_code(7), object_kind=object_kind, object_id=object_id,
                       opened_at=clock.now(), urgent=urgent)
        db.session.add(known)
    known.urgent = known.urgent or urgent
    db.session.flush()
    return known


def decide(
    number: str, by: int, reason: str, measure: str, facts: str, milder_why: str = ""
) -> Decision:
    """Decide a matter and carry it out; author and reporters are told, the log records it.

    Raises NotFound, NotYours (party or tied), Invalid, Conflict (decided meanwhile).
    """
    matter = db.session.scalar(select(Matter).where(Matter.number == number))
    thing = reported(matter.object_kind, matter.object_id) if matter else None
    if matter is None or thing is None:
        raise NotFound(_("There is nothing at this address."))
    if cannot_decide(by, matter, thing):
        raise NotYours(_("You are part of this or tied to somebody who is; "
                         "another person decides it."))
    check(fault(reason, measure, matter.object_kind, milder_why), facts)
    taken = db.session.execute(
        update(Matter).where(Matter.id == matter.id, Matter.state == "open")
        .values(state="decided").execution_options(synchronize_session=False))
    if not taken.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody decided this meanwhile."))
    row = Decision(matter_id=matter.id, reason=reason, measure=measure, facts=facts,
                   milder_why=milder_why, decided_by=by, at=clock.now(), level=thing.level)
    db.session.add(row)
    db.session.flush()
    if measure not in LEAVES_WORDS:
        carry_out(matter.object_kind, matter.object_id, measure, reason)
    row.log_n = log(by, "decision", {"level": thing.level, "measure": measure, "reason": reason,
                                     "object": OBJECT_WORDS[matter.object_kind]})
    announce(OperatorActed(by, f"decision.{measure}", matter.object_kind, matter.object_id, facts))
    announce(DecisionTaken(row.id, matter.id, thing.author_id, measure, reason,
                           matter.object_kind, matter.object_id))
    return row


def check(wrong: str | None, facts: str) -> None:
    """Refuse what the rules name as wrong, and a decision without its reasons. Raises Invalid."""
    sentences = {
        "reason": ("reason", _("Please choose a reason from the list.")),
        "measure": ("measure", _("Please choose a measure from the list.")),
        "combination": ("measure", _("This reason does not allow this measure.")),
        "milder": ("milder_why", _("Say why a milder means would not do.")),
    }
    faults = dict([sentences[wrong]]) if wrong else {}
    if len(facts.strip()) < 10:
        faults["facts"] = _("Say what you saw, in at least ten characters.")
    if faults:
        raise Invalid(faults)
