"""Moves of money between accounts. Pure; minor units.

Each move takes a positive amount from one account and gives it to another, so all balances always
sum to nothing. Accounts: buyer:<order>, held:<seller order>, producer:<id>, operator:commission,
operator:disputes, operator:advances, provider:fees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

COMMISSION, DISPUTES, ADVANCES, FEES = (
    "operator:commission", "operator:disputes", "operator:advances", "provider:fees")
ACCOUNT = re.compile(r"(buyer|held|producer):[1-9]\d{0,17}|operator:(commission|disputes|advances)"
                     r"|provider:fees")
REASONS = (
    "paid", "transfer", "commission", "fee", "take_back", "commission_back", "refund",
    "dispute_out", "dispute_fee", "dispute_recover", "dispute_in", "dispute_return", "advance",
    "advance_back", "correction")


@dataclass(frozen=True, slots=True)
class Move:
    """`minor` goes from one account to another for a reason."""

    source: str
    target: str
    minor: int
    reason: str
    seller_order_id: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A seller's part of a paid order; what it got and what was kept of it."""

    order_id: int
    seller_order_id: int
    producer_id: int
    total_minor: int
    commission_minor: int = 0

    @property
    def buyer(self) -> str:
        """The account of who pays."""
        return f"buyer:{self.order_id}"

    @property
    def held(self) -> str:
        """What the licensed provider holds of this part."""
        return f"held:{self.seller_order_id}"

    @property
    def producer(self) -> str:
        """The account of who sells."""
        return f"producer:{self.producer_id}"


def paid(parts: Iterable[Part]) -> list[Move]:
    """The buyer's money is at the provider, each part for itself."""
    return _whole(Move(p.buyer, p.held, p.total_minor, "paid", p.seller_order_id) for p in parts)


def paid_directly(part: Part, minor: int) -> list[Move]:
    """A transfer went straight to the producer's bank; nobody stands between."""
    return _whole([Move(part.buyer, part.producer, minor, "paid", part.seller_order_id)])


def handed_over(part: Part) -> list[Move]:
    """The producer has theirs, the commission is what was not handed over."""
    return _whole([
        Move(part.held, part.producer, part.total_minor - part.commission_minor, "transfer",
             part.seller_order_id),
        Move(part.held, COMMISSION, part.commission_minor, "commission", part.seller_order_id)])


def advance_back(producer_id: int, minor: int, seller_order_id: int | None = None) -> list[Move]:
    """A producer gives back what the marketplace had advanced."""
    return _whole([Move(f"producer:{producer_id}", ADVANCES, minor, "advance_back",
                        seller_order_id)])


def fee(minor: int) -> list[Move]:
    """What the provider takes, borne by the commission."""
    return _whole([Move(COMMISSION, FEES, minor, "fee")])


def refunded(part: Part, minor: int, commission_back_minor: int, advanced_minor: int = 0
             ) -> list[Move]:
    """First the producer gives back, then the marketplace its commission, then the buyer gets it.

    The givers together give exactly what the buyer gets; what the producer cannot give now the
    marketplace advances.
    """
    of = part.seller_order_id
    return _whole([
        Move(part.producer, part.held, minor - commission_back_minor - advanced_minor,
             "take_back", of),
        Move(ADVANCES, part.held, advanced_minor, "advance", of),
        Move(COMMISSION, part.held, commission_back_minor, "commission_back", of),
        Move(part.held, part.buyer, minor, "refund", of)])


def refunded_directly(part: Part, minor: int) -> list[Move]:
    """A producer sent money back from their own bank."""
    return _whole([Move(part.producer, part.buyer, minor, "refund", part.seller_order_id)])


def refunded_from_held(part: Part, minor: int) -> list[Move]:
    """Money that was never handed over goes back, e.g. a second payment of one order."""
    return _whole([Move(part.held, part.buyer, minor, "refund", part.seller_order_id)])


def disputed(order_id: int, minor: int) -> list[Move]:
    """A payer's bank takes money back for the time being; the marketplace stands in for it."""
    return _whole([Move(DISPUTES, f"buyer:{order_id}", minor, "dispute_out")])


def dispute_fee(minor: int) -> list[Move]:
    """What the provider takes for a dispute."""
    return _whole([Move(DISPUTES, FEES, minor, "dispute_fee")])


def dispute_won(order_id: int, minor: int) -> list[Move]:
    """The bank gives it back."""
    return _whole([Move(f"buyer:{order_id}", DISPUTES, minor, "dispute_in")])


def recovered(part: Part, minor: int, held: bool = False) -> list[Move]:
    """A producer gives back what the bank took for good, or what still is held of it."""
    return _whole([Move(part.held if held else part.producer, DISPUTES, minor,
                        "dispute_recover", part.seller_order_id)])


def commission_recovered(minor: int) -> list[Move]:
    """The marketplace gives its commission back for what the bank took for good."""
    return _whole([Move(COMMISSION, DISPUTES, minor, "dispute_recover")])


def returned(part: Part, minor: int) -> list[Move]:
    """A dispute that was lost is won after all: the producer has theirs again."""
    return _whole([Move(DISPUTES, part.producer, minor, "dispute_return", part.seller_order_id)])


def commission_returned(minor: int) -> list[Move]:
    """And the marketplace its commission."""
    return _whole([Move(DISPUTES, COMMISSION, minor, "dispute_return")])


def is_account(name: str) -> bool:
    """Whether the book has accounts of this name."""
    return ACCOUNT.fullmatch(name) is not None


def _whole(moves: Iterable[Move]) -> list[Move]:
    """Moves of nothing are none. Raises ValueError for a negative one."""
    found = [move for move in moves if move.minor]
    if any(move.minor < 0 or move.source == move.target for move in found):
        raise ValueError("a move takes a positive amount from one account to another")
    return found


def balances(moves: Iterable[Move]) -> dict[str, int]:
    """What each account holds after all moves; they sum to nothing."""
    found: dict[str, int] = {}
    for move in moves:
        found[move.source] = found.get(move.source, 0) - move.minor
        found[move.target] = found.get(move.target, 0) + move.minor
    return found
