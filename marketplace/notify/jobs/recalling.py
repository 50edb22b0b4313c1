"""Warning buyers and telling followers, portion by portion."""

from __future__ import annotations

from marketplace.foundation.database import committing
from marketplace.foundation.jobs import ended_here, job
from marketplace.notify.actions.recalling import divide_warning, tell_followers, warn


@job("notify.recall")
def recall(thread_id: int) -> None:
    """Find everybody a recall is for and write a job for each portion of them."""
    with committing():
        if ended_here():
            divide_warning(thread_id)


@job("notify.warn")
def warn_buyers(thread_id: int, order_ids: list[int]) -> None:
    """One portion of the buyers, each once."""
    with committing():
        if ended_here():
            warn(thread_id, order_ids)


@job("notify.followers")
def followers(thread_id: int, after: int) -> None:
    """One portion of a house's followers, each once."""
    with committing():
        if ended_here():
            tell_followers(thread_id, after)
