"""Background work of `notify`: sending, digests, looking after classes, old rows."""

from marketplace.notify.jobs import digests, members, recalling, sending, tending

__all__ = ["digests", "members", "recalling", "sending", "tending"]
