"""Hours, closed days, registrations and pauses of a producer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid
from marketplace.foundation.events import announce
from marketplace.producers.actions.opening import refresh
from marketplace.producers.actions.pages import demand, end_promise, promise
from marketplace.producers.events import ProducerChanged, PromiseChanged, RegistrationMissing
from marketplace.producers.models import ClosedDay, Producer, Registration, ServiceHours
from marketplace.producers.queries.staff import Role, promises_of
from marketplace.producers.rules.holidays import is_region
from marketplace.producers.rules.hours import Window
from marketplace.producers.rules.traders import lucid_number

KINDS = ("packaging", "oss", "excise", "organic_control", "food")
LIMITS = {"answer_hours": 200, "dispatch_days": 90, "returns_days": 365, "repair_years": 30,
          "satisfaction_days": 365}
LEAST_RETURNS_DAYS = 14


def keep_hours(role: Role, windows: Sequence[Window], closed: Sequence[tuple[date, str]],
               region: str | None = None) -> None:
    """These hours, closed days and region of public holidays from now on; None leaves the region.

    Raises NotYours, Invalid. Changes service_hours, closed_days, producers; announces.
    """
    demand(role, "texts")
    if region is not None:
        _keep_region(role.producer_id, region)
    if not windows:
        raise Invalid({"open_0": _("At least one hour in the week, so that an answer can come.")})
    db.session.execute(delete(ServiceHours).where(ServiceHours.producer_id == role.producer_id))
    db.session.add_all([ServiceHours(producer_id=role.producer_id, weekday=day, opens_minute=opens,
                                     closes_minute=closes) for day, opens, closes in windows])
    db.session.execute(delete(ClosedDay).where(
        ClosedDay.producer_id == role.producer_id, ClosedDay.day >= clock.today()))
    db.session.add_all([ClosedDay(producer_id=role.producer_id, day=day, words=words[:80])
                        for day, words in closed if day >= clock.today()])
    db.session.flush()
    refresh(role.producer_id)
    announce(ProducerChanged(role.producer_id, ("hours",)))


def end_registrations() -> int:
    """Tell houses whose packaging number ended yesterday; how many. Announces RegistrationMissing.
    """
    over = db.session.execute(
        select(Registration.producer_id, Registration.country)
        .where(Registration.kind == "packaging",
               Registration.until == clock.today() - timedelta(days=1))
        .order_by(Registration.id)).all()
    for producer_id, country in over:
        announce(RegistrationMissing(producer_id, country))
    return len(over)


def _keep_region(producer_id: int, region: str) -> None:
    who = db.session.get_one(Producer, producer_id)
    if not is_region(region, who.country):
        raise Invalid({"region": _("Please choose one of these.")})
    who.holiday_region = region
    db.session.flush()


def keep_promises(role: Role, values: dict[str, int | None]) -> None:
    """Promise these from now on; a changed one keeps its old line, an empty one ends.

    Raises NotYours, Invalid. Changes promises, checklist; announces.
    """
    demand(role, "texts")
    faults = {kind: _("A whole number from %(low)s to %(high)s.", low=_least(kind),
                      high=LIMITS[kind])
              for kind, value in values.items()
              if value is not None and not _least(kind) <= value <= LIMITS[kind]}
    faults |= {kind: _("Needed before you can sell.") for kind in ("answer_hours", "dispatch_days")
               if values.get(kind) is None}
    if faults:
        raise Invalid(faults)
    now = promises_of([role.producer_id])[role.producer_id]
    for kind, value in values.items():
        if value is None and kind in now:
            end_promise(role.producer_id, kind)
            announce(PromiseChanged(role.producer_id, kind, now[kind], None))
        elif value is not None and now.get(kind) != value:
            promise(role, kind, value)
    refresh(role.producer_id)


def _least(kind: str) -> int:
    return LEAST_RETURNS_DAYS if kind == "returns_days" else 1


def keep_registration(role: Role, country: str, kind: str, number: str, until: date | None) -> None:
    """Keep a number for a country; an empty one takes it out. Raises NotYours, Invalid."""
    demand(role, "trader")
    if kind not in KINDS:
        raise Invalid({"kind": _("Please choose one of these.")})
    stored: str | None = " ".join(number.split())[:40]
    if stored and kind == "packaging" and country == "DE":
        stored = lucid_number(stored)
    if stored is None:
        raise Invalid({"number": _("Expected: DE and 13 digits, as the register LUCID gives it.")})
    if until is not None and until < clock.today():
        raise Invalid({"until": _("This day is over.")})
    row = db.session.scalar(select(Registration).where(
        Registration.producer_id == role.producer_id, Registration.country == country,
        Registration.kind == kind))
    if row is not None and not stored:
        db.session.delete(row)
    elif stored:
        row = row or Registration(producer_id=role.producer_id, country=country, kind=kind)
        row.number, row.until, row.confirmed_at = stored, until, clock.now()
        db.session.add(row)
    db.session.flush()
    refresh(role.producer_id)
