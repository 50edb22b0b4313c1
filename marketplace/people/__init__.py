"""Room `people`: accounts, sign-in, public profiles, follow, trust and block.

Tables: people, accounts, mail_tokens, one_time_codes, logins, visibility, subjects, follows,
trusts, blocks, mutes, addresses, consents. Announces PersonJoined, EmailConfirmed, PersonChanged,
Followed, Unfollowed, TrustGiven, TrustWithdrawn, Blocked, ResetAsked, ConsentChanged, CodeAsked.
Uses web and journal.
"""
