"""What is given back for units and for sending. Pure; minor units.

Source: BGB §§ 355, 357 (standard delivery is given back, extra for faster delivery is not).
"""

from __future__ import annotations

from marketplace.foundation.money import half_up


def worth_of(total_minor: int, qty: int, units: int) -> int:
    """What the first `units` of `qty` pieces of a line come to.

    Differences of it give back a line piece by piece without a cent too many: 10.00 for three
    gives 3.33, 3.34, 3.33. Raises ValueError outside 0..qty.
    """
    if not 0 <= units <= qty:
        raise ValueError("more pieces than the line has")
    return half_up(total_minor * units, qty)


def given_back(total_minor: int, qty: int, before: int, more: int) -> int:
    """What `more` pieces come to when `before` pieces of the line were given back already."""
    return worth_of(total_minor, qty, before + more) - worth_of(total_minor, qty, before)


def shipping_back(charged_minor: int, standard_minor: int, kept_minor: int | None) -> int:
    """What of the sending is given back when a part of a parcel is withdrawn.

    `standard_minor` is what plain sending of everything costs, `kept_minor` of what is kept, None
    where nothing is. Sending that was free is never charged afterwards.
    12 bottles 9.90, 6 kept for 6.90 gives 3.00; express 14.90 with standard 6.90 gives 6.90.
    """
    return max(0, min(charged_minor, standard_minor) - (kept_minor or 0))
