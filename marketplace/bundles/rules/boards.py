"""Boards, votes and their order. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from marketplace.foundation.figures import wilson

AUTHORS_HALF, LEAST_AUTHORS = 5, 3
LEAST_ITEMS, MOST_ITEMS, MOST_SAME = 2, 24, 2
VOTES_SHOWN, HOURS_SHOWN = 5, 24
RIPE = timedelta(hours=24)
ONE_NEW_IN, NEW_DAYS = 10, 30


@dataclass(frozen=True, slots=True)
class Slot:
    """A named place on a board; `shelf` is a category slug that fills it, "" takes anything."""

    key: str
    de: str
    en: str
    shelf: str = ""
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Board:
    """A shipped board."""

    slug: str
    de: str
    en: str
    slots: tuple[Slot, ...]


BOARDS = (
    Board("dinner", "Abendessen", "Dinner", (
        Slot("wine", "Wein", "Wine", "wine"), Slot("cheese", "Dazu", "Alongside", "food"),
        Slot("bread", "Brot oder Beilage", "Bread or side", "food", False),
        Slot("table", "Auf dem Tisch", "On the table", "ceramics", False),
        Slot("sweet", "Zum Schluss", "To finish", "coffee-tea", False))),
    Board("breakfast", "Frühstück", "Breakfast", (
        Slot("drink", "Kaffee oder Tee", "Coffee or tea", "coffee-tea"),
        Slot("spread", "Aufs Brot", "On the bread", "food"),
        Slot("bread", "Brot", "Bread", "food", False),
        Slot("table", "Becher oder Brett", "Mug or board", "", False))),
    Board("gift", "Geschenk", "Gift", (
        Slot("main", "Das Geschenk", "The gift"), Slot("extra", "Etwas dazu", "A little more"),
        Slot("more", "Noch etwas", "One more thing", "", False))),
    Board("outfit", "Zum Anziehen", "Outfit", (
        Slot("top", "Oben", "Top", "fashion"), Slot("more", "Dazu", "With it", "fashion", False),
        Slot("extra", "Beiwerk", "Extra", "", False))),
    Board("free", "Frei", "Free", (
        Slot("one", "Erstes", "First"), Slot("two", "Zweites", "Second"),
        Slot("three", "Drittes", "Third", "", False),
        Slot("four", "Viertes", "Fourth", "", False),
        Slot("five", "Fünftes", "Fifth", "", False))),
)


def rank(up: int, down: int) -> float:
    """The order value of votes: the lower end of the Wilson interval of up; 0 without votes."""
    return wilson(up, up + down).low if up + down else 0.0


def counts_shown(up: int, down: int, age_hours: float, own_vote: bool) -> bool:
    """Whether counts show: after one's own vote, or from 5 votes and 24 hours on."""
    return own_vote or (up + down >= VOTES_SHOWN and age_hours >= HOURS_SHOWN)


def vote_counts(joined_at: datetime | None, confirmed: bool, now: datetime) -> bool:
    """Whether a voice counts: from a day after joining, with a confirmed address; accounts from
    before the hour was kept are older.
    """
    return confirmed and (joined_at is None or now - joined_at >= RIPE)


@dataclass(frozen=True, slots=True)
class Standing:
    """A bundle in the order by votes; `new` if it was shown lately."""

    id: int
    up: int
    down: int
    new: bool


def in_order(found: Sequence[Standing], day: date) -> list[int]:
    """By votes, equal ones as they come; every tenth place is one of the new ones with fewer than
    five votes, another draw each day.
    """
    few = sorted((one.id for one in found if one.new and one.up + one.down < VOTES_SHOWN),
                 key=lambda number: sha256(f"{day} {number}".encode()).digest())
    drawn = few[:len(found) // ONE_NEW_IN]
    order = [one.id for one in sorted(found, key=lambda one: -rank(one.up, one.down))
             if one.id not in drawn]
    for number, one in enumerate(drawn, start=1):
        order.insert(number * ONE_NEW_IN - 1, one)
    return order


def item_fault(product_ids: Sequence[int]) -> str | None:
    """Why these items are no bundle: few, many, same; None if they are."""
    if len(product_ids) < LEAST_ITEMS:
        return "few"
    if len(product_ids) > MOST_ITEMS:
        return "many"
    return "same" if any(product_ids.count(p) > MOST_SAME for p in set(product_ids)) else None


def missing_slots(board: Board, filled: Collection[str]) -> list[Slot]:
    """The needed places that are empty."""
    return [slot for slot in board.slots if slot.needed and slot.key not in filled]


@dataclass(frozen=True, slots=True)
class Fit:
    """How well something goes with something else, 0..1, as two halves."""

    votes: float
    authors: float

    @property
    def score(self) -> float:
        """Both halves together."""
        return self.votes + self.authors


def fit(up: int, down: int, authors: int) -> Fit:
    """How well two goods go together: half by the careful share of votes, half by how many
    different people put both into public bundles; fewer than three count as none.
    """
    counted = authors if authors >= LEAST_AUTHORS else 0
    return Fit(0.5 * rank(up, down), 0.5 * counted / (counted + AUTHORS_HALF))
