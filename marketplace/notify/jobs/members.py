"""Telling everybody of a group, in batches."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import committing
from marketplace.foundation.jobs import ended_here, enqueue, job
from marketplace.groups.queries import members_after
from marketplace.notify.actions import tell

BATCH = 500


@job("notify.members")
def members(group_id: int, class_: str, merge: str, title: str, url: str, args: dict[str, Any],
            after: int) -> None:
    """One batch of members, then the next in a job of its own: each person once."""
    with committing():
        if not ended_here():
            return
        rows = members_after(group_id, after, BATCH)
        for _membership, person in rows:
            tell(person, class_, merge, title, url, **args)
        if len(rows) == BATCH:
            enqueue("notify.members", f"members {secret_code(64)}", group_id=group_id,
                    class_=class_, merge=merge, title=title, url=url, args=args,
                    after=rows[-1][0])
