"""Waking a browser through the push service of its maker."""

from marketplace.adapters.push.contract import PushDoor, PushGone, PushRefused, PushTarget
from marketplace.adapters.push.pretend import PretendPush

__all__ = ["PretendPush", "PushDoor", "PushGone", "PushRefused", "PushTarget"]
