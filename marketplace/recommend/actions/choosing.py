"""What a person chooses of suggestions, and taking back what they go by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.recommend.actions.signals import keep_signal, note_change, upsert
from marketplace.recommend.models import ACCEPTS, ORDERS, REASONS, Choices, LessOf, Signal
from marketplace.recommend.queries import chosen

KNOWN_AND_LIKED = 0.8


def _keep(person_id: int, **values: Any) -> None:
    had = chosen(person_id)
    row = {"named": had.named, "order_by": had.order_by, "accepts": had.accepts,
           "asked": had.asked, **values}
    db.session.execute(upsert(Choices, {"person_id": person_id, **row}, ["person_id"], row))


def choose_order(person_id: int, order: str) -> None:
    """Go by taste, own people, everybody's verdict, or nothing personal.

    Raises Invalid. Changes recommend_choices.
    """
    if order not in ORDERS:
        raise Invalid({"order": _("Please choose one of the four.")})
    _keep(person_id, order_by=order)


def choose_named(person_id: int, named: bool) -> None:
    """Be named to others of like taste who agreed too, or not. Changes recommend_choices."""
    _keep(person_id, named=named)
    note_change("standing", person_id)


def choose_accepts(person_id: int, accepts: str) -> None:
    """Whose personal recommendations one takes. Raises Invalid. Changes recommend_choices."""
    if accepts not in ACCEPTS:
        raise Invalid({"accepts": _("Please choose one of the four.")})
    _keep(person_id, accepts=accepts)


def choose_asked(person_id: int, asked: bool) -> None:
    """Be asked for advice about what one has rated, or not. Changes recommend_choices."""
    _keep(person_id, asked=asked)


def drop_signal(person_id: int, product_id: int) -> None:
    """Forget what a person said of a product, for suggestions only; the answer itself stays.

    Raises NotFound. Changes signals, signal_clock.
    """
    done: Any = db.session.execute(delete(Signal).where(
        Signal.person_id == person_id, Signal.product_id == product_id))
    if not done.rowcount:
        raise NotFound(_("There is nothing at this address."))
    note_change("signals", person_id)


def less_of(person_id: int, reason: str) -> bool:
    """Want fewer suggestions for one kind of reason; a second time takes it back.

    True where it is wanted now. Raises Invalid. Changes less_of.
    """
    if reason not in REASONS:
        raise Invalid({"reason": _("Please choose one from the list.")})
    known = db.session.get(LessOf, (person_id, reason))
    if known is not None:
        db.session.delete(known)
    else:
        db.session.add(LessOf(person_id=person_id, reason=reason, at=clock.now()))
    db.session.flush()
    return known is None


def keep_known(person_id: int, product_ids: Iterable[int]) -> None:
    """Keep goods that a person says they know and like, as a first sign. Changes signals."""
    for product_id in product_ids:
        keep_signal(person_id, product_id, KNOWN_AND_LIKED, True, "tap")
