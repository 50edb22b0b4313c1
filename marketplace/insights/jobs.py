"""Background work of `insights`."""

from __future__ import annotations

from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.jobs import job
from marketplace.insights.actions import (
    count_came_back,
    look_for_rushes,
    remake_figures,
    tell_week,
)
from marketplace.recommend.actions import recount_outcomes


@job("insights.nightly", every_seconds=86_400)
def nightly() -> None:
    """Make all figures anew."""
    with committing():
        recount_outcomes()
        remake_figures()
        count_came_back()


@job("insights.week", every_seconds=21_600)
def week() -> None:
    """On Mondays the operator hears of the week that ended; who has the letter gets no second."""
    if clock.today().weekday() == 0:
        with committing():
            tell_week(clock.today())


@job("insights.resonance", every_seconds=300)
def resonance() -> None:
    """Producers and moderators hear of a thread in a rush while it is one."""
    with committing():
        look_for_rushes()
