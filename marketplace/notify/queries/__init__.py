"""Reads of `notify`."""

from marketplace.notify.queries.classes import (
    class_health,
    paused_classes,
    skipped_by_reason,
    states,
)
from marketplace.notify.queries.objects import sees
from marketplace.notify.queries.own import (
    choices_of,
    hash_stopped,
    is_snoozed,
    may_ask,
    notices_of,
    pace_of,
    sent_lately,
    unread_count,
    zone_of,
)
from marketplace.notify.queries.past import past_letters

__all__ = ["choices_of", "class_health", "hash_stopped", "is_snoozed", "may_ask", "notices_of",
           "pace_of", "past_letters", "paused_classes", "sees", "sent_lately", "skipped_by_reason",
           "states", "unread_count", "zone_of"]
