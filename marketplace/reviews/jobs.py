"""Background work of `reviews`."""

from __future__ import annotations

import logging

from marketplace.adapters.doors import doors
from marketplace.foundation.database import committing
from marketplace.foundation.jobs import job
from marketplace.reviews.actions import ask_due, check_all, release_checks, tell_rating
from marketplace.reviews.actions.differing import forget_differences
from marketplace.reviews.actions.grouping import rebuild_group
from marketplace.reviews.actions.handing import hand_facts
from marketplace.reviews.actions.rebuilding import forget_days, product_batches, rebuild_range
from marketplace.reviews.queries.beliefs import beliefs
from marketplace.reviews.queries.recounts import group_ids, producer_ids

A_HANDFUL = 500
log = logging.getLogger(__name__)


@job("reviews.open_invitations", every_seconds=3600)
def open_invitations() -> None:
    """Ask buyers whose question is due."""
    with committing():
        ask_due()


@job("reviews.tell")
def tell(rating_id: int) -> None:
    """Tell other rooms of an answer, and look at it for signs that it was not given freely."""
    with committing():
        tell_rating(rating_id)


@job("reviews.flag", every_seconds=86_400)
def flag() -> None:
    """Look for signs that only many answers together, or time, show."""
    with committing():
        check_all()


@job("reviews.release_checks", every_seconds=3600)
def release() -> None:
    """Let answers count again about which nobody decided in time."""
    with committing():
        release_checks()


@job("reviews.nightly", every_seconds=86_400)
def nightly() -> None:
    """Count all scores anew from the answers, a thousand products at a time; hand facts over."""
    believed, found = beliefs(), 0
    for first, last in product_batches():
        with committing():
            found += len(rebuild_range(first, last, believed))
    for group_id in group_ids():
        with committing():
            found += rebuild_group(group_id)
    everybody = producer_ids()
    for start in range(0, len(everybody), A_HANDFUL):
        with committing():
            hand_facts(everybody[start:start + A_HANDFUL])
    with committing():
        forget_days()
        forget_differences()
    if found:
        log.error("nightly count: %s kept counts were wrong and are corrected", found)


@job("reviews.photos")
def photos(names: list[str]) -> None:
    """Delete the files of pictures that are gone."""
    for name in names:
        doors().storage.delete(name)
