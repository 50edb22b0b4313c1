"""Dates of groups and houses: making, moving, cancelling, coming."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import func, select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound
from marketplace.foundation.events import announce
from marketplace.groups.events import DateAdded, DateChanged, DateReminder, SeatFreed
from marketplace.groups.models import Attendance, Date
from marketplace.groups.rules.dates import CONFIRM_IN, REMIND_BEFORE, faults_of


@dataclass(frozen=True, slots=True)
class NewDate:
    """What is typed of a date; times are UTC, `time_zone` is that of the place."""

    kind: str
    title: str
    words: str
    lang: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    place: str
    region: str
    online: bool
    alcohol: bool
    seats: int | None
    cost_words: str
    sign_up: bool


def add_date(new: NewDate, person_id: int, *, group_id: int | None = None,
             producer_id: int | None = None) -> Date:
    """Put a date into the calendar. Raises Invalid. Changes dates; announces DateAdded.

    Who may is decided by the caller: moderators of the group, staff of the house.
    """
    _check(new)
    row = Date(group_id=group_id, producer_id=producer_id, person_id=person_id,
               made_at=clock.now(), taken=0, state="planned", version=1, **_columns(new))
    db.session.add(row)
    db.session.flush()
    announce(DateAdded(row.id, group_id, producer_id))
    return row


def _columns(new: NewDate) -> dict[str, object]:
    return {"kind": new.kind, "title": new.title, "words": new.words, "lang": new.lang,
            "starts_at": new.starts_at, "ends_at": new.ends_at, "time_zone": new.time_zone,
            "place": new.place, "region": new.region or None, "online": new.online,
            "alcohol": new.alcohol, "seats": new.seats, "cost_words": new.cost_words,
            "sign_up": new.sign_up}


def _check(new: NewDate, taken: int = 0) -> None:
    found = faults_of(new.kind, new.title, new.starts_at, new.ends_at, new.time_zone, new.seats,
                      clock.now())
    words = {
        "kind": _("Please choose what it is."), "title": _("5 to 120 characters."),
        "starts_at": _("Please name a day and a time still to come."),
        "ends_at": _("It ends after it begins, at most 31 days later."),
        "time_zone": _("Please choose the time zone of the place."),
        "seats": _("1 to 10,000 seats, or leave it empty."),
    }
    faults = {name: words[name] for name in found}
    if new.seats is not None and new.seats < taken:
        faults["seats"] = _("%(n)s people come already.", n=taken)
    if faults:
        raise Invalid(faults)


def change_date(row: Date, new: NewDate) -> None:
    """Write a date anew; who comes is told where time or place moved. Raises Invalid, Conflict.

    Changes dates; announces DateChanged.
    """
    if row.state == "cancelled":
        raise Conflict(_("This date was cancelled."))
    _check(new, row.taken)
    moved = (row.starts_at, row.ends_at, row.place) != (new.starts_at, new.ends_at, new.place)
    for name, value in _columns(new).items():
        setattr(row, name, value)
    row.version += 1
    db.session.flush()
    if moved:
        announce(DateChanged(row.id, "moved"))
    _offer_free_seats(row.id)


def cancel_date(row: Date) -> None:
    """It does not take place; everybody who comes is told; twice is once. Announces DateChanged."""
    if row.state != "cancelled":
        row.state, row.version = "cancelled", row.version + 1
        db.session.flush()
        announce(DateChanged(row.id, "cancelled"))


def attend(date_id: int, person_id: int, shown: bool, remind: bool) -> str:
    """Come, or wait where no seat is free: going or waiting. Raises NotFound, Conflict.

    Sixty at once for twenty seats: twenty go, forty wait in their order. Changes dates,
    attendances.
    """
    row = db.session.get(Date, date_id)
    if row is None:
        raise NotFound(_("There is no such date."))
    if row.state == "cancelled" or row.ends_at <= clock.now() or not row.sign_up:
        raise Conflict(_("One cannot sign up for this date any more.") if row.sign_up
                       else _("This date needs no sign-up. Just come."))
    _lock(date_id)
    known = db.session.get(Attendance, (date_id, person_id), populate_existing=True)
    if known is not None and known.state in ("going", "waiting"):
        known.shown, known.remind = shown, remind
        return known.state
    state = "going" if (known is not None and known.state == "offered") or _take_seat(row) \
        else "waiting"
    if known is None:
        known = Attendance(date_id=date_id, person_id=person_id, at=clock.now(), state=state)
        db.session.add(known)
    elif known.state == "gone":
        known.at = clock.now()
    known.state, known.shown, known.remind, known.offered_until = state, shown, remind, None
    db.session.flush()
    return state


def _lock(date_id: int) -> None:
    """One at a time for a date: the order of the waiting list is the order of coming."""
    db.session.execute(select(Date.id).where(Date.id == date_id).with_for_update())


def _take_seat(row: Date) -> bool:
    waiting = select(func.count()).select_from(Attendance).where(
        Attendance.date_id == row.id, Attendance.state == "waiting").scalar_subquery()
    taken = db.session.execute(
        update(Date).where(Date.id == row.id, (Date.seats.is_(None)) | (
            (Date.taken < Date.seats) & (waiting == 0)))
        .values(taken=Date.taken + 1).execution_options(synchronize_session=False))
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def attend_no_more(date_id: int, person_id: int) -> None:
    """Give one's seat or place in the row back; the first who waits is asked; twice is once.

    Changes attendances, dates; announces SeatFreed.
    """
    _lock(date_id)
    known = db.session.get(Attendance, (date_id, person_id), populate_existing=True)
    if known is None or known.state == "gone":
        return
    held = known.state in ("going", "offered")
    known.state, known.offered_until = "gone", None
    db.session.flush()
    if held:
        db.session.execute(update(Date).where(Date.id == date_id).values(taken=Date.taken - 1)
                           .execution_options(synchronize_session=False))
        _offer_free_seats(date_id)


def _offer_free_seats(date_id: int) -> None:
    """Free seats go to the first who wait: 48 hours to say yes."""
    while True:
        row = db.session.get(Date, date_id, populate_existing=True)
        first = db.session.scalar(
            select(Attendance).where(Attendance.date_id == date_id, Attendance.state == "waiting")
            .order_by(Attendance.at, Attendance.person_id).limit(1))
        if row is None or first is None or (row.seats is not None and row.taken >= row.seats):
            return
        row.taken += 1
        first.state, first.offered_until = "offered", clock.now() + CONFIRM_IN
        db.session.flush()
        announce(SeatFreed(date_id, first.person_id))


def pass_offers_on() -> int:
    """Seats that nobody confirmed in 48 hours go to the next; how many. Changes attendances."""
    late = db.session.execute(select(Attendance.date_id, Attendance.person_id).where(
        Attendance.state == "offered", Attendance.offered_until <= clock.now())
        .order_by(Attendance.date_id).limit(200)).all()
    for date_id, person_id in late:
        attend_no_more(date_id, person_id)
    return len(late)


def remind() -> int:
    """Remind those who chose it a day before; how many. Changes attendances; announces."""
    soon = clock.now() + REMIND_BEFORE
    rows = db.session.scalars(
        select(Attendance).join(Date, Date.id == Attendance.date_id)
        .where(Date.state == "planned", Date.starts_at <= soon, Date.starts_at > clock.now(),
               Attendance.state == "going", Attendance.remind, Attendance.reminded.is_(False))
        .order_by(Attendance.date_id).limit(500)).all()
    for row in rows:
        row.reminded = True
        announce(DateReminder(row.date_id, row.person_id))
    return len(rows)
