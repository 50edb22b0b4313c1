"""Tables of `groups`: communities, who belongs to them, what they choose and decide."""

from marketplace.groups.models.ambassadors import Ambassador
from marketplace.groups.models.belonging import (
    Exclusion,
    Invite,
    JoinRequest,
    Membership,
    OpenedConsent,
)
from marketplace.groups.models.choosing import GroupList, ListItem, ListVote, Pick, PickVote
from marketplace.groups.models.dates import Attendance, Date
from marketplace.groups.models.deciding import Ballot, Candidacy, Proposal
from marketplace.groups.models.group import Group, GroupRule, GroupTag, HiddenGroup, Tag

__all__ = [
    "Ambassador", "Attendance", "Ballot", "Candidacy", "Date", "Exclusion", "Group", "GroupList",
    "GroupRule", "GroupTag", "HiddenGroup", "Invite", "JoinRequest", "ListItem", "ListVote",
    "Membership", "OpenedConsent", "Pick", "PickVote", "Proposal", "Tag",
]
