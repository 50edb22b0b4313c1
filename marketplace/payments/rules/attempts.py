"""The states of an attempt to pay. Pure."""

from __future__ import annotations

from collections.abc import Mapping

NOTICES = ("paid", "mismatch", "processing", "not_paid", "page_closed")
AFTER: Mapping[str, tuple[str, ...]] = {
    "new": ("paid", "review", "processing", "failed", "closed"),
    "open": ("paid", "review", "processing", "failed", "closed"),
    "processing": ("paid", "review", "processing", "failed", "processing"),
    "failed": ("paid", "review", "failed", "failed", "failed"),
    "closed": ("paid", "review", "processing", "failed", "closed"),
    "paid": ("paid", "paid", "paid", "paid", "paid"),
    "review": ("paid", "review", "review", "review", "review"),
}
ASKED_AFTER = (10, 20, 40)
"""Minutes after which an attempt that nobody spoke of is asked about."""
CARD = "stripe"
"""The way by card, as orders keep it; whose adapter answers is a matter of the payment doors."""
SPLITTING = (CARD, "test_card")
"""Ways of which one payment serves all sellers of an order and is handed over afterwards."""
TEST_CARDS = {"4242424242424242": "paid", "4000002500003155": "asks",
              "4000000000009995": "not_paid", "4000000000000259": "disputed"}
TELLING: Mapping[str, tuple[str, ...]] = {
    "": ("paid",), "late": ("processing",), "twice": ("paid", "paid"),
    "reversed": ("page_closed", "paid", "processing"), "never": ()}
"""What the test card's page tells of a payment, in which order; late, the last word comes later."""


def after(state: str, notice: str) -> str:
    """The state of an attempt after a notice; `paid` is final whatever the order of arrival."""
    return AFTER[state][NOTICES.index(notice)]
