"""What an act says of a person's taste, as one number per person and product."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Act = Literal["yes", "no", "saved", "reordered", "recommended", "tap"]

VALUES: dict[Act, float] = {
    "yes": 1.0,
    "saved": 0.8,
    "reordered": 0.8,
    "recommended": 0.8,
    "tap": 0.8,
    "no": 0.6,
}
ANSWERS = frozenset({"yes", "no"})
LIKED_FROM = 0.7
LEAST_IMPORTED = 0.2
LIKING_POWER = 1.25


@dataclass(frozen=True)
class Evidence:
    """One act of a person on one product; `at` aware UTC."""

    act: Act
    at: datetime


def signal(evidence: Iterable[Evidence]) -> float | None:
    """Give the taste signal 0..1 of all acts of a person on one product; None without any.

    The newest answer counts; without an answer the strongest act. A "no" is a weaker sign that
    the kind is of interest, and never a reason to offer the thing itself again.
    """
    acts = sorted(evidence, key=lambda e: e.at)
    answers = [e for e in acts if e.act in ANSWERS]
    if answers:
        return VALUES[answers[-1].act]
    return max((VALUES[e.act] for e in acts), default=None)


def imported_signals(values: Sequence[float]) -> list[float]:
    """Put ratings of another scale on 0.2..1: the worst of all 0.2, the best 1; all equal 1."""
    import numpy as np

    given = np.asarray(values, np.float64)
    low, high = (float(end) for end in (given.min(initial=np.inf), given.max(initial=-np.inf)))
    if low >= high:
        return [1.0] * len(values)
    width = (1 - LEAST_IMPORTED) / (high - low)
    made: list[float] = (LEAST_IMPORTED + (given - low) * width).tolist()
    return made


def is_liked(value: float) -> bool:
    """Tell whether a signal says that a person liked a thing."""
    return value >= LIKED_FROM


def likings(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Say how much each signal speaks for a thing: value^1.25, strong ones a little more.

    1 stays 1, .6 becomes .5281. Two roots take a tenth of a power's time.
    """
    import numpy as np

    made: NDArray[np.float32] = values * np.sqrt(np.sqrt(values))
    return made
