"""What a request looks at, to be counted once the answer is out; machines look at nothing."""

from __future__ import annotations

from flask import g, request

Look = tuple[str, str, int]
MACHINES = ("bot", "crawl", "spider", "slurp")


def looked_at(name: str, kind: str = "", number: int = 0) -> None:
    """Have it counted that this page was read; a page that is kept counts each time it is given."""
    g.looks = (*g.get("looks", ()), (name, kind, number))


def looks() -> tuple[Look, ...]:
    """What was looked at in this request, by a person."""
    found: tuple[Look, ...] = g.get("looks", ())
    return () if found and by_machine() else found


def by_machine() -> bool:
    """Whether a crawler asks, or a browser ahead of its reader."""
    agent = request.user_agent.string.lower()
    return "prefetch" in request.headers.get("Sec-Purpose", "") or any(
        word in agent for word in MACHINES)
