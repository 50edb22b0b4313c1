"""Money: whole minor units, exact splits, one rounding, never a float."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in minor units (cents) of one currency (ISO 4217)."""

    minor: int
    currency: str = "EUR"

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise ValueError(f"cannot mix {self.currency} and {other.currency}")

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def __mul__(self, times: int) -> Money:
        return Money(self.minor * times, self.currency)


def half_up(numerator: int, denominator: int) -> int:
    """`numerator / denominator` rounded half away from zero, in whole units."""
    if denominator <= 0:
        raise ValueError("denominator must be positive")
    sign = -1 if numerator < 0 else 1
    return sign * ((2 * abs(numerator) + denominator) // (2 * denominator))


def allocate(total: int, weights: Sequence[int]) -> list[int]:
    """Split `total` minor units by `weights` so that the parts sum exactly to it.

    Largest remainder; ties go to the lower position; all-zero weights mean equal parts.
    1000 over 1,1,1 gives 334, 333, 333.
    """
    if not weights:
        raise ValueError("nothing to split over")
    if min(weights) < 0:
        raise ValueError("weights must not be negative")
    shares = list(weights) if sum(weights) else [1] * len(weights)
    sign, amount, whole = (-1 if total < 0 else 1), abs(total), sum(shares)
    parts = [amount * share // whole for share in shares]
    rest = amount - sum(parts)
    order = sorted(range(len(shares)), key=lambda i: (-(amount * shares[i] % whole), i))
    for position in order[:rest]:
        parts[position] += 1
    return [sign * part for part in parts]


def vat_inside(gross_minor: int, rate_bp: int) -> int:
    """The VAT contained in a gross amount; `rate_bp` in basis points (1900 = 19 %)."""
    return half_up(gross_minor * rate_bp, 10_000 + rate_bp)
