"""Full text in PostgreSQL, for markets on several hosts: no files, the same answers as on disk."""

from marketplace.adapters.fulltext.postgres.engine import PostgresIndex

__all__ = ["PostgresIndex"]
