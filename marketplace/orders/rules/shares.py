"""What of a part arrives at its seller. Pure; minor units."""

from __future__ import annotations

from collections.abc import Sequence

from marketplace.foundation.money import half_up
from marketplace.orders.rules.documents import invoiced


def arrives(lines: Sequence[tuple[int, int]], sending_minor: int, goods_minor: int,
            commission_bp: int, vat_free: bool = False) -> tuple[int, int, int]:
    """VAT, commission and what is left of a part, from (gross, rate) of its lines.

    11.40 at 19 % with 6.90 of sending and 8 %: VAT 2.92, commission 0.91, left 14.47.
    """
    vat = sum(one.vat_minor for one in invoiced(lines, sending_minor, vat_free))
    commission = half_up(goods_minor * commission_bp, 10_000)
    gross = sum(gross for gross, _bp in lines) + sending_minor
    return vat, commission, gross - vat - commission
