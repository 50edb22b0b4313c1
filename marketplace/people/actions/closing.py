"""Leaving: invisible at once, seven days to come back, then erased."""

from __future__ import annotations

import hmac
from datetime import date, timedelta
from hashlib import sha256

from flask_babel import gettext as _
from sqlalchemy import delete, exists, select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.foundation.events import OperatorActed, announce
from marketplace.people.actions.joining import make_token
from marketplace.people.events import AccountClosing, AccountReopened, PersonErased
from marketplace.people.models import Closing, Erasure, Login, Person
from marketplace.people.queries.login import open_token
from marketplace.web.tokens import sign

UNDO_FOR = timedelta(days=7)
CHOICES = ("delete", "keep")


def person_key(person_id: int) -> str:
    """Who was erased, readable only with the application's secret."""
    return hmac.new(sign("erased", 0).encode(), str(person_id).encode(), sha256).hexdigest()


def begin_closing(person_id: int, choice: str, reason: str = "", by: str = "self") -> None:
    """The account is invisible, all logins end; in seven days it is erased.

    choice: "delete" one's words, or "keep" them as a former member's. Raises Invalid. Changes
    people, closings, logins, mail_tokens; announces AccountClosing.
    """
    if choice not in CHOICES:
        raise Invalid({"choice": _("Please choose one of the two.")})
    now = clock.now()
    taken = db.session.execute(update(Person).where(
        Person.id == person_id, Person.state.in_(("active", "suspended"))).values(state="closing"))
    if not taken.rowcount:  # type: ignore[attr-defined]
        raise NotFound(_("There is nothing at this address."))
    db.session.execute(delete(Closing).where(Closing.person_id == person_id))
    db.session.add(Closing(person_id=person_id, asked_at=now, erase_at=now + UNDO_FOR,
                           words_choice=choice, reason=reason.strip()[:500] or None, by=by))
    db.session.execute(update(Login).where(Login.person_id == person_id, Login.ended_at.is_(None))
                       .values(ended_at=now, ended_by="closing"))
    db.session.flush()
    announce(AccountClosing(person_id, make_token(person_id, "undo_close", UNDO_FOR), by))


def close_for(operator_id: int, person_id: int, choice: str, why: str) -> None:
    """Staff of the platform close somebody's account; the reason stands in their log.

    Raises Invalid. Announces OperatorActed.
    """
    if len(why.strip()) < 10:
        raise Invalid({"why": _("Please say why, in at least ten signs.")})
    begin_closing(person_id, choice, by="operator")
    announce(OperatorActed(operator_id, "account_closed", "person", person_id, why.strip()))


def undo_closing(secret: str) -> int:
    """The account is as it was; the person's id. Raises NotFound for a used or old link.

    Changes people, closings, mail_tokens; announces AccountReopened.
    """
    token = open_token(secret, "undo_close")
    if token is None:
        raise NotFound(_("This link was used or is too old."))
    token.used_at = clock.now()
    db.session.execute(update(Person).where(Person.id == token.person_id,
                                            Person.state == "closing").values(state="active"))
    db.session.execute(delete(Closing).where(Closing.person_id == token.person_id))
    announce(AccountReopened(token.person_id))
    return token.person_id


def due_closings(limit: int = 50) -> list[int]:
    """Whose seven days are over. Loads: 1 statement."""
    return list(db.session.scalars(
        select(Closing.person_id).where(Closing.erase_at <= clock.now())
        .order_by(Closing.erase_at, Closing.person_id).limit(limit)))


def not_erased() -> list[int]:
    """Everybody who is not erased. Loads: 1 statement."""
    return list(db.session.scalars(select(Person.id).where(Person.state != "erased")
                                   .order_by(Person.id)))


def erase(person_id: int, choice: str | None = None) -> str | None:
    """Forget a person in every room; a stub without a name stays where others' words need one.

    Safe to repeat; the key of who was erased, or None if nobody was left to erase. Changes what
    the declarations of all rooms say; announces PersonErased, whose handlers do it.
    """
    row = db.session.get(Person, person_id)
    if row is None or row.state == "erased":
        return None
    kept = db.session.get(Closing, person_id)
    chosen = choice or (kept.words_choice if kept else "keep")
    key = person_key(person_id)
    if not db.session.scalar(select(exists().where(Erasure.person_key == key))):
        db.session.add(Erasure(person_key=key, done_at=clock.now()))
        db.session.flush()
    announce(PersonErased(person_id, row.handle, chosen))
    return key


def note_held(person_id: int, until: date | None) -> None:
    """Until when a law keeps rows of somebody who was erased. Changes erasures."""
    db.session.execute(update(Erasure).where(Erasure.person_key == person_key(person_id))
                       .values(held_until=until))
