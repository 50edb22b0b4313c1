"""Changes of `notify`."""

from marketplace.notify.actions.choosing import bring_back, choose, keep_pace
from marketplace.notify.actions.counting import count_letter, rest_annoying, wake
from marketplace.notify.actions.returning import take_report, try_again
from marketplace.notify.actions.stopping import (
    address_hash,
    runs,
    stop,
    stop_hash,
    stop_person,
)
from marketplace.notify.actions.telling import call_off, letter, mark_read, tell

__all__ = [
    "address_hash", "bring_back", "call_off", "choose", "count_letter", "keep_pace", "letter",
    "mark_read", "rest_annoying", "runs", "stop", "stop_hash", "stop_person", "take_report", "tell",
    "try_again", "wake",
]
