"""A producer's month from the moves of the ledger. Pure; minor units.

Source: UStG § 22f, Dir. (EU) 2021/514 (DAC7): what a marketplace says of each seller.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

KINDS = ("sale", "commission", "refund", "commission_back", "dispute", "correction")


@dataclass(frozen=True, slots=True)
class Told:
    """A move that touches a producer: `inward` when its account got it.

    Moves of commission touch it through the sale they belong to.
    """

    at: datetime
    reason: str
    minor: int
    inward: bool
    number: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a month; negative where it lowers the balance."""

    at: datetime
    kind: str
    minor: int
    number: str


def rows_of(moves: Iterable[Told]) -> list[Row]:
    """Lines in the order of the moves; they sum to the change of the producer's account.

    What was handed over is a sale less its commission; what was taken back is a refund less the
    commission that was given back with it. What one fact says twice of a kind is one line.
    """
    found: list[Row] = []
    for move in moves:
        for kind, minor in _lines(move):
            last = found[-1] if found else None
            if last and (last.at, last.kind, last.number) == (move.at, kind, move.number):
                found[-1] = replace(last, minor=last.minor + minor)
            else:
                found.append(Row(move.at, kind, minor, move.number))
    return found


def _lines(move: Told) -> list[tuple[str, int]]:
    minor = move.minor
    if move.reason == "commission":
        return [("sale", minor), ("commission", -minor)]
    if move.reason == "commission_back":
        return [("refund", -minor), ("commission_back", minor)]
    kind = {"paid": "sale", "transfer": "sale", "refund": "refund", "take_back": "refund",
            "advance_back": "refund", "dispute_recover": "dispute",
            "dispute_return": "dispute"}.get(move.reason, "correction")
    return [(kind, minor if move.inward else -minor)]


def sums(rows: Iterable[Row]) -> dict[str, int]:
    """What each kind comes to, in the order of `KINDS`, without kinds that did not happen."""
    found = dict.fromkeys(KINDS, 0)
    seen = set()
    for row in rows:
        found[row.kind] += row.minor
        seen.add(row.kind)
    return {kind: minor for kind, minor in found.items() if kind in seen}
