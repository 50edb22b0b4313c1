"""Decisions of search on plain values: analysis, spelling, wishes, ranking; the same for all engines."""
