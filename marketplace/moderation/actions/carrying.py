"""What a decision does to what it is about, and how that is undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import select

from marketplace.bundles.actions import empty_bundle, empty_poll, hide_poll, set_standing
from marketplace.catalog.actions.hiding import hide_product
from marketplace.dialogue.actions import (
    empty_board,
    empty_post,
    empty_thread,
    hide_post,
    hide_thread,
)
from marketplace.foundation.database import db
from marketplace.groups.actions.hiding import empty_group, hide_group
from marketplace.moderation.models import Decision, Matter
from marketplace.moderation.rules import TOUCHES_NOTHING
from marketplace.people.actions.hiding import empty_profile, hide_profile
from marketplace.recommend.actions import (
    empty_ask,
    empty_recommendation,
    hide_ask,
    hide_recommendation,
)
from marketplace.reviews.actions import (
    empty_imported,
    empty_reply,
    empty_words,
    hide_reply,
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
    elif kind == "reply":
        hide_reply(object_id, reason if hidden else None)
    elif kind == "bundle":
        standing = {"hold": "held", "remove": "removed", "collapse": "collapsed",
                    "label": "labelled"}.get(measure, "visible")
        set_standing(object_id, standing, reason if standing != "visible" else None)
    elif hidden or measure == "restore":
        HIDE[kind](object_id, hidden)


HIDE: Mapping[str, Callable[[int, bool], None]] = {
    "post": hide_post, "thread": hide_thread, "poll": hide_poll, "panel": hide_panel_words,
    "recommendation": hide_recommendation, "ask": hide_ask, "product": hide_product,
    "person": hide_profile, "group": hide_group,
}
"""What is only seen or not seen: each room hides its own."""


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
    "rating": empty_words, "reply": empty_reply, "imported": empty_imported,
    "post": empty_post, "thread": empty_thread, "bundle": empty_bundle, "poll": empty_poll,
    "recommendation": empty_recommendation, "ask": _empty_ask, "panel": empty_panel_words,
    "person": empty_profile, "group": empty_group,
}
"""What becomes of removed words after the time for appeals: each room forgets its own."""
