"""Whether a letter may leave, and the first thing that speaks against it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

CHECKS = ("person gone", "own act", "not visible", "snoozed", "off", "class paused", "no consent",
          "stopped", "nothing left", "pace", "address not confirmed", "no address", "address fails")
"""In this order; quiet hours come after the pace and only move a letter to the morning."""
ALWAYS = frozenset(("person gone", "own act", "not visible", "no address", "address fails"))
"""What also stops a letter that contract or law demands."""


def first_fault(must: bool, faults: Mapping[str, Callable[[], bool]]) -> str | None:
    """The first check that fails, or None. `faults` says for a check whether it fails; a check
    without an entry holds. Later ones are not looked at.
    """
    for name in CHECKS:
        if name in faults and (not must or name in ALWAYS) and faults[name]():
            return name
    return None
