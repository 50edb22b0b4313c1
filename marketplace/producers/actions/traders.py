"""Trader data: handed over by the owner, compared by the operator, forgotten after the end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import OperatorActed, announce
from marketplace.producers.actions.evidence import drop_document
from marketplace.producers.actions.opening import advance, refresh
from marketplace.producers.actions.pages import demand
from marketplace.producers.events import (
    ProducerChanged,
    SellingBegan,
    TraderChecked,
    TraderHandedIn,
    TraderSentBack,
    TraderStopped,
)
from marketplace.producers.models import Evidence, Producer, Sighting, Trader, TraderVersion
from marketplace.producers.queries.opening import trader_values
from marketplace.producers.queries.staff import Role
from marketplace.producers.rules import traders as rules

LEGAL_FORMS = ("sole", "partnership", "company", "cooperative", "association", "public")
VAT_STATUSES = ("regular", "small", "flat_rate")
CHECK_WAYS = ("eid", "paper", "register")
COPIED = ("is_trader", "legal_name", "legal_form", "representative", "street", "postcode", "city",
          "country", "e_mail", "phone", "register", "register_no", "vat_id", "vat_status",
          "tax_no", "tin", "birth_date", "authority")


def keep_trader(role: Role, values: Mapping[str, Any], certified: bool, person_id: int) -> None:
    """Keep what the owner typed; complete data are handed in by that.

    Data that were checked and change in what was ticked are handed in again. Raises NotYours,
    Invalid for what has the wrong form. Changes traders, trader_versions, checklist; announces.
    """
    demand(role, "trader")
    right, faults = checked_values(values)
    if faults:
        raise Invalid(faults)
    row = db.session.get_one(Trader, role.producer_id, populate_existing=True)
    old = trader_values(role.producer_id)
    for name, value in right.items():
        setattr(row, name, value)
    if certified and row.self_certified_at is None:
        row.self_certified_at = clock.now()
    row.tax_asked_on = row.tax_asked_on or clock.today()
    db.session.flush()
    _keep_version(role.producer_id, person_id)
    _follow_up(row, old)
    refresh(role.producer_id)
    announce(ProducerChanged(role.producer_id, ("trader",)))


def checked_values(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Values as they are stored, and a sentence for each that has the wrong form."""
    right, faults = dict(values), {}
    for name, read, sentence in (
            ("vat_id", rules.vat_number,
             _("The check digit does not fit. Expected: DE and 9 digits, or your country's form.")),
            ("phone", rules.phone_number,
             _("Expected with the country's number, such as +49 6531 12345."))):
        if values.get(name):
            right[name] = read(str(values[name]))
            if right[name] is None:
                faults[name] = sentence
    if values.get("postcode") and not rules.is_postcode(str(values["postcode"]),
                                                        str(values.get("country", ""))):
        faults["postcode"] = _("This is no postcode of the country you chose.")
    for name, allowed in (("legal_form", LEGAL_FORMS), ("vat_status", VAT_STATUSES)):
        if values.get(name) and values[name] not in allowed:
            faults[name] = _("Please choose one of these.")
    born = values.get("birth_date")
    if isinstance(born, date) and not date(1900, 1, 1) <= born < clock.today():
        faults["birth_date"] = _("This is no date of birth.")
    return right, faults


def _keep_version(producer_id: int, person_id: int) -> None:
    values = trader_values(producer_id)
    data = {name: value.isoformat() if isinstance(value := values[name], date) else value
            for name in COPIED}
    last = db.session.scalar(select(func.max(TraderVersion.version)).where(
        TraderVersion.producer_id == producer_id)) or 0
    db.session.add(TraderVersion(producer_id=producer_id, version=last + 1, data=data,
                                 person_id=person_id, at=clock.now()))
    db.session.flush()


def _follow_up(row: Trader, old: Mapping[str, object]) -> None:
    """Hand in what is complete now, or what changed after its tick."""
    now = trader_values(row.producer_id)
    first = row.state == "open" and not rules.missing(now)
    again = row.state == "checked" and rules.needs_new_tick(old, now)
    if first or again:
        row.state, row.handed_in_at, row.back_words = "handed_in", clock.now(), ""
        db.session.flush()
        announce(TraderHandedIn(row.producer_id))


def look(producer_id: int, person_id: int) -> None:
    """A person of the operator reads the data. Changes sightings."""
    db.session.add(Sighting(producer_id=producer_id, person_id=person_id, at=clock.now()))
    db.session.flush()


def _waiting(producer_id: int) -> Trader:
    row = db.session.get_one(Trader, producer_id, populate_existing=True)
    if row.state not in ("handed_in", "stopped"):
        raise Conflict(_("These data do not wait for a check any more."))
    return row


def check(producer_id: int, person_id: int, way: str, why: str, seen_at: datetime) -> None:
    """Everything was compared with its source; sales begin, or go on. Raises Conflict, Invalid.

    Changes traders, producers; announces; the act stands in the operator's log.
    """
    row = _waiting(producer_id)
    if row.handed_in_at is None or row.handed_in_at > seen_at:
        raise Conflict(_("The data were changed while you looked at them."))
    if way not in CHECK_WAYS or len(why.strip()) < 10:
        raise Invalid({"why": _("What did you compare with? At least ten signs.")})
    was_stopped = row.state == "stopped"
    row.state, row.id_way, row.back_words = "checked", way, ""
    row.checked_by, row.checked_at = person_id, clock.now()
    db.session.flush()
    announce(OperatorActed(person_id, "trader_checked", "producer", producer_id, why.strip()))
    announce(TraderChecked(producer_id))
    if was_stopped:
        db.session.execute(update(Producer).where(
            Producer.id == producer_id, Producer.state == "open").values(state="selling"))
        announce(SellingBegan(producer_id))
    advance(producer_id)


def send_back(producer_id: int, person_id: int, why: str) -> None:
    """Data that do not fit go back to their owner with words. Raises Conflict, Invalid."""
    row = _waiting(producer_id)
    if len(why.strip()) < 10:
        raise Invalid({"why": _("What does not fit? The producer reads it; at least ten signs.")})
    row.state = "open" if row.state == "handed_in" and row.checked_at is None else row.state
    row.back_words = why.strip()[:300]
    db.session.flush()
    announce(OperatorActed(person_id, "trader_sent_back", "producer", producer_id, why.strip()))
    announce(TraderSentBack(producer_id, why.strip()))


def stop_unchecked() -> int:
    """Stop the sales of producers whose changed data wait for more than 14 days; how many."""
    late = db.session.scalars(
        select(Trader).where(Trader.state == "handed_in", Trader.checked_at.is_not(None),
                             Trader.handed_in_at <= clock.now() - rules.GRACE)
        .order_by(Trader.producer_id)).all()
    for row in late:
        row.state = "stopped"
        db.session.execute(update(Producer).where(
            Producer.id == row.producer_id, Producer.state == "selling").values(state="open"))
        announce(TraderStopped(row.producer_id))
        announce(ProducerChanged(row.producer_id, ("state",)))
    db.session.flush()
    return len(late)


def remind_tax() -> list[tuple[int, int]]:
    """Count the reminders for missing tax facts that are due; (producer, which) to be sent."""
    told = []
    for row in db.session.scalars(
            select(Trader).where(Trader.tax_asked_on.is_not(None), Trader.tin == "")
            .order_by(Trader.producer_id)):
        assert row.tax_asked_on is not None
        due = rules.tax_reminder(row.tax_asked_on, bool(row.tin), clock.today())
        if due > row.tax_reminders:
            row.tax_reminders = due
            told.append((row.producer_id, due))
    db.session.flush()
    return told


def forget_ended() -> int:
    """Delete trader data and documents six months after a producer ended; how many.

    Changes four tables.
    """
    ended = db.session.execute(
        select(Producer.id, Producer.ended_on).join(Trader, Trader.producer_id == Producer.id)
        .where(Producer.state == "ended", Producer.ended_on.is_not(None))).all()
    gone = [who for who, ended_on in ended
            if ended_on is not None and rules.forget_on(ended_on) < clock.today()]
    for table in (Trader, TraderVersion, Sighting):
        db.session.execute(delete(table).where(table.producer_id.in_(gone)))
    for row in db.session.scalars(select(Evidence).where(
            Evidence.producer_id.in_(gone), Evidence.document.is_not(None)).order_by(Evidence.id)):
        drop_document(row)
    db.session.flush()
    return len(gone)
