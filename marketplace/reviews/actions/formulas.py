"""Changing the formula: with a reason, and visible before it takes effect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from flask_babel import gettext as _

from marketplace.foundation import clock
from marketplace.foundation.database import after_commit, db
from marketplace.foundation.errors import Invalid
from marketplace.foundation.events import OperatorActed, announce
from marketplace.foundation.kept import forget
from marketplace.reviews.models import FormulaVersion
from marketplace.reviews.queries.formulas import formula_in_force
from marketplace.reviews.rules.formula import NOTICE, Formula, changed, fault, formula_of


def change_formula(
    by: int, values: Mapping[str, float], valid_from: datetime, why_de: str, why_en: str
) -> FormulaVersion:
    """Write a new version of the formula with its reason; it takes effect a day later at least.

    Raises Invalid. Changes formula_versions; announces OperatorActed.
    """
    new, faults = formula_from(values, valid_from)
    if valid_from < clock.now() + NOTICE:
        faults["valid_from"] = _("A change stands on the page for a day before it takes effect.")
    if len(why_de.strip()) < 10:
        faults["why_de"] = _("Say why, in German: at least ten characters.")
    if len(why_en.strip()) < 10:
        faults["why_en"] = _("Say why, in English: at least ten characters.")
    if faults:
        raise Invalid(faults)
    row = FormulaVersion(valid_from=valid_from, parameters=asdict(new), why_de=why_de[:300],
                         why_en=why_en[:300])
    db.session.add(row)
    db.session.flush()
    announce(OperatorActed(by, "formula.change", "formula", row.id, why_en[:300]))
    after_commit(forget)
    return row


def formula_from(values: Mapping[str, float], valid_from: datetime
                 ) -> tuple[Formula, dict[str, str]]:
    """The formula these values make of the one that would be in force then, and what is wrong
    with them; what is out of bounds is left as it was.
    """
    faults = {}
    for name, value in values.items():
        if fault(name, value) == "unknown":
            faults[name] = _("There is no such parameter.")
        elif fault(name, value):
            faults[name] = _("This is outside of what the parameter may be.")
    now = formula_in_force(valid_from)
    new = formula_of({**asdict(now), **{n: v for n, v in values.items() if n not in faults}})
    if not faults and not changed(now, new):
        faults["values"] = _("This changes nothing.")
    if new.mean_low > new.mean_high or new.prior_weight_low > new.prior_weight_high:
        faults["values"] = _("The lower end lies above the upper one.")
    return new, faults
