"""The formula in force, what it was, and what it will be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.kept import kept
from marketplace.reviews.models import FormulaVersion
from marketplace.reviews.rules.formula import Formula, formula_of
from marketplace.reviews.rules.formula import in_force as rule_in_force


def formula_history() -> Sequence[tuple[datetime, Formula, str, str]]:
    """All versions as (valid from, formula, why in German, in English), newest first.

    Loads: 1 statement.
    """
    rows = db.session.execute(
        select(FormulaVersion.valid_from, FormulaVersion.parameters, FormulaVersion.why_de,
               FormulaVersion.why_en)
        .order_by(FormulaVersion.valid_from.desc(), FormulaVersion.id.desc()).limit(200))
    return [(row[0], formula_of(row[1]), row[2], row[3]) for row in rows]


def formula_in_force(at: datetime | None = None) -> Formula:
    """The formula of now, or of a moment. Loads: 1 statement, at most once a minute."""
    versions = kept("formula versions", lambda: [
        (row[0], row[1]) for row in db.session.execute(
            select(FormulaVersion.valid_from, FormulaVersion.parameters)
            .order_by(FormulaVersion.valid_from, FormulaVersion.id))])
    return rule_in_force(versions, at or clock.now())
