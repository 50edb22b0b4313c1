"""What happens in groups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from marketplace.foundation.events import Event


@dataclass(frozen=True, slots=True)
class AmbassadorAsked(Event):
    """Somebody asks to speak for a thing, or is asked to."""

    ambassador_id: int


@dataclass(frozen=True, slots=True)
class AmbassadorActive(Event):
    """Both sides agreed."""

    ambassador_id: int


@dataclass(frozen=True, slots=True)
class AmbassadorEnded(Event):
    """One side ended it, or said no."""

    ambassador_id: int


@dataclass(frozen=True, slots=True)
class GroupFounded(Event):
    """A community began."""

    group_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class MemberJoined(Event):
    """Somebody belongs now."""

    group_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class GroupMailChosen(Event):
    """A member said whether one group writes by mail: "on", "off", or as the settings say."""

    group_id: int
    person_id: int
    wanted: str | None


@dataclass(frozen=True, slots=True)
class MemberLeft(Event):
    """Somebody belongs no longer."""

    group_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class JoinAsked(Event):
    """Somebody asks to enter a closed group."""

    group_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class JoinDecided(Event):
    """A moderator answered a request."""

    group_id: int
    person_id: int
    yes: bool


@dataclass(frozen=True, slots=True)
class PickVoted(Event):
    """A member gave one of three votes of the month."""

    group_id: int
    person_id: int
    product_id: int


@dataclass(frozen=True, slots=True)
class ListItemAdded(Event):
    """A product stands on a shared list, with a reason."""

    group_id: int
    product_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class GroupChanged(Event):
    """Moderators described their group anew."""

    group_id: int


@dataclass(frozen=True, slots=True)
class RoleChanged(Event):
    """Somebody has another role in a group."""

    group_id: int
    person_id: int
    role: str


@dataclass(frozen=True, slots=True)
class HandingOver(Event):
    """The founder asks a member to take the group over."""

    group_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class PersonInvited(Event):
    """A member asks somebody to come in."""

    group_id: int
    person_id: int
    by_id: int


@dataclass(frozen=True, slots=True)
class PersonExcluded(Event):
    """Moderators keep somebody out, with a reason."""

    exclusion_id: int
    group_id: int
    person_id: int
    by_id: int
    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class LetInAgain(Event):
    """Moderators ended an exclusion themselves."""

    exclusion_id: int
    group_id: int
    person_id: int
    by_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class ElectionOpened(Event):
    """A group looks for people who answer for it."""

    group_id: int
    proposal_id: int


@dataclass(frozen=True, slots=True)
class ProposalOpened(Event):
    """Something is to be decided; `person_id` is None where it comes up again by itself."""

    group_id: int
    proposal_id: int
    person_id: int | None


@dataclass(frozen=True, slots=True)
class VoteOpened(Event):
    """The talk is over, the vote began."""

    group_id: int
    proposal_id: int


@dataclass(frozen=True, slots=True)
class ProposalDecided(Event):
    """passed, failed or overtaken."""

    group_id: int
    proposal_id: int
    state: str


@dataclass(frozen=True, slots=True)
class ProposalVetoed(Event):
    """The operator stopped what passed, with a public reason."""

    group_id: int
    proposal_id: int
    by_id: int
    why: str


@dataclass(frozen=True, slots=True)
class RuleChanged(Event):
    """Other rules are in force."""

    group_id: int
    version: int


@dataclass(frozen=True, slots=True)
class KindChanged(Event):
    """A group is open, closed or secret now."""

    group_id: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PickMade(Event):
    """A group's product of a month is known."""

    group_id: int
    product_id: int
    month: str


@dataclass(frozen=True, slots=True)
class GroupResting(Event):
    """Nobody looks after a group; nothing new is begun in it."""

    group_id: int


@dataclass(frozen=True, slots=True)
class GroupEnding(Event):
    """Members are told that their group ends."""

    group_id: int
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class GroupEnded(Event):
    """A group is no more."""

    group_id: int


@dataclass(frozen=True, slots=True)
class DateAdded(Event):
    """A date of a group or a house stands in the calendar."""

    date_id: int
    group_id: int | None
    producer_id: int | None


@dataclass(frozen=True, slots=True)
class DateChanged(Event):
    """A date was moved or cancelled."""

    date_id: int
    how: str


@dataclass(frozen=True, slots=True)
class DateReminder(Event):
    """A day before a date, for who chose it."""

    date_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class SeatFreed(Event):
    """A seat is kept 48 hours for the first who waits."""

    date_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class RequestsWait(Event):
    """Somebody waits a week or longer for an answer."""

    group_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class ManyInvited(Event):
    """Somebody made as many invitations as a day allows."""

    person_id: int
