"""Comparing what the payment service says with our book. Pure; minor units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Fact = tuple[str, str]
"""A kind (paid, fee, transfer, ...) and the provider's reference."""
KIND_OF = {"paid": "paid", "fee": "fee", "transfer": "transfer", "take_back": "take_back",
           "refund": "refund", "dispute_out": "dispute_out", "dispute_in": "dispute_in",
           "dispute_fee": "dispute_fee", "dispute_recover": "take_back",
           "dispute_return": "transfer", "advance_back": "transfer"}
LESS = frozenset(("advance_back",))
"""Moves by which a line is smaller: what is kept of a transfer never leaves."""
"""What the provider calls what a move was for: a dispute is recovered by taking back."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the provider's account."""

    kind: str
    reference: str
    minor: int
    fee_minor: int = 0


@dataclass(frozen=True, slots=True)
class Differs:
    """A fact on which both do not agree; nothing where one of them does not know it."""

    kind: str
    reference: str
    ours_minor: int
    theirs_minor: int


def facts_of(lines: Iterable[Line]) -> dict[Fact, int]:
    """Lines as facts; a fee is a fact of its own."""
    found: dict[Fact, int] = {}
    for line in lines:
        found[line.kind, line.reference] = line.minor
        if line.fee_minor:
            kind = "dispute_fee" if line.kind == "dispute_out" else "fee"
            found[kind, line.reference] = line.fee_minor
    return found


def differences(ours: Mapping[Fact, int], theirs: Mapping[Fact, int]) -> list[Differs]:
    """What is missing on one side, or is another amount, in the order of kind and reference."""
    return [Differs(*fact, ours.get(fact, 0), theirs.get(fact, 0))
            for fact in sorted({*ours, *theirs}) if ours.get(fact, 0) != theirs.get(fact, 0)]
