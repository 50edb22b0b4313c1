"""Age at the checkout: a date is compared and thrown away, or a plugged check is asked; what an
account said is not asked again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from marketplace.adapters.age import AgeCheck
from marketplace.adapters.doors import doors
from marketplace.checkout.actions.checking import age_known, highest_age
from marketplace.checkout.queries import BasketView
from marketplace.checkout.rules.age import age_class_of, age_on
from marketplace.foundation import clock
from marketplace.foundation.errors import Invalid


def result_of(method: str, age_class: int) -> dict[str, Any]:
    """What is kept of a check: how, which class, when; no date of birth."""
    return {"method": method, "class": age_class, "at": clock.now().isoformat(timespec="seconds")}


def _plugged(door: AgeCheck, need: int, typed: Mapping[str, Any]) -> dict[str, Any]:
    """The result of the check that the operator plugged in. Raises Invalid."""
    answer = str(typed.get("age") or "")[:200]
    if not answer:
        raise Invalid({"age": _("Without this some goods of your basket cannot be ordered.")})
    reached = door.reached(answer, need)
    if reached < need:
        raise Invalid({"age": _("Some goods in your basket may not be handed over to you yet. "
                                "Please take them out.")})
    return result_of("plugged", reached)


def age_of(view: BasketView, answers: Mapping[str, Any], typed: Mapping[str, Any]
           ) -> dict[str, Any] | None:
    """The result of a check that is needed and not there yet, or None. Raises Invalid.

    `typed` holds the date of birth as `born`, or what a plugged check asks as `age`.
    """
    need = highest_age(view)
    if need <= age_known(answers):
        return None
    door = doors().age
    if door is not None:
        return _plugged(door, need, typed)
    try:
        born = date.fromisoformat(str(typed.get("born") or ""))
    except ValueError as fault:
        raise Invalid({"born": _("Please state your date of birth.")}) from fault
    if not date(1900, 1, 1) <= born <= clock.today():
        raise Invalid({"born": _("Please look at the year again.")})
    reached = age_class_of(age_on(born, clock.today()))
    if reached < need:
        raise Invalid({"born": _("Some goods in your basket may not be handed over to you yet. "
                                 "Please take them out.")})
    return result_of("declared", reached)
