"""When an author may change an answer, and what such a change is called."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

Cause = Literal["author", "after_reply", "rebuy"]


def cause_of_change(
    reply_at: datetime | None, changed_at: datetime | None, bought_again: bool
) -> Cause | None:
    """The name of a change that is allowed now; None where it is not.

    reply_at: when the newest version of the producer's reply was published, None without a reply;
    bought_again: the change comes from a later purchase than the answer. Freely until a reply
    stands; then once per version of the reply, and again after each new delivered purchase.
    """
    if bought_again:
        return "rebuy"
    if reply_at is None:
        return "author"
    return "after_reply" if changed_at is None or changed_at <= reply_at else None
