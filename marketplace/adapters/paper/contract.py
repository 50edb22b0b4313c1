"""What a document on paper is for us: finished words in their order, nothing to compute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One line of goods."""

    qty: str
    title: str
    small: str
    unit: str
    rate: str
    amount: str


@dataclass(frozen=True, slots=True)
class PaperDocument:
    """An invoice or a correction; all words in one language.

    `columns` names qty, title, unit, rate and amount; `totals` are (words, amount), the last one
    is the whole; `taxes` rows (rate, net, VAT, gross) under `tax_columns`, empty where no VAT is
    shown; `foot` are blocks of lines; `trial` says that it is not real ("" where it is).
    """

    lang: str
    title: str
    number: str
    sender: Sequence[str]
    to: Sequence[str]
    facts: Sequence[tuple[str, str]]
    lead: str
    columns: Sequence[str]
    rows: Sequence[PaperRow]
    totals: Sequence[tuple[str, str]]
    tax_columns: Sequence[str]
    taxes: Sequence[tuple[str, str, str, str]]
    notes: Sequence[str]
    foot: Sequence[Sequence[str]]
    issued_on: date
    page_words: str
    trial: str = ""
    delivered_to: Sequence[str] = field(default=())
    delivered_words: str = ""

    @property
    def every_word(self) -> list[str]:
        """All words that are printed, in their order."""
        return [word for word in (
            *self.sender, *self.to, self.title, self.number, self.trial,
            *(one for pair in self.facts for one in pair), self.lead, *self.columns,
            *(word for row in self.rows for word in (row.qty, row.title, row.small, row.unit,
                                                     row.rate, row.amount)),
            *(one for pair in self.totals for one in pair), *self.tax_columns,
            *(one for tax in self.taxes for one in tax), *self.notes, self.delivered_words,
            *self.delivered_to, *(line for block in self.foot for line in block)) if word]


@dataclass(frozen=True, slots=True)
class Party:
    """Who sells or buys, as an electronic invoice names them."""

    name: str
    street: str
    postcode: str
    city: str
    country: str
    vat_id: str = ""
    tax_no: str = ""
    e_mail: str = ""


@dataclass(frozen=True, slots=True)
class EInvoice:
    """An invoice for machines (EN 16931); minor units, negative in a correction.

    `lines` are (words, net); `category` is S (with VAT), AE (the recipient owes it) or O (none);
    `exempt` says why there is none; `prepaid_minor` was settled before; `corrects` the number and
    day of what is corrected.
    """

    number: str
    issued_on: date
    seller: Party
    buyer: Party
    lines: Sequence[tuple[str, int]]
    category: str
    rate_bp: int
    net_minor: int
    vat_minor: int
    prepaid_minor: int
    currency: str
    begins_on: date
    ends_on: date
    due_on: date
    iban: str = ""
    exempt: str = ""
    corrects: tuple[str, date] | None = None

    @property
    def total_minor(self) -> int:
        """Net and VAT."""
        return self.net_minor + self.vat_minor
