"""What is reported of each seller of a year (DAC7). Pure; minor units.

Source: Dir. (EU) 2021/514, PStTG § 4 (5) no. 4, §§ 13 to 17; boundaries as in orders-23.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

CONTRACTS, MINOR = 30, 200_000
"""Below both a seller is exempt: fewer than 30 contracts and less than 2,000.00."""


@dataclass(frozen=True, slots=True)
class Quarter:
    """What a seller got, after what was kept of it; what it was charged; for how many contracts."""

    consideration_minor: int = 0
    fees_minor: int = 0
    contracts: int = 0


def reported(contracts: int, minor: int) -> bool:
    """Whether a seller of so many contracts and so much consideration is in the file."""
    return contracts >= CONTRACTS or minor >= MINOR


def year_of(quarters: Iterable[Quarter]) -> Quarter:
    """The sums of a year."""
    rows = list(quarters)
    return Quarter(sum(row.consideration_minor for row in rows),
                   sum(row.fees_minor for row in rows), sum(row.contracts for row in rows))


def quarter_of(month: int) -> int:
    """0 for January to March, 3 for October to December."""
    return (month - 1) // 3


def lacking(facts: dict[str, str]) -> Sequence[str]:
    """What the authority asks of a seller and nobody has told: name, place, number, account.

    A sole trader also states the day of birth (PStTG § 14).
    """
    wanted = ["legal_name", "street", "postcode", "city", "country", "tin", "iban"]
    wanted += ["birth_date"] if facts.get("legal_form") == "sole" else []
    return [name for name in wanted if not facts.get(name)]
