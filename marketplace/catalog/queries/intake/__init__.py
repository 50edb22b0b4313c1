"""Reads of imports and exports of goods."""

from marketplace.catalog.queries.intake.imports import (
    ImportRowView,
    ImportView,
    import_view,
    imports_of,
    ready_batch,
    row_views,
    same_file,
    undo_batch,
    unread_batch,
)
from marketplace.catalog.queries.intake.present import (
    Present,
    Standing,
    goods_pages,
    present_products,
    present_variants,
)

__all__ = [
    "ImportRowView", "ImportView", "Present", "Standing", "goods_pages", "import_view",
    "imports_of", "present_products", "present_variants", "ready_batch", "row_views", "same_file",
    "undo_batch", "unread_batch",
]
