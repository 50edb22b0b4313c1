"""Room `groups`: communities with members, roles, rules, lists and monthly picks.

Tables: groups, memberships, join_requests, group_rules, group_lists, list_items, pick_votes, picks,
hidden_groups.
Announces GroupFounded, MemberJoined, MemberLeft, JoinAsked, JoinDecided, PickMade, ListItemAdded.
Topics are threads of `dialogue`; group scores come from `reviews`.
"""
