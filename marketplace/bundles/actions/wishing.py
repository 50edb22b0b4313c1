"""A wish of several parts as a private draft."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.bundles.actions.composing import fill, start
from marketplace.bundles.actions.laying import ItemWish
from marketplace.bundles.models import BoardTemplate, Bundle
from marketplace.bundles.rules import LEAST_ITEMS
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid

LONGEST_TITLE = 80


def draft_from(author_id: int, title: str, lang: str, items: Sequence[tuple[int, int]],
               still_open: Sequence[str]) -> Bundle:
    """A private draft with these products (id and pieces); what is not found yet stands in words.

    Raises Invalid for fewer than two products. Changes bundles, bundle_items.
    """
    if len(items) < LEAST_ITEMS:
        raise Invalid({"items": _("A bundle has 2 to 24 products.")})
    board = db.session.execute(select(BoardTemplate.id, BoardTemplate.slots).where(
        BoardTemplate.slug == "free")).one()
    row = start(author_id, board.id, title[:LONGEST_TITLE], lang)
    slots = [slot["key"] for slot in board.slots]
    wishes = [ItemWish(slots[n] if n < len(slots) else "", product, qty, "")
              for n, (product, qty) in enumerate(items)]
    words = _("Still wanted: %(what)s.", what=", ".join(still_open)) if still_open else ""
    return fill(row.id, author_id, row.version, {"title": row.title, "words": words}, wishes)
