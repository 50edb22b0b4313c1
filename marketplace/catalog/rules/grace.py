"""How long published goods may lack what their shelf asks for anew. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Literal

GRACE: Final = timedelta(days=60)

Step = Literal["nothing", "begin", "pause", "end"]


def grace_step(has_gaps: bool, since: datetime | None, now: datetime) -> Step:
    """What the daily look does with a published product. Source: catalog, bad input.

    Gaps seen for the first time begin the 60 days; after them it pauses; filled gaps end it.
    """
    if not has_gaps:
        return "end" if since is not None else "nothing"
    if since is None:
        return "begin"
    return "pause" if now - since >= GRACE else "nothing"
