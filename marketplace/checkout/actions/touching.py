"""Clicks on links that name what led to them: kept for whom it is allowed, and read at the basket.

A visitor's page writes nothing: clicks wait in memory and are written when the answer is out. They
are kept for 30 days for members who agreed to that, else under a basket that has something in it,
until it is ordered; nobody else's are kept.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from sqlalchemy import and_, delete, exists, func, or_, select, update

from marketplace.checkout.models import Basket, BasketLine, Touch
from marketplace.checkout.queries import basket_row
from marketplace.checkout.rules.basket import KINDS, MOST_HOPS, Step, joined
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.people.models import Consent, Login
from marketplace.people.rules.consents import WAY_TO_ORDER

FOR = timedelta(days=30)
MOST_WAITING, MOST_PRODUCTS = 1_000, 24


@dataclass(frozen=True, slots=True)
class Click:
    """Somebody came to some products by a link that names its source."""

    source: Step
    products: tuple[int, ...]
    person_id: int | None
    basket_key: str | None
    at: datetime


_waiting: list[Click] = []
_lock = Lock()


def clicked(
    source: Step, products: Collection[int], person_id: int | None, basket_key: str | None
) -> None:
    """Remember a click until the answer is out; nothing for who has neither account nor basket."""
    if source[0] not in KINDS or (person_id is None and not basket_key):
        return
    click = Click(source, tuple(products)[:MOST_PRODUCTS], person_id, basket_key, clock.now())
    with _lock:
        if len(_waiting) < MOST_WAITING:
            _waiting.append(click)


def clicks_wait() -> bool:
    """Whether there is anything to write."""
    return bool(_waiting)


def write_clicks() -> int:
    """Keep what waits, for whom it may be kept; how many clicks were kept. Changes touches.

    A loss of the process loses clicks, nothing else.
    """
    with _lock:
        clicks = list(_waiting)
        _waiting.clear()
    return sum(_keep(click) for click in clicks)


def _keep(click: Click) -> bool:
    owner = _owner(click.person_id, click.basket_key)
    if owner is None:
        return False
    kind, ref = click.source
    db.session.add_all(Touch(kind=kind, ref=ref, product_id=product, at=click.at, **owner)
                       for product in click.products)
    db.session.flush()
    return True


def _owner(person_id: int | None, basket_key: str | None) -> dict[str, int] | None:
    """Under whom a click may be kept, if under anybody."""
    if person_id is not None and db.session.scalar(select(_agreed(person_id))):
        return {"person_id": person_id}
    basket = basket_row(person_id, basket_key)
    filled = basket is not None and db.session.scalar(
        select(exists().where(BasketLine.basket_id == basket.id)))
    return {"basket_id": basket.id} if basket is not None and filled else None


def _agreed(person_id: int) -> Any:
    return exists().where(Consent.person_id == person_id, Consent.purpose == WAY_TO_ORDER,
                          Consent.withdrawn_at.is_(None))


def ways_to(basket: Basket, product_ids: Sequence[int], last: Step) -> dict[int, list[Step]]:
    """What led to each product: touches that count, oldest first, the form's own source last.

    Touches of a person count while the consent stands; those under a basket since the person
    signed in last. Loads: 1 statement.
    """
    since = [Touch.at > clock.now() - FOR]
    mine = and_(Touch.basket_id == basket.id, *since)
    if basket.person_id is not None:
        began = select(func.max(Login.made_at)).where(
            Login.person_id == basket.person_id).scalar_subquery()
        mine = or_(and_(Touch.basket_id == basket.id, Touch.at >= func.coalesce(began, Touch.at)),
                   and_(Touch.person_id == basket.person_id, _agreed(basket.person_id)))
    rows = db.session.execute(
        select(Touch.product_id, Touch.kind, Touch.ref)
        .where(Touch.product_id.in_(list(product_ids)), mine, *since)
        .order_by(Touch.at.desc(), Touch.id.desc())
        .limit(3 * MOST_HOPS * len(product_ids))).all()
    steps: dict[int, list[Step]] = {product: [] for product in product_ids}
    for product, kind, ref in reversed(rows):
        assert product is not None
        steps[product] = joined(steps[product], (kind, ref))
    return {product: joined(chain, last) for product, chain in steps.items()}


def end_way(basket_id: int, at: datetime) -> None:
    """The basket was ordered then: what was kept under it until then is gone. Changes touches."""
    db.session.execute(delete(Touch).where(Touch.basket_id == basket_id, Touch.at <= at))


def move_way(from_basket: int, to: Basket) -> None:
    """A guest signed in: what was kept under the guest's basket stands under the member's."""
    db.session.execute(update(Touch).where(Touch.basket_id == from_basket)
                       .values(basket_id=to.id).execution_options(synchronize_session=False))


def forget_old_clicks() -> int:
    """Delete touches older than 30 days; how many. Changes touches."""
    gone = db.session.execute(delete(Touch).where(Touch.at <= clock.now() - FOR))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def forget_way(person_ids: Sequence[int]) -> None:
    """Nothing is remembered of these people any more. Changes touches."""
    db.session.execute(delete(Touch).where(Touch.person_id.in_(list(person_ids))))
