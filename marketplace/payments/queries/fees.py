"""Reads of the commission: in force, and announced."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ScalarSelect, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.payments.models import FeeRule


def commission_of(day: date) -> ScalarSelect[int]:
    """The commission of a day, to be asked within another statement."""
    return (select(FeeRule.commission_bp).where(FeeRule.valid_from <= day)
            .order_by(FeeRule.valid_from.desc()).limit(1).scalar_subquery())


def commission_now() -> int:
    """The commission on what is ordered today, in basis points. Loads: 1 statement."""
    return db.session.scalar(select(commission_of(clock.today()))) or 0


def fee_rules(limit: int = 50) -> Sequence[FeeRule]:
    """All rules, the newest day first. Loads: 1 statement."""
    return db.session.scalars(
        select(FeeRule).order_by(FeeRule.valid_from.desc()).limit(limit)).all()
