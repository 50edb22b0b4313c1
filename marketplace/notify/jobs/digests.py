"""What came, gathered in one letter, in the morning of each reader's own time zone."""

from __future__ import annotations

from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.jobs import job
from marketplace.notify.actions.digesting import due_readers, gather

A_BATCH = 500


@job("notify.digests", every_seconds=1200)
def digests() -> None:
    """Write the digests that are due in this hour, in batches; again is harmless."""
    after: int | None = 0
    while after is not None:
        with committing():
            after, readers = due_readers(after, A_BATCH, clock.now())
            for one in readers:
                gather(one)
