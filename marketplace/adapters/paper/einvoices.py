"""Electronic invoices: ZUGFeRD / Factur-X of the profile EN 16931 inside a PDF/A-3."""

from __future__ import annotations

from typing import Any

from marketplace.adapters.paper.contract import EInvoice, Party

LEVEL = "en16931"
INVOICE, CORRECTED = "380", "384"
"""UNTDID 1001: commercial invoice, corrected invoice."""
TRANSFER = "58"
"""UNTDID 4461: SEPA credit transfer."""
ONE = "C62"
"""UN/ECE Recommendation 20: one piece."""


def einvoice_xml(invoice: EInvoice) -> bytes:
    """The invoice as Cross Industry Invoice, checked against the schema of its profile.

    Raises ValueError where it is not valid.
    """
    from facturx import generate_cii_xml

    made: bytes = generate_cii_xml(_data(invoice), level=LEVEL, check_xsd=True,
                                   check_schematron=False)
    return made


def with_einvoice(pdf: bytes, invoice: EInvoice, lang: str) -> bytes:
    """A PDF/A-3 with the invoice for machines inside, as an alternative to what is printed."""
    from facturx import generate_from_binary

    made: bytes = generate_from_binary(
        pdf, einvoice_xml(invoice), flavor="factur-x", level=LEVEL, check_xsd=True, lang=lang,
        pdf_metadata={"author": invoice.seller.name, "keywords": "Factur-X, ZUGFeRD",
                      "title": invoice.number, "subject": invoice.number},
        afrelationship="alternative", xmp_compression=False)
    return made


def einvoice_in(pdf: bytes) -> bytes:
    """The invoice for machines of a PDF, checked against its schema. Raises ValueError."""
    from facturx import get_facturx_xml_from_pdf

    _name, found = get_facturx_xml_from_pdf(pdf, check_xsd=True)
    if not found:
        raise ValueError("no invoice inside")
    return bytes(found)


def _amount(minor: int) -> str:
    sign = "-" if minor < 0 else ""
    return f"{sign}{abs(minor) // 100}.{abs(minor) % 100:02d}"


def _party(who: Party) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": who.name, "addr_l1": who.street, "postcode": who.postcode, "city": who.city,
        "country_code": who.country, "vat_identifier": who.vat_id}
    if who.tax_no and not who.vat_id:
        found["tax_identifier"] = who.tax_no
    if who.e_mail:
        found |= {"einvoicing_addr": who.e_mail, "einvoicing_addr_schemeid": "EM"}
    return {name: value for name, value in found.items() if value}


def _data(one: EInvoice) -> dict[str, Any]:
    """The terms of the norm by their numbers."""
    percent = _amount(one.rate_bp)
    tax: dict[str, Any] = {"BT-116": _amount(one.net_minor), "BT-117": _amount(one.vat_minor),
                           "BT-118": one.category}
    if one.category != "O":
        tax["BT-119"] = percent
    if one.exempt:
        tax["BT-120"] = one.exempt
    data: dict[str, Any] = {
        "BT-1": one.number, "BT-2": one.issued_on,
        "BT-3": CORRECTED if one.corrects else INVOICE, "BT-5": one.currency,
        "BT-9": one.due_on, "BT-72": one.ends_on, "BT-73": one.begins_on, "BT-74": one.ends_on,
        "BG-4": _party(one.seller), "BG-7": _party(one.buyer), "BG-23": [tax],
        "BG-25": [_line(place, words, net, one, percent)
                  for place, (words, net) in enumerate(one.lines, start=1)],
        "BT-106": _amount(one.net_minor), "BT-109": _amount(one.net_minor),
        "BT-110": _amount(one.vat_minor), "BT-112": _amount(one.total_minor),
        "BT-113": _amount(one.prepaid_minor),
        "BT-115": _amount(one.total_minor - one.prepaid_minor)}
    if one.iban:
        data |= {"BT-81": TRANSFER, "BT-84": one.iban}
    if one.corrects:
        data["BG-3"] = [{"BT-25": one.corrects[0], "BT-26": one.corrects[1]}]
    return data


def _line(place: int, words: str, net: int, one: EInvoice, percent: str) -> dict[str, Any]:
    """A line; a negative one is a negative quantity, as prices may not be negative."""
    found: dict[str, Any] = {
        "BT-126": str(place), "BT-129": "-1" if net < 0 else "1", "BT-130": ONE,
        "BT-131": _amount(net), "BT-146": _amount(abs(net)), "BT-151": one.category,
        "BT-153": words}
    if one.category != "O":
        found["BT-152"] = percent
    return found
