"""What the law asks of a producer now, and what later rooms need of its papers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import aliased

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.producers.models import Producer, Promise, Registration, Trader
from marketplace.producers.queries.staff import Role, seller_facts
from marketplace.producers.rules import may
from marketplace.producers.rules.traders import Shipping, sales_end, tax_overdue
from marketplace.web.formats import country_name, day

DISPATCH_DAYS = 3
"""What holds for a seller who promised nothing: working days until dispatch."""


@dataclass(frozen=True, slots=True)
class LegalMatter:
    """Something of the law that waits for the owner, above everything else in the studio."""

    words: str
    small: str
    url: str
    since: datetime


def legal_matters(role: Role) -> Sequence[LegalMatter]:
    """What stops sales now or soon, for those who may change it. Loads: 1 statement."""
    if not may(role.role, "trader"):
        return []
    row = db.session.scalar(select(Trader).where(Trader.producer_id == role.producer_id))
    if row is None:
        return []
    url, found = f"/studio/legal?producer={role.slug}", []
    since = row.handed_in_at or row.self_certified_at or clock.now()
    if row.state == "stopped":
        found.append(LegalMatter(_("Nothing is sold until the changed trader data are checked"),
                                 _("Somebody of the marketplace compares them."), url, since))
    elif row.state == "handed_in" and row.checked_at is not None:
        found.append(LegalMatter(
            _("Your changed trader data wait for a check"),
            _("Sales go on until %(day)s.", day=day(sales_end(since))), url, since))
    if row.back_words:
        found.append(LegalMatter(_("Something in your trader data does not fit"),
                                 row.back_words[:90], url, since))
    if row.tax_asked_on and tax_overdue(row.tax_asked_on, bool(row.tin), clock.today()):
        found.append(LegalMatter(_("No new orders: the tax number is missing"),
                                 _("Sixty days have passed since we asked."), url, since))
    return found


def lack_words(lacks: Sequence[str], name: str, country: str) -> str:
    """What a seller lacks before it may send to a country, in a sentence; "" for nothing."""
    said = {
        "switzerland": _("nothing is sent to Switzerland here"),
        "packaging": _("its number in the packaging register there is missing"),
        "excise": _("its excise confirmation for alcohol is missing"),
        "tax": _("its tax facts are missing"),
        "rate": _("the VAT rate of these goods is not known here yet"),
        "state": _("it takes no orders at present")}
    if not lacks:
        return ""
    return _("%(name)s cannot send to %(country)s now: %(why)s.", name=name,
             country=country_name(country), why="; ".join(said[one] for one in lacks))


@dataclass(frozen=True, slots=True)
class TaxFacts:
    """What the tax table needs of a seller."""

    vat_status: str
    ships_from: str
    vat_id: str
    tax_no: str
    tin: str
    numbers: Mapping[tuple[str, str], str]


def tax_facts(producer_ids: Collection[int]) -> Mapping[int, TaxFacts]:
    """How each seller taxes, from where it sends, and its numbers. Loads: 2 statements."""
    numbers = _numbers(producer_ids)
    rows = db.session.execute(
        select(Producer.id, Producer.country, Trader.vat_status, Trader.vat_id, Trader.tax_no,
               Trader.tin).outerjoin(Trader, Trader.producer_id == Producer.id)
        .where(Producer.id.in_(list(producer_ids))))
    return {row[0]: TaxFacts(row[2] or "regular", row[1], row[3] or "", row[4] or "",
                             row[5] or "", numbers.get(row[0], {})) for row in rows}


def shipping_papers(producer_ids: Collection[int], swiss: bool = False
                    ) -> Mapping[int, tuple[Shipping, bool]]:
    """What decides where sellers may send to, and whether lack of tax facts stops new orders.

    Loads: 2 statements.
    """
    numbers, today = _numbers(producer_ids), clock.today()
    rows = db.session.execute(
        select(Producer.id, Producer.country, Producer.state, Trader.tax_asked_on, Trader.tin)
        .outerjoin(Trader, Trader.producer_id == Producer.id)
        .where(Producer.id.in_(list(producer_ids))))
    return {row[0]: (Shipping(row[1], row[2], numbers.get(row[0], {}), swiss),
                     _overdue(row[3], row[4], today)) for row in rows}


@dataclass(frozen=True, slots=True)
class SellerNow:
    """What a basket and an order need of a seller: `block` is copied, `days` its promise."""

    block: Mapping[str, object]
    days: int
    shipping: Shipping
    tax_late: bool
    taxes: TaxFacts
    satisfaction_days: int | None = None


def sellers_now(producer_ids: Collection[int], swiss: bool = False) -> Mapping[int, SellerNow]:
    """Sellers with what they promise and may do, by producer. Loads: 1 statement."""
    rows = db.session.execute(_selling(), {"ids": list(producer_ids)}).all()
    today, found = clock.today(), dict[int, SellerNow]()
    numbers: dict[int, dict[tuple[str, str], str]] = {row[0]: {} for row in rows}
    for row in rows:
        if row[9] is not None and (row[10] is None or row[10] >= today):
            numbers[row[0]][row[7], row[8]] = row[9]
        trader = row[5]
        found[row[0]] = SellerNow(
            seller_facts(row[1], row[2], trader),
            DISPATCH_DAYS if row[6] is None else row[6],
            Shipping(row[3], row[4], numbers[row[0]], swiss),
            trader is not None and _overdue(trader.tax_asked_on, trader.tin, today),
            _taxes(row[3], trader, numbers[row[0]]), row[11])
    return found


@cache
def _selling() -> Any:
    content = aliased(Promise)
    return (
        select(Producer.id, Producer.slug, Producer.name, Producer.country, Producer.state, Trader,
               Promise.value, Registration.country, Registration.kind, Registration.number,
               Registration.until, content.value)
        .outerjoin(Trader, Trader.producer_id == Producer.id)
        .outerjoin(content, and_(content.producer_id == Producer.id, content.to_at.is_(None),
                                 content.kind == "satisfaction_days"))
        .outerjoin(Promise, and_(Promise.producer_id == Producer.id, Promise.to_at.is_(None),
                                 Promise.kind == "dispatch_days"))
        .outerjoin(Registration, Registration.producer_id == Producer.id)
        .where(Producer.id.in_(bindparam("ids", expanding=True)))
        .execution_options(populate_existing=True))


def _taxes(home: str, trader: Trader | None, numbers: Mapping[tuple[str, str], str]) -> TaxFacts:
    if trader is None:
        return TaxFacts("regular", home, "", "", "", numbers)
    return TaxFacts(trader.vat_status or "regular", home, trader.vat_id or "",
                    trader.tax_no or "", trader.tin or "", numbers)


def _overdue(asked_on: date | None, tin: str | None, today: date) -> bool:
    return asked_on is not None and tax_overdue(asked_on, bool(tin), today)


def _numbers(producer_ids: Collection[int]) -> dict[int, dict[tuple[str, str], str]]:
    """Valid registrations by producer, country and kind."""
    today, found = clock.today(), dict[int, dict[tuple[str, str], str]]()
    rows: Any = db.session.execute(
        select(Registration.producer_id, Registration.country, Registration.kind,
               Registration.number, Registration.until)
        .where(Registration.producer_id.in_(list(producer_ids))))
    for producer_id, country, kind, number, until in rows:
        if until is None or until >= today:
            found.setdefault(producer_id, {})[country, kind] = number
    return found
