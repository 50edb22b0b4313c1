"""What goes by itself: unconfirmed accounts, secrets past their time, accounts nobody uses."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, exists, select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import announce
from marketplace.people.actions.closing import begin_closing
from marketplace.people.events import InactiveWarned
from marketplace.people.models import (
    Account,
    Login,
    MailToken,
    OldHandle,
    OneTimeCode,
    Person,
    UsedChallenge,
)
from marketplace.people.queries.standing import busy_people

UNCONFIRMED, INACTIVE, WARNED = timedelta(days=14), timedelta(days=730), timedelta(days=30)
LOGINS_KEPT, A_DAY, BATCH = timedelta(days=180), timedelta(days=1), 200


def forget_secrets() -> list[str]:
    """Links, codes, challenges and ended logins past their time. Changes their tables."""
    now = clock.now()
    for table, where in (
        (MailToken, MailToken.expires_at < now - A_DAY),
        (OneTimeCode, OneTimeCode.expires_at < now - A_DAY),
        (UsedChallenge, UsedChallenge.used_at < now - A_DAY),
        (Login, Login.ended_at < now - LOGINS_KEPT),
        (Login, Login.expires_at < now - LOGINS_KEPT),
        (OldHandle, OldHandle.until < clock.today()),
    ):
        db.session.execute(delete(table).where(where).execution_options(
            synchronize_session=False))
    return []


def drop_unconfirmed() -> int:
    """Accounts that were never confirmed and ordered nothing close after 14 days; how many.

    They are erased a week later, as others are. Changes people, closings; announces.
    """
    old = db.session.scalars(
        select(Account.person_id).join(Person, Person.id == Account.person_id)
        .where(Account.confirmed_at.is_(None), Person.state == "active",
               Person.joined_on < clock.today() - UNCONFIRMED)
        .order_by(Account.person_id).limit(BATCH)).all()
    free = set(old) - busy_people(old, ever=True)
    for person_id in sorted(free):
        begin_closing(person_id, "delete", by="sweep")
    return len(free)


def warn_inactive() -> int:
    """People who did not sign in for 24 months are told; not while an order is open; how many.

    Changes accounts; announces InactiveWarned.
    """
    found = db.session.scalars(
        select(Account.person_id).join(Person, Person.id == Account.person_id)
        .where(Account.active_on < clock.today() - INACTIVE, Account.warned_at.is_(None),
               Person.state == "active").order_by(Account.person_id).limit(BATCH)).all()
    idle = set(found) - busy_people(found)
    for person_id in sorted(idle):
        db.session.execute(update(Account).where(Account.person_id == person_id)
                           .values(warned_at=clock.now()))
        announce(InactiveWarned(person_id))
    return len(idle)


def close_inactive() -> int:
    """Who was told 30 days ago and did not come is closed; how many. As `begin_closing`.

    A sign-in takes the warning back.
    """
    db.session.execute(update(Account).where(
        Account.warned_at.is_not(None), Account.active_on >= clock.today() - INACTIVE)
        .values(warned_at=None).execution_options(synchronize_session=False))
    found = db.session.scalars(
        select(Account.person_id).where(
            Account.warned_at < clock.now() - WARNED,
            exists().where(Person.id == Account.person_id, Person.state == "active"))
        .order_by(Account.person_id).limit(BATCH)).all()
    idle = set(found) - busy_people(found)
    for person_id in sorted(idle):
        begin_closing(person_id, "keep", by="sweep")
    return len(idle)
