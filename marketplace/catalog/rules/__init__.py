"""Decisions and formulas of the catalog on plain values: no database, no Flask."""
