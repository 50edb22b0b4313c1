"""Room `people`: accounts, sign-in and factors, profiles, ties, wishes, privacy, leaving.

Tables: people, accounts, mail_tokens, one_time_codes, logins, passkeys, code_apps, recovery_codes,
used_challenges, factor_tries, visibility, subjects, follows, trusts, blocks, mutes, addresses,
consents, wishes, health_wishes, standing, helpers, person_sightings, takeouts, closings, erasures,
old_handles, hidden_profiles. Announces PersonJoined, EmailConfirmed, EmailChanged, PersonChanged,
Followed, Unfollowed, TrustGiven, TrustWithdrawn, Blocked, Unblocked, ResetAsked, ConsentChanged,
CodeAsked, FactorChanged, TokenMade, WishChanged, CheckInAnswered, LevelChanged, AccountClosing,
AccountReopened, PersonErased, TakeoutReady, InactiveWarned. Uses web and journal.
"""
