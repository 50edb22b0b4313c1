"""Reading what a bank says: camt.053 (XML or ZIP) and the CSV files of online banking."""

from __future__ import annotations

from collections.abc import Mapping

from marketplace.adapters.statements.camt import read_xml, read_zip
from marketplace.adapters.statements.contract import (
    MOST_BYTES,
    MOST_ENTRIES,
    BankEntry,
    Statement,
    StatementFault,
)
from marketplace.adapters.statements.delimited import COLUMNS, read_csv

__all__ = ["COLUMNS", "MOST_BYTES", "MOST_ENTRIES", "BankEntry", "Statement", "StatementFault",
           "read_statement"]


def read_statement(body: bytes, columns: Mapping[str, str] | None = None) -> Statement:
    """What stands in a file of a bank, told apart by its content.

    `columns`: names of a CSV's columns by `COLUMNS`, where they are not recognised. Raises
    StatementFault.
    """
    if not body.strip():
        raise StatementFault("empty")
    if body.startswith(b"PK\x03\x04"):
        return read_zip(body)
    if len(body) > MOST_BYTES:
        raise StatementFault("bytes", most=MOST_BYTES)
    head = body[:200].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return read_xml(body) if head.startswith(b"<") else read_csv(body, columns or {})
