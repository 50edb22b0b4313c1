"""Changes of `notify`."""

from marketplace.notify.actions.telling import choose, letter, mark_read, stop, tell

__all__ = ["choose", "letter", "mark_read", "stop", "tell"]
