"""CSV files of online banking: a header somewhere near the top, one entry per row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from marketplace.adapters.statements.contract import (
    CURRENCY,
    BankEntry,
    Statement,
    StatementFault,
    counted,
)

COLUMNS = ("date", "amount", "text", "name")
"""What a person can say of a column; the first three must be there."""

KNOWN: dict[str, tuple[str, ...]] = {
    "date": ("buchungstag", "buchungsdatum", "buchung", "booking date", "date", "datum",
             "completed date"),
    "amount": ("betrag", "betrag (€)", "betrag (eur)", "umsatz", "amount", "amount (eur)"),
    "text": ("verwendungszweck", "buchungstext", "kundenreferenz (end-to-end)", "reference",
             "payment reference", "description", "zahlungsreferenz", "text", "details"),
    "name": ("beguenstigter/zahlungspflichtiger", "name zahlungsbeteiligter",
             "zahlungspflichtige*r", "auftraggeber/empfänger", "auftraggeber / begünstigter",
             "partner name", "payer", "name"),
    "iban": ("auftragskonto", "iban auftragskonto"),
    "currency": ("währung", "waehrung", "currency"),
    "status": ("status", "info", "state"),
}
"""Names of columns in files of German and English online banking, lower case, the best first."""
LOOK_ROWS = 40
DATES = ("%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")
PENDING = ("vorgemerkt", "pending", "reverted", "declined")


def read_csv(body: bytes, columns: Mapping[str, str]) -> Statement:
    """The statement in a CSV. Raises StatementFault; `columns` with its `header` among them."""
    rows = _rows(_decoded(body))
    place, found = _header(rows, columns)
    entries: list[BankEntry] = []
    faults: list[int] = []
    pending = foreign = 0
    comma = _comma(rows[place + 1:], found["amount"][0])
    for number, row in enumerate(rows[place + 1:], place + 2):
        day, amount = _cell(row, found["date"]), _cell(row, found["amount"])
        if not day and not amount:
            continue
        if any(word in _cell(row, found["status"]).lower() for word in PENDING):
            pending += 1
        elif _cell(row, found["currency"]).upper() not in ("", CURRENCY, "€"):
            foreign += 1
        else:
            booked, minor = _day(day), _minor(amount, comma)
            if booked is None or minor is None:
                faults.append(number)
            else:
                entries.append(BankEntry(number, "", booked, minor, " ".join(
                    word for at in found["text"] if (word := _cell(row, [at])))[:1000],
                    _cell(row, found["name"])[:140]))
    if faults:
        raise StatementFault("rows", rows=faults)
    accounts = {_cell(row, found["iban"]).replace(" ", "") for row in rows[place + 1:]} - {""}
    ibans = {one for one in accounts if re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}", one)}
    if len(ibans) > 1:
        raise StatementFault("accounts")
    return Statement("csv", next(iter(ibans), ""), counted(entries), pending, foreign)


def _decoded(body: bytes) -> str:
    """UTF-8, UTF-16 with mark, else Windows-1252. Raises StatementFault."""
    try:
        if body.startswith((b"\xff\xfe", b"\xfe\xff")):
            return body.decode("utf-16")
        if b"\x00" in body[:4000]:
            raise StatementFault("no_statement")
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def _rows(text: str) -> list[list[str]]:
    """All rows, by the mark that cuts the rows into most cells. Raises StatementFault."""
    head = text[:20_000]
    mark = max(";,\t", key=lambda one: max((line.count(one) for line in head.splitlines()),
                                           default=0))
    csv.field_size_limit(1_000_000)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True):
            rows.append([cell.strip(" \t\u00a0") for cell in row])
    except csv.Error as fault:
        raise StatementFault("rows", rows=[len(rows) + 1]) from fault
    return rows


def _header(rows: Sequence[Sequence[str]], columns: Mapping[str, str]
            ) -> tuple[int, dict[str, list[int]]]:
    """The row with the names of the columns, and where each of ours stands."""
    for place, row in enumerate(rows[:LOOK_ROWS]):
        names = [cell.lower() for cell in row]
        found = {ours: [at for known in words for at in _places(names, known)]
                 for ours, words in KNOWN.items()}
        for ours, name in columns.items():
            if name:
                found[ours] = _places(names, name.lower())
        if found["date"] and found["amount"] and found["text"]:
            return place, found
    head = max(rows[:LOOK_ROWS], key=lambda row: sum(1 for cell in row if cell), default=[])
    names = list(dict.fromkeys(cell[:80] for cell in head if cell))
    if len(names) < 3:
        raise StatementFault("no_statement")
    raise StatementFault("columns", header=names[:60])


def _places(names: Sequence[str], name: str) -> list[int]:
    return [at for at, one in enumerate(names) if one == name]


def _cell(row: Sequence[str], places: Sequence[int]) -> str:
    return next((row[at] for at in places if at < len(row) and row[at]), "")


def _day(text: str) -> date | None:
    for form in DATES:
        try:
            return datetime.strptime(text[:10], form).date()
        except ValueError:
            continue
    return None


def _comma(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Whether the file writes a comma before the cents; the first amount that shows it decides."""
    for row in rows:
        cents = re.search(r"([.,])\d{1,2}(?!\d)", row[at]) if at < len(row) else None
        if cents:
            return cents.group(1) == ","
    return True


def _minor(text: str, comma: bool) -> int | None:
    """Signed minor units of 1.234,56- or +1,234.56 EUR; None for anything else."""
    plain = re.sub(r"\s|EUR|€|'", "", text).replace("\u2212", "-")
    sign = -1 if plain.startswith("-") or plain.endswith("-") else 1
    plain = plain.strip("+-")
    thousands, point = (".", ",") if comma else (",", ".")
    found = re.fullmatch(
        rf"(\d{{1,3}}(?:\{thousands}\d{{3}})+|\d{{1,11}})(?:\{point}(\d{{1,2}}))?", plain)
    if found is None:
        return None
    whole = int(found.group(1).replace(thousands, ""))
    return sign * (whole * 100 + int((found.group(2) or "0").ljust(2, "0")))
