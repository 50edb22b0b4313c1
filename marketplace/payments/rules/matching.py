"""Which seller order a bank entry is about. Pure.

Source: ISO 11649 (creditor reference, mod 97).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from marketplace.foundation.codes import SIGNS, is_checked

_REFERENCE = re.compile(r"RF\d\d")
_NUMBER = re.compile(rf"(?<![A-Z0-9])[{SIGNS}]{{8}}(?![A-Z0-9])")
_REFUND = re.compile(r"(?<![A-Z0-9])R-([A-Z0-9]{8})(?![A-Z0-9])")
LENGTHS = (14, 13)


@dataclass(frozen=True, slots=True)
class Owed:
    """A seller order as matching needs it; minor units. `state` as in orders.

    `by_hand_minor`: what a person said is there, before any statement told of it.
    """

    id: int
    reference: str
    number: str
    state: str
    total_minor: int
    open_minor: int
    by_hand_minor: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """What an entry means: matched, part, over, late, by_hand (counted before by a person),
    suggested, or nothing of ours ("").
    """

    outcome: str
    owed: Owed | None = None
    counted_minor: int = 0
    over_minor: int = 0


def is_reference(text: str) -> bool:
    """Whether a text is a valid creditor reference: mod 97 of its rearranged digits is 1."""
    if not re.fullmatch(r"RF\d\d[A-Z0-9]{1,21}", text):
        return False
    return int("".join(str(int(sign, 36)) for sign in text[4:] + text[:4])) % 97 == 1


def references_in(remittance: str) -> list[str]:
    """Valid references of our lengths, in order; blanks and case do not matter.

    Where the longer and the shorter reading are both valid, both are given.
    """
    text = re.sub(r"\s", "", remittance).upper()
    readings = (text[match.start():match.start() + length]
                for match in _REFERENCE.finditer(text) for length in LENGTHS)
    return list(dict.fromkeys(taken for taken in readings if is_reference(taken)))


def numbers_in(remittance: str) -> list[str]:
    """Order numbers whose check sign is right, standing alone in the text."""
    return [found for found in _NUMBER.findall(remittance.upper()) if is_checked(found)]


def refund_codes_in(remittance: str) -> list[str]:
    """Codes of our refunds (R-...) in the text of a debit."""
    return _REFUND.findall(remittance.upper())


def by_number(owed: Mapping[str, Owed]) -> dict[str, list[str]]:
    """References by the number of their order."""
    found: dict[str, list[str]] = {}
    for reference, one in owed.items():
        found.setdefault(one.number.partition("-")[0], []).append(reference)
    return found


def match(minor: int, remittance: str, owed: Mapping[str, Owed],
          numbers: Mapping[str, Sequence[str]] | None = None) -> Match:
    """What a credit of `minor` means, looked up in seller orders by reference and by number.

    Counts at most what is open; the rest is over and due back. `numbers`: as `by_number`, where
    many are matched.
    """
    for reference in references_in(remittance):
        if (found := owed.get(reference)) is not None:
            return _by_reference(minor, found)
    named = numbers_in(remittance)
    if named and numbers is None:
        numbers = by_number(owed)
    for number in named:
        fitting = [owed[reference] for reference in (numbers or {}).get(number, ())
                   if owed[reference].open_minor == minor]
        if len(fitting) == 1:
            return Match("suggested", fitting[0])
    return Match("")


def _by_reference(minor: int, found: Owed) -> Match:
    if minor == found.by_hand_minor:
        return Match("by_hand", found)
    if found.state in ("cancelled", "expired"):
        return Match("late", found, 0, minor)
    counted = min(minor, found.open_minor)
    if counted == 0:
        return Match("over", found, 0, minor)
    if counted < found.open_minor:
        return Match("part", found, counted)
    return Match("over" if minor > counted else "matched", found, counted, minor - counted)
