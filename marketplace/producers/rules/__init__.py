"""Decisions of `producers` on plain values."""

from marketplace.producers.rules.hours import PLATFORM_HOURS, Window, due, elapsed, open_windows
from marketplace.producers.rules.roles import RIGHTS, ROLES, may, roles_for
from marketplace.producers.rules.voices import publishing_lock, studio_rank

__all__ = [
    "PLATFORM_HOURS", "RIGHTS", "ROLES", "Window", "due", "elapsed", "may", "open_windows",
    "publishing_lock", "roles_for", "studio_rank",
]
