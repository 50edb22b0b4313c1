"""Looking after classes, late letters and rows that are old enough to go."""

from __future__ import annotations

from marketplace.dialogue.actions.snoozing import forget_snoozes
from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.events import announce
from marketplace.foundation.jobs import job
from marketplace.notify.actions import rest_annoying
from marketplace.notify.actions.pushing import sweep_pushes
from marketplace.notify.actions.sweeping import sweep_letters, sweep_notices
from marketplace.notify.actions.troubles import late_letters
from marketplace.notify.actions.watching import sweep_finds
from marketplace.notify.actions.yearly import ask_yearly
from marketplace.notify.events import ClassPaused

A_BATCH = 500


@job("notify.health", every_seconds=86_400)
def health() -> None:
    """Let classes rest that annoy, and tell the operator."""
    with committing():
        for name in rest_annoying():
            announce(ClassPaused(name))


@job("notify.late", every_seconds=3600)
def late() -> None:
    """The operator hears of required letters that wait for more than a day."""
    with committing():
        late_letters()


@job("notify.yearly", every_seconds=86_400)
def yearly() -> None:
    """Ask who wants it whether what they told still fits, in batches."""
    after: int | None = 0
    while after is not None:
        with committing():
            after = ask_yearly(after, A_BATCH, clock.now())


@job("notify.sweep", every_seconds=86_400)
def sweep() -> None:
    """Old letters forget whom they went to, old notices and finds go, in batches."""
    for batch in (sweep_letters, sweep_notices, sweep_finds):
        while True:
            with committing():
                n = batch()
            if not n:
                break
    with committing():
        forget_snoozes()
        sweep_pushes()
