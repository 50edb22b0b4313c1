"""Decisions of search on plain values: analysis, spelling, wishes, ranking; for all engines."""
