"""A commission invoice's snapshot as an invoice for machines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from marketplace.adapters.paper.contract import EInvoice, Party
from marketplace.foundation.money import allocate, half_up
from marketplace.orders.models import Document
from marketplace.orders.queries.documents import shares_of
from marketplace.orders.queries.sheets import PAY_WITHIN, commission_words, note_words
from marketplace.web.languages import speaking

CATEGORIES = {"reverse": "AE", "outside": "O"}


def einvoice_of(row: Document) -> EInvoice:
    """The same amounts as on paper. Loads: nothing; it comes from the snapshot alone."""
    with speaking(row.lang):
        return _einvoice(row, row.snapshot)


def _einvoice(row: Document, said: Mapping[str, Any]) -> EInvoice:
    (share,) = shares_of(row)
    notes, first = said["notes"], said.get("corrects")
    seller = _party(said["seller"])
    assert row.supplied_on is not None
    return EInvoice(
        number=row.number, issued_on=row.issued_on, seller=seller, buyer=_party(said["buyer"]),
        lines=_net_lines(said["lines"], share.net_minor),
        category=CATEGORIES[notes[0]] if notes else "S", rate_bp=share.bp,
        net_minor=share.net_minor, vat_minor=share.vat_minor,
        prepaid_minor=said["withheld_minor"], currency=row.currency,
        begins_on=date.fromisoformat(said["month"]), ends_on=row.supplied_on,
        due_on=row.issued_on + PAY_WITHIN, iban=str(said["seller"].get("iban") or ""),
        exempt=note_words(notes[0]) if notes else "",
        corrects=(first["number"], date.fromisoformat(first["issued_on"])) if first else None)


def _net_lines(lines: list[dict[str, Any]], net_minor: int) -> list[tuple[str, int]]:
    """Lines without VAT that sum to the net amount; a cent that is left goes to the larger."""
    gross = [line["minor"] for line in lines]
    if len({minor > 0 for minor in gross}) == 1:
        nets = allocate(net_minor, [abs(minor) for minor in gross])
    else:  # one kind was earned, the other given back
        first = half_up(gross[0] * abs(net_minor), abs(sum(gross)))
        nets = [first, net_minor - first]
    return [(commission_words(line["key"]), net)
            for line, net in zip(lines, nets, strict=True)]


def _party(who: Mapping[str, Any]) -> Party:
    def said(name: str) -> str:
        return str(who.get(name) or "")

    return Party(said("legal_name") or said("name"), said("street"), said("postcode"),
                 said("city"), said("country"), said("vat_id"), said("tax_no"), said("e_mail"))
