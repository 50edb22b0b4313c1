"""What our data say of a disputed payment: as paper, and as words for the payer's bank."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from flask import current_app
from flask_babel import gettext as _

from marketplace.adapters.paper.contract import PaperDocument, PaperRow
from marketplace.adapters.payment.contract import Evidence
from marketplace.foundation import clock
from marketplace.payments.queries.disputes import DisputeView, ShareView
from marketplace.web.formats import country_name, day, moment, money
from marketplace.web.languages import current_lang, speaking

MOST_SIGNS = 10_000


def sent_words(one: ShareView) -> str:
    """How far a part came: not sent, sent with its number, delivered."""
    if not one.parcels:
        return _("not sent yet")
    parcel = one.parcels[-1]
    words = [_("sent on %(day)s", day=day(parcel.handed_over_at)) if parcel.handed_over_at else "",
             f"{parcel.carrier} {parcel.tracking}".strip()]
    if one.delivered_at:
        words.append(_("arrived on %(day)s, said %(who)s", day=day(one.delivered_at),
                       who=_who(parcel.delivered_by)))
    return ", ".join(word for word in words if word)


def exchanged(found: DisputeView) -> list[tuple[str, str, str]]:
    """What the house and the buyer wrote to each other: who, when, what. Loads: 1 statement."""
    said: Callable[[Sequence[int]], Sequence[tuple[str, datetime, str]]] = \
        current_app.extensions["words_about_parts"]
    return [(who, moment(at), words) for who, at, words in said(
        [one.part_id for one in found.shares])]


def transcript(said: Sequence[tuple[str, str, str]]) -> str:
    """Messages as one text, each with its writer and time."""
    return "\n\n".join(f"{who}, {when}: {words}" for who, when, words in said)[:MOST_SIGNS]


def _who(by: str | None) -> str:
    return {"buyer": _("the buyer"), "carrier": _("the carrier"),
            "pickup": _("whoever collected it")}.get(by or "", _("the producer"))


def _address(found: DisputeView) -> list[str]:
    to = found.ship_to
    lines = (to.get("name"), to.get("street"), to.get("extra"),
             f"{to.get('postcode') or ''} {to.get('city') or ''}".strip(),
             country_name(str(to.get("country") or "DE")))
    return [str(line) for line in lines if line]


def paper(found: DisputeView) -> PaperDocument:
    """The pack on paper, in the reader's language."""
    rows = [PaperRow(str(line.qty), line.title, f"{one.producer} {one.number}", "", "",
                     money(line.total_minor)) for one in found.shares for line in one.lines]
    return PaperDocument(
        lang=current_lang(), title=_("Evidence to a dispute"), number=found.reference,
        sender=[_("Order %(number)s", number=found.order_number)], to=_address(found),
        facts=[(_("Ordered"), moment(found.placed_at)), (_("Disputed"), money(found.minor)),
               (_("of a payment of"), money(found.paid_minor)), (_("E-mail"), found.email),
               (_("Date"), day(clock.today()))],
        lead=_("What was ordered, how it was sent, and what the producers say."),
        columns=[_("Quantity"), _("Goods"), "", "", _("Amount")], rows=rows,
        totals=[(_("Paid"), money(found.paid_minor))], tax_columns=(), taxes=(),
        notes=[*(f"{one.producer} {one.number}: {sent_words(one)}" for one in found.shares),
               *(f"{fact.by_name}, {moment(fact.at)}: {fact.words}" for fact in found.facts)],
        foot=[[_("Order %(number)s", number=found.order_number)]], issued_on=clock.today(),
        page_words=_("Page"))


def evidence(found: DisputeView) -> Evidence:
    """What is handed in at the payment service, in English; of single parcels only one fits."""
    with speaking("en"):
        parcels = [parcel for one in found.shares for parcel in one.parcels]
        first = parcels[0] if parcels else None
        sent = [f"{one.producer} {one.number}: {sent_words(one)}" for one in found.shares]
        goods = [f"{line.qty} x {line.title}" for one in found.shares for line in one.lines]
        said = [f"{fact.by_name}, {moment(fact.at)}: {fact.words}" for fact in found.facts]
        ordered = _("Ordered") + f": {moment(found.placed_at)}"
        words = "\n".join([_("Order %(number)s", number=found.order_number), ordered, *goods,
                           *sent, *said])
        return Evidence(
            words, "\n".join(goods), str(found.ship_to.get("name") or ""), found.email,
            "\n".join(_address(found)), first.carrier if first else "",
            first.tracking if first else "",
            clock.in_zone(first.handed_over_at).date().isoformat()
            if first and first.handed_over_at else "")
