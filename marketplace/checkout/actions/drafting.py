"""The draft of an order: what was answered on the way to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from marketplace.checkout.events import CheckoutFailed, CheckoutStepSeen
from marketplace.checkout.models import Basket, Checkout
from marketplace.checkout.queries import draft_of
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import announce

FAILURES = ("sold_out", "price_moved", "basket_moved", "coupon", "not_sent", "too_many", "other")


def keep_draft(basket: Basket, answers: Mapping[str, Any], step: str = "") -> Checkout:
    """Remember what was answered, and that `step` is come to. Changes checkouts.

    Announces CheckoutStepSeen the first time this draft comes to a step.
    """
    draft = draft_of(basket.id)
    if draft is None:
        draft = Checkout(basket_id=basket.id, attempt_key=str(uuid4()), answers={},
                         updated_at=clock.now())
        db.session.add(draft)
    seen = list(draft.answers.get("seen") or [])
    if step and step not in seen:
        seen.append(step)
        announce(CheckoutStepSeen(step, basket.person_id))
    draft.answers = {**draft.answers, **answers, "seen": seen}
    draft.updated_at = clock.now()
    db.session.flush()
    return draft


def note_failure(step: str, reason: str, person_id: int | None) -> None:
    """An order was not placed; announces CheckoutFailed."""
    announce(CheckoutFailed(step, reason if reason in FAILURES else "other", person_id))
