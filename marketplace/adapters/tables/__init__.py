"""Reading and writing tables of people: CSV of any spreadsheet program, XLSX, ZIP with pictures."""

from marketplace.adapters.tables.bundle import Bundle, opened
from marketplace.adapters.tables.contract import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    Table,
    TableFault,
)
from marketplace.adapters.tables.workbook import written_workbook

__all__ = ["MOST_BYTES", "MOST_COLUMNS", "MOST_ROWS", "Bundle", "Table", "TableFault", "opened",
           "written_workbook"]
