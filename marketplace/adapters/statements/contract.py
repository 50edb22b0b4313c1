"""What a bank statement is for us: booked entries in one currency, signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 50 * 1024 * 1024
MOST_ENTRIES = 10_000
CURRENCY = "EUR"


class StatementFault(ValueError):
    """A file that cannot be used; `code` says why, `args_` what the sentence needs."""

    def __init__(self, code: str, **args: Any) -> None:
        super().__init__(code)
        self.code, self.args_ = code, args


@dataclass(frozen=True, slots=True)
class BankEntry:
    """One booked entry; `minor` is negative where money left.

    `number`: its row or place in the file, from 1. `reference`: the bank's own, "" if it gave
    none. `returned`: the bank took back an earlier entry.
    """

    number: int
    reference: str
    booked_on: date
    minor: int
    text: str
    name: str
    returned: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """The entries of a file in its order; `account` is the IBAN if the file tells it.

    `pending`, `foreign`: entries that are not booked yet, or in another currency, left out.
    """

    kind: str
    account: str
    entries: Sequence[BankEntry]
    pending: int = 0
    foreign: int = 0


def counted(entries: Sequence[BankEntry]) -> Sequence[BankEntry]:
    """The entries, if there are not too many. Raises StatementFault."""
    if len(entries) > MOST_ENTRIES:
        raise StatementFault("entries", count=len(entries), most=MOST_ENTRIES)
    return entries
