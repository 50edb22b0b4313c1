"""Decisions and formulas about answers of buyers, on plain values."""
