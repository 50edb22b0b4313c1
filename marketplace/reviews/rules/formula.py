"""The numbers of all formulas: what they are, what they may be, and which are in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta

NOTICE = timedelta(days=1)
"""How long a change stands on the formula page before it takes effect."""


@dataclass(frozen=True, slots=True)
class Formula:
    """All parameters at one time; each is one number."""

    prior_weight: float = 10.0
    prior_weight_low: float = 5.0
    prior_weight_high: float = 30.0
    moments_from_products: float = 20.0
    category_weight: float = 20.0
    mean_low: float = 0.50
    mean_high: float = 0.90
    lot_weight: float = 5.0
    half_life_days: float = 365.0
    stars_weight: float = 10.0
    drift_chance: float = 0.95
    aside_from_points: float = 100.0
    aside_days: float = 7.0
    duplicate_from: float = 0.6
    helpful_votes: float = 5.0
    helpful_days: float = 7.0
    newcomer_share: float = 1 / 7

    @property
    def means(self) -> tuple[float, float]:
        """Between which shares a category's mean is kept."""
        return self.mean_low, self.mean_high

    @property
    def weights(self) -> tuple[float, float]:
        """Between which weights the belief is kept."""
        return self.prior_weight_low, self.prior_weight_high


SHIPPED = Formula()
RANGES: Mapping[str, tuple[float, float]] = {
    "prior_weight": (5, 30), "prior_weight_low": (5, 30), "prior_weight_high": (5, 30),
    "moments_from_products": (10, 1000), "category_weight": (5, 200), "mean_low": (0.5, 0.9),
    "mean_high": (0.5, 0.9), "lot_weight": (5, 30), "half_life_days": (90, 3650),
    "stars_weight": (1, 50), "drift_chance": (0.9, 0.999), "aside_from_points": (60, 200),
    "aside_days": (1, 7), "duplicate_from": (0.4, 1), "helpful_votes": (3, 20),
    "helpful_days": (1, 30), "newcomer_share": (0.1, 0.2),
}
"""What each parameter may be; within these, 3 of 3 never outranks 180 of 200."""


def fault(name: str, value: float) -> str | None:
    """Why a parameter may not take a value: "unknown" or "range"; None if it may."""
    if name not in RANGES:
        return "unknown"
    low, high = RANGES[name]
    return None if low <= value <= high else "range"


def formula_of(parameters: Mapping[str, float]) -> Formula:
    """The formula with these parameters, the shipped ones where none is given."""
    known = {one.name for one in fields(Formula)}
    return Formula(**{name: float(v) for name, v in parameters.items() if name in known})


def in_force(
    versions: Iterable[tuple[datetime, Mapping[str, float]]], at: datetime
) -> Formula:
    """The formula at a moment out of all versions (valid from, parameters), in any order."""
    begun = [one for one in versions if one[0] <= at]
    return formula_of(max(begun, key=lambda one: one[0])[1]) if begun else SHIPPED


def changed(before: Formula, after: Formula) -> dict[str, tuple[float, float]]:
    """Which parameters differ: name -> (before, after)."""
    old, new = asdict(before), asdict(after)
    return {name: (old[name], new[name]) for name in old if old[name] != new[name]}
