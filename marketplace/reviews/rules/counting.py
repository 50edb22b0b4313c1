"""What the answers of one person to one product add to each counter."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from marketplace.foundation import clock
from marketplace.reviews.rules.score import HALF_LIFE_DAYS, decay

COLUMNS = ("k", "n", "stars_n", "stars_sum", "stars_1", "stars_2", "stars_3", "stars_4", "stars_5",
           "value_yes", "value_n", "delight_d", "delight_o", "delight_b", "invited_k", "invited_n",
           "spont_k", "spont_n")
LETTER = {"disappointed": "d", "okay": "o", "delighted": "b"}


@dataclass(frozen=True, slots=True)
class Counted:
    """The part of an answer that is counted; `counts` says whether it is."""

    id: int
    lot_id: int | None
    given_at: datetime
    counts: bool
    again: bool
    stars: int | None = None
    value: bool | None = None
    delight: str | None = None
    invited: bool = True

    @property
    def day(self) -> date:
        """The calendar day of the answer, from which its age is counted."""
        return clock.in_zone(self.given_at).date()


@dataclass(slots=True)
class Share:
    """What is added to one row of counts: whole counts, weighted ones, first and last moment."""

    counts: dict[str, int]
    kw: float = 0.0
    nw: float = 0.0
    first_at: datetime | None = None
    last_at: datetime | None = None

    @classmethod
    def empty(cls) -> Share:
        """Nothing counted yet."""
        return cls(dict.fromkeys(COLUMNS, 0))

    def add(self, answer: Counted, weight: float) -> None:
        """Count one answer more, with its weight of today."""
        for name, by in row_of(answer).items():
            self.counts[name] += by
        self.nw += weight
        self.kw += weight * answer.again
        self.first_at = min(self.first_at or answer.given_at, answer.given_at)
        self.last_at = max(self.last_at or answer.given_at, answer.given_at)


Key = int | None
"""A lot, or None for the product as a whole."""


def row_of(answer: Counted) -> dict[str, int]:
    """What one answer adds to each counter that it touches."""
    yes = int(answer.again)
    origin = "invited" if answer.invited else "spont"
    row = {"k": yes, "n": 1, f"{origin}_k": yes, f"{origin}_n": 1}
    if answer.stars:
        row |= {"stars_n": 1, "stars_sum": answer.stars, f"stars_{answer.stars}": 1}
    if answer.value is not None:
        row |= {"value_n": 1, "value_yes": int(answer.value)}
    if answer.delight in LETTER:
        row[f"delight_{LETTER[answer.delight]}"] = 1
    return row


def newest(answers: Iterable[Counted]) -> Counted | None:
    """The one answer of a person that counts for the product: of the lot rated last."""
    return max((one for one in answers if one.counts),
               key=lambda one: (one.given_at, one.id), default=None)


def shares(
    answers: Collection[Counted], today: date, half_life_days: float = HALF_LIFE_DAYS
) -> dict[Key, Share]:
    """What all answers of one person to one product add: to the product, and to each lot."""
    found: dict[Key, Share] = {}
    whole = newest(answers)
    for one in answers:
        if not one.counts:
            continue
        weight = decay((today - one.day).days, half_life_days)
        if one.lot_id is not None:
            found.setdefault(one.lot_id, Share.empty()).add(one, weight)
        if one is whole:
            found.setdefault(None, Share.empty()).add(one, weight)
    return found


def steps(before: Mapping[Key, Share], after: Mapping[Key, Share]) -> dict[Key, Share]:
    """The difference for each row that changes, as a share that may be negative.

    first_at and last_at are those after the change.
    """
    found: dict[Key, Share] = {}
    for key in {*before, *after}:
        old, new = before.get(key, Share.empty()), after.get(key, Share.empty())
        step = Share({name: new.counts[name] - old.counts[name] for name in COLUMNS},
                     new.kw - old.kw, new.nw - old.nw, new.first_at, new.last_at)
        if any(step.counts.values()) or step.kw or step.nw:
            found[key] = step
    return found
