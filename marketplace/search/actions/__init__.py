"""Changes of `search`."""

from marketplace.search.actions.writing import changed, rewrite_all, write_documents

__all__ = ["changed", "rewrite_all", "write_documents"]
