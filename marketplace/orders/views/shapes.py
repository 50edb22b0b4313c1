"""What order pages draw, and how states are said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from marketplace.catalog.queries.cards import PictureView
from marketplace.web.shapes import PagerView, Waiting


@dataclass(frozen=True, slots=True)
class OrderLineView:
    """One line on the order page."""

    title: str
    url: str
    picture: Any
    qty: int
    essentials: str
    total: str
    state_words: str
    rate_url: str
    rate_words: str
    set_url: str = ""


@dataclass(frozen=True, slots=True)
class ParcelView:
    """A parcel with the words and the picture that lay in it."""

    words: str
    state_words: str
    url: str
    note: str
    picture: str
    by: str
    act_url: str
    public: bool
    public_url: str
    underway: bool


@dataclass(frozen=True, slots=True)
class RefundRow:
    """Money that goes back: why, how, how it stands, until when, and what was written for it."""

    amount: str
    why: str
    way: str
    state_words: str
    state: str
    by_words: str
    documents: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class OrderBlock:
    """One producer's part on the order page."""

    seller_name: str
    seller_url: str
    position: int
    number: str
    state_words: str
    state: str
    promise_words: str
    parcels: Sequence[ParcelView]
    lines: Sequence[OrderLineView]
    documents: Sequence[tuple[str, str]]
    acts: Sequence[tuple[str, str]]
    posts: Sequence[tuple[str, str]]
    wrong_url: str
    share_words: str
    sums: Sequence[tuple[str, str]]
    total: str
    withdraw_words: str
    trader: bool = True
    imprint_url: str = ""
    matters: Sequence[Any] = ()
    late_words: str = ""
    wait_url: str = ""
    refunds: Sequence[RefundRow] = ()


@dataclass(frozen=True, slots=True)
class OrderPage:
    """One order over all sellers."""

    number: str
    when: str
    status_words: str
    status: str
    thanks_words: str
    todo: Sequence[Waiting]
    timeline: Sequence[tuple[str, str, str, str]]
    address: Sequence[str]
    method_words: str
    blocks: Sequence[OrderBlock]
    sums: Sequence[tuple[str, str]]
    total: str
    withdraw_url: str
    help_url: str
    notices: Sequence[Any] = ()
    email_fix: Any = None
    address_url: str = ""
    share_offer: Any = None
    print_url: str = ""
    reorder_url: str = ""
    look_url: str = ""
    look_words: str = ""


@dataclass(frozen=True, slots=True)
class OrderListRow:
    """One order in the list."""

    number: str
    url: str
    when: str
    pictures: Sequence[Any]
    sellers: str
    status_words: str
    status: str
    next_words: str
    next_url: str
    total: str
    reorder_url: str


@dataclass(frozen=True, slots=True)
class OrdersPage:
    """My orders."""

    query: str
    search_url: str
    orders: Sequence[OrderListRow]
    pager: PagerView
    products_url: str
    help_url: str

STATUS_KIND = {"ended": "bad", "awaiting_payment": "open", "delivered": "done",
               "dispatched": "now", "in_progress": "now"}

PART_KIND = {"awaiting_payment": "open", "paid": "now", "preparing": "now", "dispatched": "now",
             "delivered": "done", "cancelled": "bad", "expired": "bad"}


def status_words(status: str) -> str:
    """A whole order's status."""
    return {"ended": _("ended"), "awaiting_payment": _("waits for your payment"),
            "delivered": _("delivered"), "dispatched": _("on its way"),
            "in_progress": _("in progress")}[status]


def part_words(state: str) -> str:
    """A seller order's state."""
    return {"awaiting_payment": _("waits for your payment"), "paid": _("paid"),
            "preparing": _("being packed"), "dispatched": _("on its way"),
            "delivered": _("delivered"), "cancelled": _("cancelled"),
            "expired": _("not paid in time, ended")}[state]


def picture_of(file: str | None) -> PictureView | None:
    """A line's kept picture."""
    if not file:
        return None
    kind = "drawn" if file.endswith(".svg") else "photo"
    address = f"/files/{file}"
    sets = ((640, address),) if kind == "photo" else ()
    return PictureView("", 800, 1000, "#F1EADF", kind, address, (), sets)
