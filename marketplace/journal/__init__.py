"""Room `journal`: append-only record of what happened, pseudonymous, with retention.

Tables: journal_entries, journal_counts, journal_days, journal_keys. Announces nothing. Reactions of
all rooms write through `actions.note`; page views are added up in memory and flushed.
"""
