"""Background work of `touchpoints`."""

from __future__ import annotations

from marketplace.foundation.database import committing
from marketplace.foundation.jobs import job
from marketplace.touchpoints.actions import (
    expire,
    note_complaints,
    rest_if_annoying,
    write_letters,
)
from marketplace.touchpoints.queries import running_surveys


@job("touchpoints.surveys", every_seconds=3600)
def surveys() -> None:
    """Letters for who wants them, the end of what nobody looked at, and of what annoys."""
    with committing():
        expire()
        note_complaints()
        write_letters()
        for survey_id in running_surveys():
            rest_if_annoying(survey_id)
