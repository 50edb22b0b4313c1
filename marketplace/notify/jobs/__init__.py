"""Background work of `notify`: sending, digests, looking after classes, old rows."""

from marketplace.notify.jobs import digests, members, sending, tending

__all__ = ["digests", "members", "sending", "tending"]
