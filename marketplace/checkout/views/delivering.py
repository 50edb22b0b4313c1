"""How each producer's goods come: what can be chosen, what it costs, whether age is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from marketplace.adapters.doors import doors
from marketplace.checkout.actions.checking import age_known, highest_age
from marketplace.checkout.queries import BasketPart, BasketView
from marketplace.checkout.views.blocks import dispatch_words, obstacle_words
from marketplace.web.formats import money


@dataclass(frozen=True, slots=True)
class Delivery:
    """How one producer's goods come."""

    seller: str
    name: str
    choices: Sequence[tuple[str, str, str]]
    value: str
    note_name: str
    when_words: str
    fault: str
    age_words: str
    age_name: str
    age_kind: str


def way_name(method: str) -> str:
    """A way of delivery in words."""
    return {"parcel": _("Parcel"), "pickup": _("Pick-up"),
            "own": _("The producer brings it")}.get(method, "")


def deliveries(view: BasketView, answers: Mapping[str, Any]) -> list[Delivery]:
    """A choice for each producer; a date of birth is asked once, where it is needed."""
    need = highest_age(view)
    ask = need > age_known(answers)
    rows = []
    for part in view.parts:
        words = ""
        if ask and part.sums.age_class == need:
            words, ask = age_words(need), False
        rows.append(_delivery(part, answers.get("delivery") or {}, words))
    return rows


def age_words(age: int) -> str:
    """Why a date of birth is asked, and what becomes of it."""
    door = doors().age
    if door is not None:
        return door.question(age)
    return _("Some goods are handed over from %(age)s on. We compare the date and do not keep it; "
             "the age is checked once more at the door.", age=age)


def age_kind() -> str:
    """How age is asked: a date, something else that is typed, or a tick."""
    door = doors().age
    return "date" if door is None else "text" if door.typed() else "tick"


def _delivery(part: BasketPart, chosen: Mapping[str, str], words: str) -> Delivery:
    checked = _("the age is checked when it is handed over")
    choices = [(way, way_name(way), " · ".join(filter(None, (
        money(price), checked if part.sums.age_class else "")))) for way, price in part.sums.ways]
    return Delivery(
        str(part.seller["name"]), f"way-{part.producer_id}", choices,
        str(chosen.get(str(part.producer_id)) or part.sums.method), f"note-{part.producer_id}",
        dispatch_words(part), closed_words(part), words, "age" if doors().age else "born",
        age_kind())


def closed_words(part: BasketPart) -> str:
    """Why nothing of a producer can go there: said of all of it, or of each of its goods."""
    if part.fault_sentence or not part.not_sent:
        return part.fault_sentence
    return " ".join(f"{item.goods.title}: {obstacle_words(item)}." for item in part.items)
