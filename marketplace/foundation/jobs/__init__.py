"""Background work as a transactional outbox: written with the change, run after it.

`enqueue` writes a row in the caller's transaction; `runner` claims and runs rows, at least once.
"""

from marketplace.foundation.jobs.outbox import (
    Job,
    JobKind,
    enqueue,
    every,
    job,
    kinds,
)
from marketplace.foundation.jobs.runner import Runner, ended_here, run_due, run_one

__all__ = ["Job", "JobKind", "Runner", "ended_here", "enqueue", "every", "job", "kinds",
           "run_due", "run_one"]
