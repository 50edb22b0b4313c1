"""The daily look at goods on sale, and forgetting what was half typed."""

from __future__ import annotations

from marketplace.catalog.actions.typed import forget_typed
from marketplace.catalog.actions.upkeep import look_at, on_sale_after
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import job


@job("catalog.gaps", every_seconds=86_400)
def gaps() -> None:
    """Look at all goods on sale, a batch a change: what is missing, and proofs that ended."""
    last = 0
    while ids := on_sale_after(last):
        db.session.rollback()
        with committing():
            look_at(ids)
        last = ids[-1]


@job("catalog.forget_typed", every_seconds=86_400)
def forget_typed_forms() -> None:
    """Drop what was typed before a login ended and never came back."""
    with committing():
        forget_typed()
