"""Taking in files of goods in the studio: read, checked, corrected, saved, taken back."""

from marketplace.catalog.actions.intake.checking import check_batch
from marketplace.catalog.actions.intake.reading import (
    broken,
    choose_columns,
    correct_cells,
    forget_old,
    keep_rows,
    start,
    start_over,
)
from marketplace.catalog.actions.intake.saving import ask_saving, finish_saving, save_batch
from marketplace.catalog.actions.intake.undoing import ask_undo, finish_undo, undo_batch_of

__all__ = [
    "ask_saving", "ask_undo", "broken", "check_batch", "choose_columns", "correct_cells",
    "finish_saving", "finish_undo", "forget_old", "keep_rows", "save_batch", "start",
    "start_over", "undo_batch_of",
]
