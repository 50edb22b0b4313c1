"""Of whom suggestions may be computed, and what may be put to them, by their known age. Pure."""

from __future__ import annotations

STATED = ("unknown", "16", "18")
LEAST_AGE = 16
"""The least age of a member; who stated nothing is known to have this one."""


def may_profile(stated: str, from_age: int) -> bool:
    """Tell whether suggestions may be computed of what a person said.

    from_age: 16..18, set by the operator. Nobody who stated to be 16 or 17 is profiled, whatever
    is set; who stated nothing is, only where the least age of a member is enough.
    """
    return stated == "18" or (stated == "unknown" and from_age <= LEAST_AGE)


def may_be_put(stated: str, age_class: int) -> bool:
    """Tell whether goods from an age class on may be recommended to a person.

    age_class: 0, 16 or 18. Below 18 no alcohol at all, so 16 is left out too; who stated nothing
    is spared what is for grown-ups only.
    """
    return age_class < {"unknown": 18, "16": 16}.get(stated, 99)
