"""What a basket holds, and what stands in the way of a line. Pure."""

from __future__ import annotations

from collections.abc import Sequence

KINDS = frozenset((
    "recommendation", "suggestion", "group", "bundle", "search", "ask", "member", "product",
    "feed", "qr", "share", "mail", "campaign", "reorder", "direct"))
MOST_LINES, MOST_PRODUCERS, MOST_QTY, MOST_HOPS = 100, 20, 999, 10
CHOICES = {
    "gone": ("replace", "out"), "off_sale": ("replace", "out"), "unread": ("out",),
    "sold_out": ("replace", "out", "tell"), "less": ("less", "replace", "out", "tell"),
    "young": ("out",), "excise": ("out", "tell"),
}
"""What can be done about each obstacle; nothing is swapped or left out by itself."""

Step = tuple[str, str | None]


def in_the_way(on_sale: bool, made_to_order: bool, available: int, qty: int,
               unread: bool = False) -> str:
    """Why `qty` pieces cannot be had now: off_sale, unread, sold_out, less; "" for nothing."""
    if not on_sale:
        return "off_sale"
    if unread:
        return "unread"
    if made_to_order or available >= qty:
        return ""
    return "less" if available > 0 else "sold_out"


def is_full(producers: Sequence[int], more: Sequence[int]) -> str:
    """Whether lines of `more` producers fit to those of `producers`: lines, producers or ""."""
    if len(producers) + len(more) > MOST_LINES:
        return "lines"
    return "producers" if len({*producers, *more}) > MOST_PRODUCERS else ""


def joined(chain: Sequence[Step], step: Step) -> list[Step]:
    """A chain of sources with one more step: equal neighbours once, the newest ten."""
    steps = list(chain)
    if not steps or steps[-1] != step:
        steps.append(step)
    return [s for s in steps if s[0] != "direct" or len(steps) == 1][-MOST_HOPS:]


def merged_qty(guest: int, own: int) -> int:
    """What stays when both baskets hold the same: the larger."""
    return max(guest, own)
