"""Reads of `insights`."""

from marketplace.insights.queries.figures import (
    FigureRow,
    checkout_counts,
    figures,
    first_contacts,
    public_numbers,
)

__all__ = ["FigureRow", "checkout_counts", "figures", "first_contacts", "public_numbers"]
