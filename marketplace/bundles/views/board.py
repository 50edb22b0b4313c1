"""What the buttons of the board do to the parts of a bundle."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from flask import request
from flask_babel import gettext as _

from marketplace.bundles.actions import ItemWish
from marketplace.bundles.queries import BundleRow, board_of
from marketplace.bundles.rules import PUSHES
from marketplace.bundles.views.laying import typed_picture, typed_place, wishes
from marketplace.catalog.queries import cards, shelf_path
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.web.forms import clean


def _at(row: BundleRow) -> int:
    """The place in the list a button was pressed for. Raises NotFound."""
    pos = request.values.get("pos", "")
    if not pos.isdecimal() or not 1 <= int(pos[:4]) <= len(row.items):
        raise NotFound(_("This part is not in the bundle any more."))
    return int(pos[:4]) - 1


def keep(row: BundleRow) -> list[ItemWish]:
    """Quantity and reason of one part."""
    items, at, qty = wishes(row), _at(row), request.form.get("qty", "")
    if not qty.isdecimal() or not 1 <= int(qty[:4]) <= 99:
        raise Invalid({"items": _("A whole number from 1 to 99.")})
    note = clean(request.form.get("note")) or ""
    if len(note) > 200:
        raise Invalid({"items": _("A reason has at most 200 characters.")})
    items[at] = replace(items[at], qty=int(qty), note=note, place=typed_place(items[at].place),
                        picture_key=typed_picture(row, items[at].picture_key))
    return items


def _moved(row: BundleRow, by: int) -> list[ItemWish]:
    items, at = keep(row), _at(row)
    to = min(max(at + by, 0), len(items) - 1)
    items.insert(to, items.pop(at))
    return items


def _pushed(row: BundleRow, step: str) -> list[ItemWish]:
    """A part of a free board, a step further."""
    items, at = keep(row), _at(row)
    place = items[at].place
    if place is not None:
        items[at] = replace(items[at], place=PUSHES[step](place))
    return items


def _removed(row: BundleRow) -> list[ItemWish]:
    at = _at(row)
    return [item for n, item in enumerate(wishes(row)) if n != at]


def _added(row: BundleRow) -> list[ItemWish]:
    """A product in its slot, in place of another one, or in the first open slot that suits."""
    items, product = wishes(row), request.values.get("product", "")
    if not product.isdecimal() or len(product) > 18:
        raise NotFound(_("There is no such product here."))
    instead = request.values.get("swap", "")
    if instead.isdecimal() and 1 <= int(instead[:4]) <= len(items):
        at = int(instead[:4]) - 1
        items[at] = ItemWish(items[at].slot, int(product), place=items[at].place)
        return items
    slot = request.values.get("slot", "")[:30] or _open_slot(row, int(product))
    return [*items, ItemWish(slot, int(product))]


def _open_slot(row: BundleRow, product_id: int) -> str:
    """The first open slot for this kind of thing, else the first open one; "" when all are full."""
    board, card = board_of(row.template_id), cards([product_id], "de").get(product_id)
    if board is None or card is None:
        return ""
    way = {shelf.slug for shelf in shelf_path(card.category_id)}
    still = [slot for slot in board.slots if slot.key not in {item.slot for item in row.items}]
    fitting = [slot for slot in still if slot.shelf in way]
    return next((slot.key for slot in [*fitting, *still]), "")


STEPS: Mapping[str, Callable[[BundleRow], list[ItemWish]]] = {
    "up": lambda row: _moved(row, -1), "down": lambda row: _moved(row, 1), "remove": _removed,
    "add": _added, **{step: partial(_pushed, step=step) for step in PUSHES}}
