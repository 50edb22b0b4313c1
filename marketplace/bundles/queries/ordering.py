"""The order of lists of bundles, and the one that a group gave its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import exists, select

from marketplace.bundles.models import Bundle
from marketplace.foundation.database import db

MOST_ORDERED = 500
A_PAGE = 12
"""How many bundles a page of a list holds."""


def keys_of(order: str) -> tuple[Any, ...]:
    """By what a list is sorted: the newest first; "group": by the group's own order, with what
    nobody put anywhere yet after it.
    """
    newest = (Bundle.published_at.desc(), Bundle.id.desc())
    return (Bundle.group_pos.is_(None), Bundle.group_pos, *newest) if order == "group" else newest


def has_group_order(group_id: int) -> bool:
    """Whether a group ordered its bundles by hand. Loads: 1 statement."""
    return bool(db.session.scalar(select(exists().where(Bundle.group_id == group_id,
                                                        Bundle.group_pos.is_not(None)))))


def in_group_order(group_id: int, lock: bool = False) -> Sequence[Bundle]:
    """What all members see in the list of their group, in its own order. Loads: 1 statement."""
    found = select(Bundle).where(
        Bundle.group_id == group_id, Bundle.state == "published",
        Bundle.standing.in_(("visible", "labelled")),
        Bundle.visibility.in_(("public", "members", "group"))
    ).order_by(*keys_of("group")).limit(MOST_ORDERED).execution_options(populate_existing=True)
    return db.session.scalars(found.with_for_update() if lock else found).all()
