"""Telling the browsers of a person that there is something; what it is they ask when it shows."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid
from marketplace.foundation.jobs import enqueue
from marketplace.notify.actions.counting import is_resting
from marketplace.notify.models import Notice, Push, PushTo
from marketplace.notify.queries.objects import sees
from marketplace.notify.queries.own import choices_of, is_snoozed, pace_of
from marketplace.notify.rules import CLASSES, is_on
from marketplace.notify.rules.pace import DAY, after_quiet
from marketplace.notify.rules.push import (
    MOST_A_DAY,
    MOST_BROWSERS,
    MOST_FAILURES,
    can_read,
    is_service,
)
from marketplace.people.models import Login, Person
from marketplace.people.queries import hears

ANSWERS_AFTER = timedelta(minutes=5)


def add_browser(person_id: int, login_id: int, endpoint: str, p256dh: str, auth: str) -> None:
    """A browser wants to be told. Raises Invalid where its address is no push service's.

    Changes push_doors.
    """
    login = db.session.get(Login, login_id)
    if login is None or not is_service(endpoint) or not can_read(p256dh, auth):
        raise Invalid({"endpoint": _("This browser could not be asked. Nothing was changed.")})
    db.session.execute(delete(PushTo).where(PushTo.endpoint == endpoint))
    old = db.session.scalars(select(PushTo.id).where(PushTo.person_id == person_id)
                             .order_by(PushTo.id.desc()).offset(MOST_BROWSERS - 1)).all()
    db.session.execute(delete(PushTo).where(PushTo.id.in_(old)))
    db.session.add(PushTo(person_id=person_id, login_id=login_id, endpoint=endpoint,
                          p256dh=p256dh, auth=auth, label=login.label, made_at=clock.now()))
    db.session.flush()


def drop_browser(person_id: int, browser_id: int) -> None:
    """A browser is told nothing any more. Changes push_doors."""
    db.session.execute(delete(PushTo).where(PushTo.id == browser_id,
                                            PushTo.person_id == person_id))


def push(person_id: int, class_: str, merge_key: str, path: str, by: int | None,
         house: int | None) -> None:
    """A message to a person's browsers, after this change; one waits for each matter.

    Changes pushes, jobs.
    """
    key = merge_key[:80]
    waits = db.session.scalar(select(Push.id).where(
        Push.person_id == person_id, Push.merge_key == key, Push.left_at.is_(None),
        Push.why_skipped.is_(None)).limit(1))
    if waits is not None or not _has_browsers(person_id):
        return
    now = clock.now()
    due = now if CLASSES[class_].group == "must" else now + ANSWERS_AFTER
    row = Push(person_id=person_id, class_=class_, merge_key=key, path=path[:300], by_id=by,
               producer_id=house, due_at=due)
    db.session.add(row)
    db.session.flush()
    enqueue("notify.push", f"push {row.id}", due_at=due, push_id=row.id)


def _has_browsers(person_id: int) -> bool:
    return bool(db.session.scalar(select(PushTo.id).where(PushTo.person_id == person_id).limit(1)))


def weigh(push_id: int) -> None:
    """A message leaves, waits for the end of the quiet hours or stays, with the reason; each
    browser gets it in a job of its own. Changes pushes, jobs.
    """
    row = db.session.scalar(select(Push).where(
        Push.id == push_id, Push.left_at.is_(None), Push.why_skipped.is_(None)).with_for_update())
    if row is None:
        return
    # the person is locked while this is weighed, so that two never pass the limit together
    who = db.session.scalar(select(Person).where(Person.id == row.person_id)
                            .with_for_update(key_share=True))
    now, pace = clock.now(), pace_of(row.person_id)
    row.why_skipped = next((why for why, fails in _faults(row, who).items() if fails()), None)
    if row.why_skipped or who is None:
        return
    morning = after_quiet(now, pace.quiet_from, pace.quiet_to, who.time_zone)
    if morning > now:
        row.due_at = morning
        enqueue("notify.push", f"push {row.id}", due_at=morning, push_id=row.id)
        return
    row.left_at = now
    for browser_id in _browsers(row.person_id):
        enqueue("notify.browser", f"push {row.id} {browser_id}", push_id=row.id,
                browser_id=browser_id)


def _faults(row: Push, who: Person | None) -> Mapping[str, Callable[[], bool]]:
    """What keeps a message back, in the order in which letters are asked."""
    me = row.person_id
    must = CLASSES[row.class_].group == "must"
    return {
        "person gone": lambda: who is None or who.state != "active",
        "not visible": lambda: not must and not (hears(me, row.by_id) and sees(me, row.path)),
        "snoozed": lambda: not must and is_snoozed(me, row.producer_id),
        "off": lambda: not is_on(row.class_, "push", choices_of(me)),
        "class paused": lambda: is_resting(row.class_),
        "nothing left": lambda: _was_read(row),
        "pace": lambda: _today(me) >= MOST_A_DAY,
    }


def _was_read(row: Push) -> bool:
    """Whether the person has seen the notice of the matter; without a notice nobody has."""
    read, unread = db.session.execute(select(
        func.count(Notice.read_at), func.count() - func.count(Notice.read_at)).where(
            Notice.person_id == row.person_id, Notice.merge_key == row.merge_key)).one()
    return bool(read and not unread)


def _today(person_id: int) -> int:
    return db.session.scalar(select(func.count()).where(
        Push.person_id == person_id, Push.left_at > clock.now() - DAY)) or 0


def _browsers(person_id: int) -> list[int]:
    """Browsers in which the person is still signed in."""
    return list(db.session.scalars(
        select(PushTo.id).join(Login, Login.id == PushTo.login_id)
        .where(PushTo.person_id == person_id, Login.ended_at.is_(None),
               Login.expires_at > clock.now()).order_by(PushTo.id)))


def addressed(push_id: int, browser_id: int) -> tuple[PushTo, bytes] | None:
    """Whom a message goes to, and what it holds: its class and a path of this site, no words;
    None where either is gone. Loads: 2 statements.
    """
    row, to = db.session.get(Push, push_id), db.session.get(PushTo, browser_id)
    if row is None or to is None or to.person_id != row.person_id:
        return None
    return to, json.dumps({"class": row.class_, "path": row.path}).encode()


def gone(browser_id: int) -> None:
    """A browser takes nothing any more. Changes push_doors."""
    db.session.execute(delete(PushTo).where(PushTo.id == browser_id))


def refused(browser_id: int) -> None:
    """A browser's service did not want a message; after three in a row it is asked no more.

    Changes push_doors.
    """
    db.session.execute(update(PushTo).where(PushTo.id == browser_id)
                       .values(failures=PushTo.failures + 1))
    db.session.execute(delete(PushTo).where(PushTo.id == browser_id,
                                            PushTo.failures >= MOST_FAILURES))


def came(browser_id: int) -> None:
    """A message was taken; earlier refusals do not count any more. Changes push_doors."""
    db.session.execute(update(PushTo).where(PushTo.id == browser_id, PushTo.failures > 0)
                       .values(failures=0))


def sweep_pushes() -> int:
    """Messages go after 30 days, browsers with the sign-in in which they asked; how many went.

    Changes pushes, push_doors.
    """
    old = db.session.execute(delete(Push).where(Push.due_at < clock.now() - 30 * DAY))
    open_ = select(Login.id).where(Login.ended_at.is_(None), Login.expires_at > clock.now())
    signed_out = db.session.execute(delete(PushTo).where(PushTo.login_id.not_in(open_)))
    return int(old.rowcount + signed_out.rowcount)  # type: ignore[attr-defined]
