"""Background work of `journal`."""

from __future__ import annotations

from flask import current_app

from marketplace.foundation.database import committing
from marketplace.foundation.jobs import job
from marketplace.journal.actions import forget_old


@job("journal.forget", every_seconds=3600)
def forget() -> None:
    """Delete entries whose time is over."""
    with committing():
        forget_old(current_app.config["ZURUF"].journal_days)
