"""A document's snapshot as words in its own language: what page and paper both show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from marketplace.adapters.paper.contract import PaperDocument, PaperRow
from marketplace.orders.models import Document
from marketplace.orders.queries.documents import DocumentRow, shares_of
from marketplace.orders.rules.documents import Share
from marketplace.web.formats import country_name, day, money, month, number
from marketplace.web.languages import speaking

Snapshot = Mapping[str, Any]
PAY_WITHIN = timedelta(days=14)


def sheet_of(row: Document) -> PaperDocument:
    """Everything that stands on a document. Loads: nothing; it comes from the snapshot alone."""
    with speaking(row.lang):
        return _sheet(row, row.snapshot)


def title_words(kind: str) -> str:
    """What a document is called."""
    return {"invoice": _("Invoice"), "correction": _("Correction of an invoice"),
            "commission_invoice": _("Invoice for commission"),
            "commission_correction": _("Correction of an invoice for commission")}[kind]


def document_words(row: DocumentRow) -> str:
    """A document in a list, and that its PDF is still being made."""
    words = f"{title_words(row.kind)} {row.number}"
    return words if row.ready else _("%(document)s (PDF is being made)", document=words)


def _sheet(row: Document, said: Snapshot) -> PaperDocument:
    shares, free = shares_of(row), bool(said["vat_free"])
    back = row.kind.endswith("correction")
    delivered = said.get("deliver_to")
    return PaperDocument(
        lang=row.lang, title=title_words(row.kind), number=row.number,
        sender=address_lines(said["seller"], True), to=address_lines(said["buyer"], False),
        facts=_facts(row, said), lead=_lead(row, said),
        columns=[_("Quantity"), _("Goods"), _("Single price"), _("VAT"), _("Amount")],
        rows=_rows(said, free), totals=[
            *_between(said), (_("Amount of the correction") if back else _("Total amount"),
                              money(row.total_minor, row.currency))],
        tax_columns=[] if free else [_("VAT rate"), _("Net"), _("VAT"), _("Gross")],
        taxes=[] if free else [_tax(one, row.currency) for one in shares],
        notes=_notes(row, said, back), foot=_foot(said["seller"]), issued_on=row.issued_on,
        page_words=_("Page"), trial=trial_words(row.mode),
        delivered_to=address_lines(delivered, False) if delivered else (),
        delivered_words=_("Delivered to") if delivered else "")


def trial_words(mode: str) -> str:
    """That a document is not real; nothing for a real one."""
    return {"demo": _("Specimen of a demo market: no money moved"),
            "test": _("Specimen of a trial: no money moved")}.get(mode, "")


def address_lines(who: Mapping[str, Any], seller: bool) -> list[str]:
    """Name and address as lines; a seller by its legal name."""
    name = (who.get("legal_name") if seller else "") or who.get("name")
    place = f"{who.get('postcode') or ''} {who.get('city') or ''}".strip()
    country = str(who.get("country") or "")
    lines = (name, who.get("street"), who.get("extra"), place,
             country_name(country) if country else "")
    return [str(line).strip() for line in lines if line and str(line).strip()]


def _facts(row: Document, said: Snapshot) -> list[tuple[str, str]]:
    found = [(_("Number"), row.number), (_("Date"), day(row.issued_on))]
    if row.supplied_on:
        found.append((_("Sent on"), day(row.supplied_on)))
    if "month" in said:
        return [*found[:2], (_("Month"), month(date.fromisoformat(said["month"])))]
    found.append((_("Order number"), str(said["part"])))
    found.append((_("Ordered on"), day(date.fromisoformat(said["placed_on"]))))
    return found


def _lead(row: Document, said: Snapshot) -> str:
    if "month" in said:
        return _("Commission of %(market)s on what you sold in %(month)s.",
                 market=said["seller"]["name"], month=month(date.fromisoformat(said["month"])))
    if row.kind != "correction":
        return _("Thank you for your order. You bought these goods from %(name)s.",
                 name=said["seller"]["name"])
    first = said["corrects"]
    cause = {"withdrawal": _("You withdrew from the contract."),
             "complaint": _("You complained about something."),
             "cancel": _("Something was cancelled."),
             "dispute": _("The payment was disputed.")}[said["cause"]]
    return cause + " " + _("So invoice %(number)s of %(day)s is corrected by these amounts.",
                           number=first["number"],
                           day=day(date.fromisoformat(first["issued_on"])))


def _rows(said: Snapshot, free: bool) -> list[PaperRow]:
    currency, rows = said["currency"], []
    for line in said["lines"]:
        rows.append(PaperRow(
            number(line["qty"]), str(line["title"]) or commission_words(line["key"]),
            "; ".join(_beside(line, currency)),
            "" if line["unit_minor"] is None else money(line["unit_minor"], currency),
            "" if free else rate_words(line["bp"]), money(line["minor"], currency)))
    return rows


def _beside(line: Mapping[str, Any], currency: str) -> list[str]:
    """Why an amount is not quantity times single price."""
    deposit, off = line.get("deposit_minor") or 0, line.get("discount_minor") or 0
    said = []
    if off:
        said.append(_("less a reduction of %(sum)s", sum=money(off, currency)))
    if deposit:
        said.append(_("with a deposit of %(sum)s", sum=money(deposit, currency)))
    return said


def commission_words(key: str) -> str:
    """A kind of commission."""
    return {"withheld": _("Commission kept when payments were handed over"),
            "due": _("Commission on orders that were paid to you by transfer")}[key]


def _between(said: Snapshot) -> list[tuple[str, str]]:
    """Sending and reductions, where there are any."""
    found = []
    if said["sending_minor"]:
        found.append((_("Shipping"), money(said["sending_minor"], said["currency"])))
    if said["less_minor"]:
        found.append((_("Reduction of the price"), money(-said["less_minor"], said["currency"])))
    return found


def rate_words(bp: int) -> str:
    """19 % or 7.8 %."""
    return f"{number(bp / 100)} %"


def _tax(one: Share, currency: str) -> tuple[str, str, str, str]:
    return (rate_words(one.bp), money(one.net_minor, currency), money(one.vat_minor, currency),
            money(one.gross_minor, currency))


def note_words(key: str) -> str:
    """What the law wants on a document of such a seller."""
    return {"small": _("Exempt from VAT as a small business (§ 19 UStG)."),
            "small_at": _("Exempt from VAT as a small business (§ 6(1) no. 27 Austrian UStG)."),
            "reverse": _("Reverse charge: the recipient owes the VAT (Art. 196 VAT Directive)."),
            "outside": _("Not subject to VAT of the EU: the service is supplied abroad."),
            "flat": _("VAT at the flat rate of farming (§ 24 UStG)."),
            "flat_at": _("VAT at the flat rate of farming (§ 22 Austrian UStG).")}[key]


def _notes(row: Document, said: Snapshot, back: bool) -> list[str]:
    notes = [note_words(key) for key in said["notes"]]
    if "month" in said:
        return [*notes, *_settling(row, said)]
    country = said.get("tax_country") or ""
    if country and country != said["seller"].get("country") and not said["vat_free"]:
        notes.append(_("The VAT is that of %(country)s.", country=country_name(country)))
    if not said["vat_free"] and said["sending_minor"] and len(row.rates) > 1:
        notes.append(_("The VAT of sending follows that of the goods."))
    if said.get("paid_on"):
        notes.append(_("Paid in full on %(day)s. Nothing is left to pay.",
                       day=day(date.fromisoformat(said["paid_on"]))))
    if back:
        notes.append(_("The amount is returned to you the way you paid."))
    return notes


def _settling(row: Document, said: Snapshot) -> list[str]:
    """What of commission was kept, and what is to be paid to whom."""
    kept, due, seller = said["withheld_minor"], said["due_minor"], said["seller"]
    notes = []
    if kept > 0:
        notes.append(_("%(sum)s were kept already; nothing is to be paid for them.",
                       sum=money(kept, row.currency)))
    if kept < 0:
        notes.append(_("%(sum)s were given back to you with the refunds already.",
                       sum=money(-kept, row.currency)))
    if due > 0:
        until = day(row.issued_on + PAY_WITHIN)
        notes.append(
            _("Please transfer %(sum)s to %(iban)s until %(day)s.", sum=money(due, row.currency),
              iban=seller["iban"], day=until) if seller.get("iban") else
            _("Please pay %(sum)s until %(day)s.", sum=money(due, row.currency), day=until))
    if due < 0:
        notes.append(_("%(sum)s are returned to you.", sum=money(-due, row.currency)))
    return notes


def _foot(seller: Mapping[str, Any]) -> Sequence[Sequence[str]]:
    """How to reach the seller, and the numbers of its taxes."""
    reach = [str(seller[name]) for name in ("e_mail", "phone") if seller.get(name)]
    numbers = []
    if seller.get("vat_id"):
        numbers.append(_("VAT number") + f" {seller['vat_id']}")
    elif seller.get("tax_no"):
        numbers.append(_("Tax number") + f" {seller['tax_no']}")
    who = [line for line in (seller.get("legal_name") or seller.get("name"),
                             "" if seller.get("trader", True) else _("private seller")) if line]
    return [block for block in (who, reach, numbers) if block]
