"""Background work of `notify`: sending, digests, looking after classes, old rows."""

from marketplace.notify.jobs import (
    closing,
    digests,
    members,
    pushing,
    recalling,
    sending,
    tending,
    watching,
)

__all__ = ["closing", "digests", "members", "pushing", "recalling", "sending", "tending",
           "watching"]
