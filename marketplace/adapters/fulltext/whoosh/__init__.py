"""Whoosh on disk as index, its postings and columns evaluated on arrays."""

from marketplace.adapters.fulltext.whoosh.engine import WhooshIndex

__all__ = ["WhooshIndex"]
