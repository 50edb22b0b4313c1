"""What a bank statement means as a whole: each entry once, and one after the other. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from marketplace.payments.rules.matching import (
    Match,
    Owed,
    by_number,
    match,
    references_in,
    refund_codes_in,
)

COUNTED = ("matched", "part", "over", "late")
"""Outcomes that are counted without a person."""
KEPT = (*COUNTED, "by_hand", "returned", "refunded")
"""Outcomes whose entry is kept, so that it is never taken for another one."""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry of a file as the rules need it; signed minor units."""

    number: int
    reference: str
    booked_on: date
    minor: int
    text: str
    name: str
    returned: bool


@dataclass(frozen=True, slots=True)
class OwedRefund:
    """A refund a producer is to send; minor units."""

    id: int
    code: str
    minor: int
    part_number: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one entry means: its key, the outcome, and the part or the refund it is about.

    Outcomes: those of `match`, returned, refunded, known (counted from an earlier file), or "".
    `fitting`: parts whose open amount is the same, for a person to look at.
    """

    line: Line
    key: str
    outcome: str
    owed: Owed | None = None
    over_minor: int = 0
    refund: OwedRefund | None = None
    fitting: Sequence[Owed] = ()


def keys_of(lines: Sequence[Line]) -> list[str]:
    """A key for each entry: the bank's reference, else what it says and how many alike before it.

    The same file, and files that overlap, give the same keys; two equal payments of one day differ.
    """
    seen: Counter[str] = Counter()
    keys = []
    for line in lines:
        said = f"b|{line.reference}" if line.reference else (
            f"h|{line.booked_on}|{line.minor}|{line.name}|{line.text}")
        seen[said] += 1
        keys.append(sha256(f"{said}|{seen[said]}".encode()).hexdigest())
    return keys


def meanings(lines: Sequence[Line], owed: Mapping[str, Owed], refunds: Mapping[str, OwedRefund],
             known: frozenset[str] | set[str]) -> list[Meaning]:
    """What every entry means, each counting what those before it left open.

    `owed` by reference, `refunds` by code, `known`: keys that were taken before. The cost is one
    look-up per entry, whatever the number of references.
    """
    left, waiting, numbers = dict(owed), dict(refunds), by_number(owed)
    by_amount: dict[int, list[Owed]] = {}
    for one in owed.values():
        if one.open_minor > 0 and one.state == "awaiting_payment":
            by_amount.setdefault(one.open_minor, []).append(one)
    found = []
    for line, key in zip(lines, keys_of(lines), strict=True):
        if key in known:
            found.append(Meaning(line, key, "known"))
        elif line.returned or line.minor < 0:
            found.append(_outgoing(line, key, left, waiting))
        else:
            found.append(_incoming(line, key, left, numbers, by_amount))
    return found


def _incoming(line: Line, key: str, left: dict[str, Owed], numbers: Mapping[str, Sequence[str]],
              by_amount: Mapping[int, Sequence[Owed]]) -> Meaning:
    told: Match = match(line.minor, line.text, left, numbers)
    if told.owed is not None and told.outcome in KEPT:
        left[told.owed.reference] = replace(
            told.owed, open_minor=told.owed.open_minor - told.counted_minor, by_hand_minor=0)
    fitting = () if told.outcome else tuple(by_amount.get(line.minor, ())[:3])
    return Meaning(line, key, told.outcome, told.owed, told.over_minor, fitting=fitting)


def _outgoing(line: Line, key: str, left: Mapping[str, Owed], waiting: dict[str, OwedRefund]
              ) -> Meaning:
    """Money that left: a refund of ours, or a payment that the bank took back."""
    if line.returned:
        owed = next((left[one] for one in references_in(line.text) if one in left), None)
        return Meaning(line, key, "returned" if owed else "", owed)
    for code in refund_codes_in(line.text):
        refund = waiting.get(code)
        if refund is not None and refund.minor == -line.minor:
            del waiting[code]
            return Meaning(line, key, "refunded", refund=refund)
    return Meaning(line, key, "")
