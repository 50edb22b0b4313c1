"""What follows what people and groups do."""

from __future__ import annotations

from collections.abc import Mapping

from marketplace.foundation.events import Event
from marketplace.groups import events as groups
from marketplace.handlers import (
    answers,
    asking,
    counts,
    excluded,
    found,
    leaving,
    lists,
    records,
)
from marketplace.notify.actions import accounts as told
from marketplace.notify.actions import groups as village
from marketplace.notify.actions import money as purse
from marketplace.notify.actions import reacting as notify
from marketplace.people import events as people
from marketplace.reactions.kinds import Handlers

VILLAGE: Mapping[type[Event], Handlers] = {
    people.PersonJoined: (records.note_joined, notify.joined, found.member_changed),
    people.JoinedTwice: (notify.joined_twice,),
    people.ResetAsked: (notify.reset_asked,),
    people.CodeAsked: (purse.code_asked,),
    people.PasswordChanged: (told.password_changed,),
    people.FactorChanged: (told.factor_changed,),
    people.TokenMade: (told.token_made,),
    people.EmailChangeAsked: (told.email_asked,),
    people.EmailChanged: (told.email_changed,),
    people.SignedIn: (counts.merge_basket,),
    people.PersonChanged: (lists.drop_pages, lists.willing_changed, found.member_changed),
    people.Followed: (records.note_followed, lists.follows_changed, notify.followed),
    people.Unfollowed: (records.note_unfollowed, lists.follows_changed),
    people.TrustGiven: (lists.trusts_changed, found.trust_moved),
    people.TrustWithdrawn: (lists.trusts_changed, found.trust_moved),
    **dict.fromkeys((people.Blocked, people.Unblocked), (lists.ties_ended,)),
    people.ConsentChanged: (lists.consent_changed, asking.panel_left),
    people.AccountClosing: (lists.drop_pages, lists.person_leaves, told.closing,
                            found.person_leaves),
    people.AccountReopened: (lists.drop_pages, lists.person_leaves, found.person_leaves),
    people.PersonErased: (found.person_leaves, leaving.forget, lists.drop_pages),
    people.TakeoutReady: (told.takeout_ready,),
    people.InactiveWarned: (told.inactive,),
    groups.GroupFounded: (counts.group_grows, lists.drop_pages, found.group_told),
    groups.MemberJoined: (records.note_group_joined, counts.group_grows, lists.drop_pages),
    groups.MemberLeft: (records.note_group_left, counts.group_shrinks, lists.drop_pages),
    groups.GroupMailChosen: (village.mail_chosen,),
    groups.JoinAsked: (notify.join_asked,),
    groups.JoinDecided: (notify.join_decided,),
    groups.GroupChanged: (lists.drop_pages, found.group_told),
    groups.RoleChanged: (village.role_changed,),
    groups.AmbassadorAsked: (village.ambassador_asked,),
    groups.AmbassadorActive: (counts.speaks, village.ambassador_agreed, lists.drop_pages),
    groups.AmbassadorEnded: (counts.speaks_no_more, lists.drop_pages),
    groups.HandingOver: (village.handing_over,),
    groups.PersonInvited: (village.person_invited,),
    groups.ManyInvited: (answers.look_at_inviter,),
    groups.PersonExcluded: (excluded.log_out, village.person_excluded),
    groups.LetInAgain: (excluded.log_in_again, village.let_in_again),
    groups.RequestsWait: (village.requests_wait,),
    groups.ElectionOpened: (village.election_opened, lists.group_changed),
    groups.ProposalOpened: (answers.proposal_talk, lists.group_changed),
    groups.VoteOpened: (village.vote_opened,),
    groups.ProposalDecided: (village.proposal_decided, lists.group_changed),
    groups.ProposalVetoed: (village.proposal_vetoed, lists.drop_pages),
    groups.KindChanged: (counts.kind_changed, lists.drop_pages, found.group_moved),
    groups.PickMade: (village.pick_made, lists.drop_pages),
    groups.GroupResting: (village.group_resting, lists.drop_pages),
    groups.GroupEnding: (village.group_ending,),
    groups.GroupEnded: (lists.drop_pages, found.group_moved),
    groups.DateAdded: (village.date_added, lists.group_changed),
    groups.DateChanged: (village.date_changed, lists.drop_pages),
    groups.DateReminder: (village.date_reminder,),
    groups.SeatFreed: (village.seat_freed,),
}
