"""Decisions and formulas of the operator's and producer's figures, on plain values."""
