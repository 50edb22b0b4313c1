"""How somebody first heard of the marketplace. Pure."""

from __future__ import annotations

FIRST_CONTACTS = ("friends", "market", "press", "search", "advert", "other")
"""Answers of the first order; saying nothing is none of them and set in advance."""
