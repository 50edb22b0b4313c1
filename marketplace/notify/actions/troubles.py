"""What the people of the market hear of letters that do not come through."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.journal.actions import note
from marketplace.notify.actions.counting import count_letter
from marketplace.notify.actions.rights import operators
from marketplace.notify.actions.telling import tell
from marketplace.notify.events import (
    AddressFailing,
    ClassPaused,
    ClassStopped,
    LetterSent,
)
from marketplace.notify.models import Letter
from marketplace.notify.rules import CLASSES
from marketplace.search.events import IndexFaulty

LATE = timedelta(hours=24)
MAILS = "/operator/mails"


def words_missing(template: str, lang: str) -> None:
    """The words of a letter failed in one language; it went out in the other."""
    for person in operators():
        tell(person, "account", f"words {template} {lang}", "mail_words", MAILS,
             template=template, lang=lang)


def late_letters() -> int:
    """Tell of required letters that wait for more than a day; how many. Changes notices."""
    must = [name for name, one in CLASSES.items() if one.group == "must"]
    n = db.session.scalar(select(func.count()).where(
        Letter.state == "waiting", Letter.class_.in_(must),
        func.coalesce(Letter.left_at, Letter.due_at) < clock.now() - LATE)) or 0
    if n:
        for person in operators():
            tell(person, "account", "mail late", "mail_late", MAILS, letters=n)
    return n


def index_faulty(event: IndexFaulty) -> None:
    """Search lost its index; it repairs itself, but somebody should know why."""
    for person in operators():
        tell(person, "account", f"index {event.cause} {clock.today()}", "index_faulty",
             "/operator/search", cause=event.cause)


def class_rests(event: ClassPaused) -> None:
    """A class of letters annoys and rests; a person decides whether it comes back."""
    for person in operators():
        tell(person, "account", f"rests {event.class_}", "class_rests", MAILS, name=event.class_)


def address_fails(event: AddressFailing) -> None:
    """Somebody hears here that their mail comes back, or that they called a letter a nuisance."""
    tell(event.person_id, "account", "address fails",
         "address_fails" if event.cause == "bounce" else "complaint_kept",
         "/account/notices/settings")


def sent(event: LetterSent) -> None:
    """A letter counts for its class. Changes class_health, journal."""
    count_letter(event.class_, "sent")
    note("mail.sent", extra={"class": event.class_})


def class_stopped(event: ClassStopped) -> None:
    """Stops count for their class. Changes class_health, journal."""
    count_letter(event.class_, "stopped")
    note("mail.unsubscribed", extra={"class": event.class_})
