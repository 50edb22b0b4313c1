"""What follows a declaration of withdrawal. Pure.

Source: BGB §§ 355-357, 356a; Directive (EU) 2023/2673.
"""

from __future__ import annotations

from collections.abc import Mapping

OBJECTIONS = ("late", "excluded", "not_ours")
OPEN = ("declared", "awaiting_goods", "refund_due", "objected", "unassigned")
"""States in which something is still to be done."""


def first_state(dispatched: bool, in_question: bool, anything: bool) -> str:
    """Where a declaration stands that found its contract.

    `dispatched`: pieces of it left the seller; `in_question`: it came after the period or is about
    goods without the right, so the seller is asked; `anything`: pieces are left to withdraw from.
    """
    if not anything:
        return "closed"
    if in_question:
        return "declared"
    return "awaiting_goods" if dispatched else "refund_due"


def answered_state(dispatched: bool, goods_safe: bool) -> str:
    """Where it goes on once the seller accepts, or takes an objection back.

    `goods_safe`: they are back, or there is proof that they were sent.
    """
    return "refund_due" if goods_safe or not dispatched else "awaiting_goods"


def split(qty: int, open_pieces: int) -> tuple[int, int]:
    """Of `qty` pieces: those that need not leave at all, and those that have to come back."""
    kept_here = min(qty, open_pieces)
    return kept_here, qty - kept_here


def clipped(wanted: Mapping[int, int], left: Mapping[int, int]) -> dict[int, int]:
    """Wanted pieces by line, never more than are left of it; lines without any are left out."""
    found = {line: min(qty, left.get(line, 0)) for line, qty in wanted.items()}
    return {line: qty for line, qty in found.items() if qty > 0}
