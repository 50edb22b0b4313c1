"""Where orders came from: three figures side by side, never added, and nothing paid by them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from marketplace.foundation.figures import Interval, wilson

REBUY_WITHIN = timedelta(days=365)
NAMED_KINDS = frozenset({"recommendation", "suggestion"})


@dataclass(frozen=True)
class Touch:
    """One moment on the way to a line: kind of the closed list of `checkout`, and its reference."""

    kind: str
    ref: str = ""


@dataclass(frozen=True)
class Line:
    """An order line as attribution sees it; the chain has the oldest touch first, never empty."""

    buyer: str
    product: int
    at: datetime
    chain: tuple[Touch, ...]
    order: str = ""


@dataclass(frozen=True)
class Outcome:
    """What one recommendation led to, as its author reads it."""

    purchases: int
    repurchases: int


def last_touch(lines: Iterable[Line]) -> dict[Touch, int]:
    """Count each line once, for the last touch before it."""
    return dict(Counter(line.chain[-1] for line in lines))


def shared(lines: Iterable[Line]) -> dict[Touch, Fraction]:
    """Count each line once in equal parts, 1/k for each of its k touches, exactly."""
    parts: dict[Touch, Fraction] = defaultdict(Fraction)
    for line in lines:
        for touch in line.chain:
            parts[touch] += Fraction(1, len(line.chain))
    return dict(parts)


def outcome(lines: Sequence[Line], touch: Touch, author: str = "") -> Outcome:
    """Count purchases whose chain names the touch, and later orders of the same by the same.

    A re-purchase is the same product and buyer, another order, within 365 days. The author's own
    purchases never count. Lines in any order.
    """
    named: dict[tuple[str, int], list[Line]] = defaultdict(list)
    purchases = [li for li in lines if touch in li.chain and li.buyer != author]
    for line in purchases:
        named[line.buyer, line.product].append(line)
    again = sum(
        any(_rebuys(line, first) for first in named.get((line.buyer, line.product), ()))
        for line in lines
        if touch not in line.chain
    )
    return Outcome(len(purchases), again)


def _rebuys(line: Line, first: Line) -> bool:
    another = line.order != first.order or not line.order
    return another and first.at < line.at <= first.at + REBUY_WITHIN


def recommended_share(lines: Sequence[Line]) -> Interval:
    """Give the share of lines whose chain holds a person's recommendation, with its interval."""
    touched = sum(any(t.kind == "recommendation" for t in line.chain) for line in lines)
    return wilson(touched, len(lines))
