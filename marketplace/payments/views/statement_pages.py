"""Pages about bank statements as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Row = tuple[str, str, str, str, str]
"""Day, what it did, which order, amount, a note."""


@dataclass(frozen=True, slots=True)
class StatementsPage:
    """Where a statement is handed in, and the files taken before.

    `header`: names of the columns of a CSV that was not recognised, to choose from.
    """

    producer: str
    house: str
    money_url: str
    url: str
    faults: Mapping[str, str]
    header: Sequence[str]
    chosen: Mapping[str, str]
    files: Sequence[tuple[str, str, str, str]]
    help_url: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """An entry that names an order but not its reference: to be confirmed."""

    key: str
    day: str
    sum: str
    name: str
    text: str
    number: str


@dataclass(frozen=True, slots=True)
class LookPage:
    """What a file would do, before anything is kept."""

    producer: str
    house: str
    back_url: str
    url: str
    file_name: str
    lead: str
    counted: Sequence[Row]
    more: str
    suggested: Sequence[Suggested]
    fitting: Sequence[Row]
    token: str
    help_url: str


@dataclass(frozen=True, slots=True)
class TakenPage:
    """A file that was taken, entry by entry."""

    producer: str
    back_url: str
    file_name: str
    lead: str
    waiting: int
    share: int
    rows: Sequence[Row]
    next_url: str
    help_url: str
