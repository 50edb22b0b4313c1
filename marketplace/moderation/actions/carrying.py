"""What a decision does to what it is about, and how that is undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import select

from marketplace.bundles.actions import empty_bundle, empty_poll, hide_poll, set_standing
from marketplace.dialogue.actions import (
    empty_board,
    empty_post,
    empty_thread,
    hide_post,
    hide_thread,
)
from marketplace.foundation.database import db
from marketplace.moderation.models import Decision, Matter
from marketplace.moderation.rules import TOUCHES_NOTHING
from marketplace.recommend.actions import (
    empty_ask,
    empty_recommendation,
    hide_ask,
    hide_recommendation,
)
from marketplace.reviews.actions import (
    empty_imported,
    empty_words,
    set_imported_standing,
    set_words_standing,
)
from marketplace.touchpoints.actions import empty_panel_words, hide_panel_words


def carry_out(kind: str, object_id: int, measure: str, reason: str) -> None:
    """Do to the words what was decided; answers and counts stay."""
    hidden = measure in ("hold", "remove")
    if kind == "rating":
        standing = "hidden" if hidden else "collapsed" if measure == "collapse" else "visible"
        set_words_standing(object_id, standing, reason if standing != "visible" else None)
    elif kind == "imported":
        set_imported_standing(object_id, "hidden" if hidden else "visible",
                              reason if hidden else None)
    elif kind == "post":
        hide_post(object_id, hidden)
    elif kind == "thread":
        hide_thread(object_id, hidden)
    elif kind == "poll":
        hide_poll(object_id, hidden)
    elif kind == "panel":
        hide_panel_words(object_id, hidden)
    elif kind == "bundle":
        standing = {"hold": "held", "remove": "removed", "collapse": "collapsed",
                    "label": "labelled"}.get(measure, "visible")
        set_standing(object_id, standing, reason if standing != "visible" else None)
    elif hidden or measure == "restore":
        _carry_out_advice(kind, object_id, hidden)


def _carry_out_advice(kind: str, object_id: int, hidden: bool) -> None:
    if kind == "recommendation":
        hide_recommendation(object_id, hidden)
    elif kind == "ask":
        hide_ask(object_id, hidden)


def put_back(matter: Matter, decision: Decision) -> None:
    """Undo a decision: all is as it was, what an earlier decision that still holds did included."""
    kind, object_id = matter.object_kind, matter.object_id
    carry_out(kind, object_id, "restore", decision.reason)
    earlier = db.session.scalar(
        select(Decision).join(Matter, Matter.id == Decision.matter_id)
        .where(Matter.object_kind == kind, Matter.object_id == object_id,
               Decision.id < decision.id, Decision.replaced_by.is_(None))
        .order_by(Decision.id.desc()).limit(1))
    if earlier is not None and earlier.measure not in TOUCHES_NOTHING:
        carry_out(kind, object_id, earlier.measure, earlier.reason)


def _empty_ask(ask_id: int) -> None:
    empty_board(ask_id)
    empty_ask(ask_id)


EMPTY: Mapping[str, Callable[[int], None]] = {
    "rating": empty_words, "imported": empty_imported, "post": empty_post, "thread": empty_thread,
    "bundle": empty_bundle, "poll": empty_poll, "recommendation": empty_recommendation,
    "ask": _empty_ask, "panel": empty_panel_words,
}
"""What becomes of removed words after the time for appeals: each room forgets its own."""
