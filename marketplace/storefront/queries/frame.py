"""What the frame of every page counts for somebody who has a session."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import bindparam, exists, func, literal, select

from marketplace.checkout.models import Basket, BasketLine
from marketplace.foundation import clock
from marketplace.foundation.database import UtcDateTime, read
from marketplace.notify.models import Notice
from marketplace.producers.models import Staff
from marketplace.touchpoints.queries import open_ask
from marketplace.web.frame import FrameCounts


def frame_counts(person_id: int | None, basket_key: str | None) -> FrameCounts:
    """Basket, unread notices, whether there is a studio, and an open question.

    Loads: at most 1 statement.
    """
    if person_id is not None:
        return FrameCounts(*read(_of_person(), me=person_id, now=clock.now())[0])
    if basket_key:
        return FrameCounts(*read(_of_guest(), key=basket_key)[0])
    return FrameCounts(0, 0, False)


def _pieces() -> Any:
    return select(func.coalesce(func.sum(BasketLine.qty), 0)).join(
        Basket, Basket.id == BasketLine.basket_id)


@cache
def _of_person() -> Any:
    me: Any = bindparam("me")
    return select(
        _pieces().where(Basket.person_id == me).scalar_subquery(),
        select(func.count()).where(Notice.person_id == me, Notice.read_at.is_(None))
        .scalar_subquery(),
        exists().where(Staff.person_id == me, Staff.until.is_(None)),
        open_ask(me, bindparam("now", type_=UtcDateTime())))


@cache
def _of_guest() -> Any:
    return select(
        _pieces().where(Basket.key == bindparam("key"), Basket.person_id.is_(None))
        .scalar_subquery(), literal(0), literal(False))
