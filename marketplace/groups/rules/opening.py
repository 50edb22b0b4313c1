"""What was written under one kind, seen under another."""

from __future__ import annotations

from datetime import timedelta

CLOSED_AFTER = timedelta(days=7)
WIDTH = {"secret": 0, "closed": 1, "open": 2}


def is_more_open(before: str, after: str) -> bool:
    """Whether more people see a group of the kind `after`."""
    return WIDTH[after] > WIDTH[before]


def sees(written_as: str, now: str, viewer: str, *, was_there: bool, consent: bool) -> bool:
    """Whether somebody sees words of a group.

    `viewer` is visitor, guest, member, moderator or founder; `was_there`: a member already when
    the group was opened; `consent`: the author let older words be seen.
    """
    inside = viewer in ("member", "moderator", "founder")
    if not inside and now != "open":
        return False
    if not is_more_open(written_as, now):
        return True
    if written_as == "closed":
        return inside or consent
    return (inside and was_there) or consent
