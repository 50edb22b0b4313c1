"""What every way to pay offers, in our words; names of a provider appear in its own module only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from marketplace.foundation.errors import MarketError

SILENT, DISPUTED = " silent ", "disputed "
"""Marks in a trial's references: a page that was paid without a word, a charge that is disputed;
the amount in minor units follows.
"""


class NotGenuine(MarketError):
    """A message that claims to come from a provider and cannot prove it."""

    status = 400


class Refused(MarketError):
    """The provider said no and will say no again; `reason` is its word for why."""

    status = 409

    def __init__(self, reason: str, sentence: str = "") -> None:
        super().__init__(sentence or reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a way to pay can do; `countries` empty means no limit, amounts in minor units.

    `leads_to`: where the pages lie to which it sends people, as origins; a browser follows a form
    only where the page that holds it names the place.
    """

    pays_online: bool
    splits: bool = False
    refunds: bool = False
    needs_account: bool = False
    min_minor: int = 1
    countries: frozenset[str] = frozenset()
    leads_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BillPart:
    """What one seller gets; amount in minor units."""

    number: str
    seller: str
    minor: int


@dataclass(frozen=True, slots=True)
class Bill:
    """What is to be paid in one attempt; `back_url` is where the payer returns to."""

    order_number: str
    attempt: int
    key: str
    currency: str
    total_minor: int
    parts: tuple[BillPart, ...]
    email: str
    language: str
    back_url: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """Where the buyer pays; no address means instructions on our own page."""

    url: str | None
    reference: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the provider knows of a page: open, processing, paid, not_paid or page_closed.

    `charge` is what refunds and transfers refer to; `fee_minor` None while unknown.
    """

    state: str
    paid_minor: int = 0
    currency: str = "EUR"
    charge: str = ""
    fee_minor: int | None = None
    order_number: str = ""
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Notice:
    """A genuine message of a provider, reduced to what is kept.

    `kind`: paid, processing, not_paid, page_closed, refund_moved, dispute_opened,
    dispute_moved, dispute_won, dispute_lost, account_changed, or "" where it means nothing here.
    `mode`: live or test.
    `reference`: the page, charge or account it is about.
    """

    event_id: str
    kind: str
    mode: str
    site: str
    order_number: str
    attempt: int
    reference: str
    minor: int
    currency: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Onboarding:
    """A producer's new account at the provider and the address where they complete it."""

    reference: str
    url: str


@dataclass(frozen=True, slots=True)
class AccountStanding:
    """none, started, restricted or ready; `missing` in the provider's words."""

    state: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Disputed:
    """How a dispute stands: open, answered, won or lost; amounts in minor units.

    `taken_minor` is what the bank took for the time being, nothing where it only asks.
    """

    reference: str
    state: str
    minor: int
    taken_minor: int = 0
    fee_minor: int = 0
    currency: str = "EUR"
    reason: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class GivenBack:
    """A refund at the provider: done, pending or failed; `key` is ours, "" for anybody else's."""

    reference: str
    minor: int
    state: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is said to a dispute: plain words, and the facts that have a place of their own."""

    words: str
    goods: str = ""
    buyer: str = ""
    email: str = ""
    address: str = ""
    carrier: str = ""
    tracking: str = ""
    sent_on: str = ""
    refund_words: str = ""


@dataclass(frozen=True, slots=True)
class ProviderLine:
    """A line of our account at the provider; amounts in minor units, never negative.

    `kind`: paid, transfer, take_back, refund, refund_failed, dispute_out, dispute_in, or "" for
    what moves nobody's money of ours. `site` is "" where the line does not say whose it is.
    """

    kind: str
    reference: str
    minor: int
    fee_minor: int
    currency: str
    at: datetime
    site: str = ""


class PaymentDoor(Protocol):
    """One way to pay. Calls leave the house: never inside a transaction, each with its key.

    All of them raise OutsideDown where it may work later, and Refused where it will not.
    """

    name: str
    signed_in: str
    """The header in which its messages carry their signature; "" where it sends none."""

    def abilities(self) -> Abilities:
        """What this way can do."""

    def open_page(self, bill: Bill) -> Page:
        """Make the payment possible; the same key gives the same page."""

    def look(self, reference: str) -> Standing:
        """How a page stands."""

    def close_page(self, reference: str) -> Standing:
        """Close a page so that nobody pays on it any more; a paid one answers paid."""

    def hand_over(
        self, group: str, account: str, charge: str, minor: int, currency: str, key: str
    ) -> str:
        """Give a seller's part of a charge to their account; the transfer's reference."""

    def take_back(self, transfer: str, minor: int, key: str) -> str:
        """Take a part of a transfer back from the seller's account; its reference."""

    def refund(self, charge: str, minor: int, key: str) -> str:
        """Give a part of a charge back to the buyer; its reference."""

    def find(self, kind: str, within: str, key: str) -> str | None:
        """What exists already for a key: `kind` is transfer, take_back or refund, `within` the
        order's group, the transfer or the charge.
        """

    def refunds(self, charge: str) -> Sequence[GivenBack]:
        """All refunds of a charge, whoever made them."""

    def disputes(self, charge: str) -> Sequence[Disputed]:
        """The disputes of a charge, as they stand."""

    def answer_dispute(self, reference: str, said: Evidence, key: str) -> None:
        """Hand in what is said to a dispute; once, it is final."""

    def lines(self, begin: datetime, end: datetime) -> Iterator[ProviderLine]:
        """Everything that moved on our account there, one after the other."""

    def undelivered(self, since: datetime) -> Iterator[Notice]:
        """Messages that never reached us."""

    def rehearse(self, account: str) -> Iterator[tuple[str, str]]:
        """Go the whole way once on trial, with a house's account; each step and its outcome."""

    def read_notice(self, body: bytes, signature: str) -> Notice:
        """What a message says. Raises NotGenuine."""

    def open_account(self, name: str, email: str, country: str, back_url: str) -> Onboarding:
        """Begin an account for a producer."""

    def resume_account(self, reference: str, back_url: str) -> str:
        """Where a producer goes on completing their account."""

    def look_account(self, reference: str) -> AccountStanding:
        """Whether a producer's account can receive money."""
