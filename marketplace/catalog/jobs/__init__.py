"""Background work of `catalog`."""

from marketplace.catalog.jobs.intake import (
    forget_imports,
    import_rows,
    look_into,
    read_import,
    read_now,
    save_now,
    undo_now,
)
from marketplace.catalog.jobs.pictures import render_picture
from marketplace.catalog.jobs.upkeep import forget_typed_forms, gaps
from marketplace.catalog.jobs.watches import watches

__all__ = ["forget_imports", "forget_typed_forms", "gaps", "import_rows", "look_into",
           "read_import", "read_now", "render_picture", "save_now", "undo_now", "watches"]
