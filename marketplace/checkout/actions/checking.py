"""What has to hold before an order is placed, looked at once more inside the transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from marketplace.catalog.actions import SoldOut
from marketplace.catalog.queries.orderable import particulars_missing
from marketplace.checkout.queries import BasketView
from marketplace.checkout.rules.age import AGE_METHODS
from marketplace.foundation.errors import Conflict
from marketplace.orders.actions import demand_few_open
from marketplace.payments.queries import ready_at_provider

"""Unpaid transfer orders of one person or address, and of one network within a day."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Something that costs another sum than it did on the page; minor units, None where it is new.

    `title` is "" for a sum that cannot be told by lines.
    """

    title: str
    old_minor: int | None
    new_minor: int | None


class PriceMoved(Conflict):
    """The sum is not the one that was shown; old and new in minor units, and what moved."""

    def __init__(self, sentence: str, old_minor: int, new_minor: int,
                 moved: Sequence[Moved] = ()) -> None:
        super().__init__(sentence)
        self.old_minor, self.new_minor, self.moved = old_minor, new_minor, list(moved)


class NotSent(Conflict):
    """Something cannot be sent where it should go, or may not be ordered now."""


def highest_age(view: BasketView) -> int:
    """The highest age class in a basket."""
    return max((item.goods.age_class for item in view.items), default=0)


def age_known(answers: Mapping[str, Any]) -> int:
    """The age class that a check of this draft reached; 0 for none."""
    said = answers.get("age") or {}
    return int(said.get("class", 0)) if said.get("method") in AGE_METHODS else 0


def demand_orderable(
    view: BasketView, answers: Mapping[str, Any], who: tuple[str, str | None], mode: str,
    banks: frozenset[int],
) -> None:
    """Raises NotSent, SoldOut, TooMany or Conflict with what stands in the way.

    `who`: the keys of the buyer and of the network; `banks`: producers with a bank account.
    Loads: at most 3 statements.
    """
    lacking = particulars_missing({item.goods.product_id for item in view.items})
    for item in view.items:
        if item.goods.product_id in lacking:
            raise NotSent(_("%(title)s lacks particulars that the law wants before an order.",
                            title=item.goods.title))
        if item.obstacle in ("sold_out", "less"):
            raise SoldOut(_("Somebody was faster: there is not enough left."),
                          {item.goods.variant_id: max(0, item.goods.available)})
        if item.obstacle:
            raise NotSent(_("%(title)s cannot be ordered just now.", title=item.goods.title))
    chosen = answers.get("delivery") or {}
    for part in view.parts:
        if part.not_sent:
            raise NotSent(part.fault_sentence)
        way = chosen.get(str(part.producer_id))
        if way and way != part.sums.method:
            raise NotSent(_("The way of delivery that you chose at %(name)s is not possible any "
                            "more.", name=part.seller["name"]))
    if highest_age(view) > age_known(answers):
        raise Conflict(_("Something in your basket is handed over to adults only. "
                         "Please state your date of birth first."))
    _demand_method(view, str(answers["method"]), mode, banks)
    if answers["method"] == "bank_transfer":
        demand_few_open(*who)


def _demand_method(view: BasketView, method: str, mode: str, banks: frozenset[int]) -> None:
    """Every producer has to take the way of paying that was chosen. Raises Conflict."""
    makers = [part.producer_id for part in view.parts]
    ready = frozenset(makers)
    if method == "bank_transfer":
        ready = banks
    if method == "stripe":
        ready = ready_at_provider(makers, mode)
    if not ready.issuperset(makers):
        raise Conflict(_("Not every producer takes this way of paying any more. Please choose "
                         "again."))


def demand_same_sum(view: BasketView, shown_minor: int, shown: Mapping[str, int]) -> None:
    """The sum has to be the one that was shown. Raises PriceMoved with what moved."""
    if view.total_minor != shown_minor:
        raise PriceMoved(_("A price changed while you were looking. Nothing was ordered."),
                         shown_minor, view.total_minor, what_moved(view, shown))


def costs(view: BasketView) -> dict[str, int]:
    """What each line (`l<id>`) and each sending (`s<producer>`) costs, as pages carry it."""
    return {f"l{item.id}": item.total_minor for item in view.items} | {
        f"s{part.producer_id}": part.sums.shipping_minor or 0 for part in view.parts}


def what_moved(view: BasketView, shown: Mapping[str, int]) -> list[Moved]:
    """Lines and sendings that cost another sum than they did."""
    now = costs(view)
    titles = {f"l{item.id}": item.goods.title for item in view.items} | {
        f"s{part.producer_id}": _("Shipping of %(name)s", name=part.seller["name"])
        for part in view.parts}
    return [Moved(titles[key], shown.get(key), minor) for key, minor in now.items()
            if shown.get(key) != minor] if shown else []
