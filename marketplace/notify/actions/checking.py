"""Looking at a letter again in the moment in which it would leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from marketplace.dialogue.queries.snoozing import thread_snoozed
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import announce
from marketplace.foundation.jobs import enqueue
from marketplace.notify.actions.counting import is_resting
from marketplace.notify.actions.inviting import INVITE
from marketplace.notify.actions.returning import GIVEN_UP, failing_since
from marketplace.notify.actions.stopping import address_hash, is_stopped
from marketplace.notify.actions.summing import SUMMARY, sum_up
from marketplace.notify.events import LetterSkipped
from marketplace.notify.models import Letter
from marketplace.notify.queries import choices_of, is_snoozed, pace_of, past_letters, sees
from marketplace.notify.queries.asking import open_questions
from marketplace.notify.queries.own import wants_mail
from marketplace.notify.rules import CLASSES, DIGEST
from marketplace.notify.rules.leaving import first_fault
from marketplace.notify.rules.pace import WEEK, after_quiet, fits
from marketplace.people.models import Account, Person
from marketplace.people.queries import has_consent, hears


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who a letter goes to; a guest is an address only."""

    email: str
    confirmed: bool
    active: bool
    zone: str


def ready(letter_id: int) -> str | None:
    """The address of a letter that leaves now; None where it was skipped, waits or is done.

    A letter on its way counts from here on, so that two workers keep the pace. Changes letters,
    jobs.
    """
    row = db.session.scalar(select(Letter).where(Letter.id == letter_id)
                            .execution_options(populate_existing=True).with_for_update())
    if row is None or row.state != "waiting":
        return None
    must, who = CLASSES[row.class_].group == "must", _receiver(row)
    why = first_fault(must, _faults(row, who))
    if why is None and not must and row.left_at and clock.now() - row.left_at > WEEK:
        why = "lapsed"
    if why is not None or who is None:
        row.state, row.why_skipped = "skipped", why
        if why == "pace":
            sum_up(row)
        announce(LetterSkipped(row.class_, why or ""))
        return None
    later = None if must else _later(row, who)
    if later is not None:
        wait(row, later)
        return None
    row.left_at = row.left_at or clock.now()
    row.to_hash = address_hash(who.email)
    return who.email


def wait(row: Letter, until: datetime) -> None:
    """A letter tries again later. Changes letters, jobs."""
    row.due_at = until
    enqueue("notify.send", f"letter {row.id}", due_at=until, letter_id=row.id)


def _receiver(row: Letter) -> Receiver | None:
    if row.person_id is None:
        return Receiver(row.email or "", True, True, "Europe/Berlin")
    # a person is locked while their letter is weighed, so that two never pass the pace together
    found = db.session.execute(
        select(Account.email, Account.confirmed_at, Person.state, Person.time_zone)
        .join(Person, Person.id == Account.person_id).where(Person.id == row.person_id)
        .with_for_update(key_share=True, of=Person)).first()
    return Receiver(found[0] or "", found[1] is not None, found[2] == "active",
                    found[3]) if found else None


def _later(row: Letter, who: Receiver) -> datetime | None:
    """The end of the quiet hours where they are on."""
    if row.person_id is None:
        return None
    pace, now = pace_of(row.person_id), clock.now()
    end = after_quiet(now, pace.quiet_from, pace.quiet_to, who.zone)
    return end if end > now else None


def _faults(row: Letter, who: Receiver | None) -> Mapping[str, Callable[[], bool]]:
    """The checks of this letter; each looks only when it is its turn."""
    must = CLASSES[row.class_].group == "must"
    since = clock.now() - GIVEN_UP
    found: dict[str, Callable[[], bool]] = {
        "person gone": lambda: who is None or not (must or who.active),
        "class paused": lambda: is_resting(row.class_),
        "no address": lambda: who is None or not who.email,
        "stopped": lambda: who is not None and is_stopped(who.email, row.class_),
        "address not confirmed": lambda: who is None or not who.confirmed,
        "address fails": lambda: who is not None and failing_since(who.email, since),
    }
    if row.person_id is not None and not must:
        found |= _own_faults(row, row.person_id)
    return found


def _own_faults(row: Letter, me: int) -> Mapping[str, Callable[[], bool]]:
    """What only an optional letter to a member is asked; the other kind leads to their own."""
    group = CLASSES[row.class_].group

    def off() -> bool:
        if row.class_ == DIGEST:
            return pace_of(me).digest == "off"
        if group == "advertising":
            return not choices_of(me).get((row.class_, "mail"), True)
        return not wants_mail(me, row.class_, choices_of(me), row.args.get("of_group"))

    url = str(row.args.get("url", ""))

    def hidden() -> bool:
        return not hears(me, row.by_id) or not sees(me, url)

    def rests() -> bool:
        return is_snoozed(me, row.producer_id) or (
            url.startswith("/threads/") and thread_snoozed(me, url.split("/")[2]))

    def spent() -> bool:
        return row.template != SUMMARY and not fits(
            group, row.producer_id, past_letters(me, row.id), clock.now(),
            pace_of(me).mails_a_week)

    return {
        "own act": lambda: row.by_id == me, "not visible": hidden, "snoozed": rests, "off": off,
        "no consent": lambda: group == "advertising" and not has_consent(me, row.class_),
        "nothing left": lambda: row.class_ == INVITE and "order_id" in row.args
        and not open_questions(me, row.args["order_id"]),
        "pace": spent,
    }
