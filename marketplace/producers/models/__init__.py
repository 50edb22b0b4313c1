"""Tables of `producers`."""

from marketplace.producers.models.dealing import Deviation, MessageBlock, ProducerMedia, Terms
from marketplace.producers.models.evidence import Evidence
from marketplace.producers.models.pages import (
    ClosedDay,
    Face,
    Pause,
    Producer,
    ProducerFact,
    ProducerFollow,
    ProducerText,
    Promise,
    SeenItem,
    ServiceHours,
)
from marketplace.producers.models.staff import Staff, StaffLink
from marketplace.producers.models.traders import (
    Registration,
    Sighting,
    StepDone,
    Trader,
    TraderVersion,
)

__all__ = [
    "ClosedDay",
    "Deviation",
    "Evidence",
    "Face",
    "MessageBlock",
    "Pause",
    "Producer",
    "ProducerFact",
    "ProducerFollow",
    "ProducerMedia",
    "ProducerText",
    "Promise",
    "Registration",
    "SeenItem",
    "ServiceHours",
    "Sighting",
    "Staff",
    "StaffLink",
    "StepDone",
    "Terms",
    "Trader",
    "TraderVersion",
]
