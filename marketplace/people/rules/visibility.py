"""Who sees which field of a profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LEVELS = ("everyone", "members", "followed", "me")
DEFAULTS: Mapping[str, str] = {
    "picture": "members",
    "display_name": "members",
    "about": "members",
    "region": "members",
    "languages": "members",
    "subjects": "members",
    "thanks": "members",
    "ratings": "members",
    "recommendations": "members",
    "bundles": "members",
    "lists": "members",
    "groups": "members",
    "follows": "me",
    "followers": "me",
    "trusts": "me",
}


@dataclass(frozen=True, slots=True)
class Viewer:
    """How somebody stands to the owner of a profile."""

    is_owner: bool = False
    signed_in: bool = False
    followed_by_owner: bool = False
    blocked: bool = False


def may_see(level: str, viewer: Viewer) -> bool:
    """Whether a field of this level shows to this viewer; a block closes all but everyone."""
    if viewer.is_owner or level == "everyone":
        return True
    if viewer.blocked or not viewer.signed_in or level == "me":
        return False
    return level == "members" or viewer.followed_by_owner


def shown_fields(chosen: Mapping[str, str], viewer: Viewer) -> frozenset[str]:
    """The fields this viewer sees, from the owner's choices over the defaults."""
    levels = {**DEFAULTS, **{f: v for f, v in chosen.items() if f in DEFAULTS and v in LEVELS}}
    return frozenset(field for field, level in levels.items() if may_see(level, viewer))
