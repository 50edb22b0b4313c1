"""What a room hands to search: one thing that can be found, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

PUBLIC, MEMBERS = "public", "members"


@dataclass(frozen=True, slots=True)
class Findable:
    """One thing in the words of its room.

    audience: who may find it: `PUBLIC`, `MEMBERS`, or what `of_group` gives. by: the person whose
    thing it is, for blocks. facts: filterable values by name.
    """

    kind: str
    object_id: int
    title: str
    body: str
    newest: datetime
    audience: str = PUBLIC
    by: int | None = None
    region: str = ""
    occasions: tuple[str, ...] = ()
    facts: dict[str, list[str]] = field(default_factory=dict)


def of_group(group_id: int) -> str:
    """The audience of the members of one group."""
    return f"group:{group_id}"


def joined(*words: str | None) -> str:
    """What is said, in one text."""
    return " ".join(word.strip() for word in words if word and word.strip())
