"""What a thread is about: the thing, who is asked, who may read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from marketplace.bundles.queries import bundle_head, bundle_row
from marketplace.catalog import queries as catalog
from marketplace.dialogue.models import Thread
from marketplace.foundation.errors import Conflict, NotFound, NotYours
from marketplace.groups import rules as groups
from marketplace.groups.queries import GroupCard, group_card
from marketplace.orders.queries import OrderView, SellerPart, order_for, part_numbers
from marketplace.producers import queries as producers
from marketplace.recommend.queries import ask_code
from marketplace.web.access import guest_orders, viewer_id
from marketplace.web.languages import current_lang
from marketplace.web.shapes import ContextChip

OPEN_KINDS = ("question", "complaint", "praise", "idea", "wish")
ORDER_KINDS = ("complaint", "question", "praise")


@dataclass(frozen=True, slots=True)
class Place:
    """Where new words will stand; `visibility` is empty where the asker chooses."""

    about: str
    name: str = ""
    picture: Any = None
    asked: str = ""
    kinds: tuple[str, ...] = OPEN_KINDS
    visibility: str = ""
    product_id: int | None = None
    producer_id: int | None = None
    group_id: int | None = None
    bundle_id: int | None = None
    seller_order_id: int | None = None

    @property
    def chip(self) -> ContextChip | None:
        """The thing as a chip, if there is one."""
        return ContextChip(self.name, self.about, "/threads/new", self.picture) if self.name \
            else None


def place_of(about: str, kind: str, seller: str) -> Place:
    """What a path is about; any other path is a matter of the market itself."""
    parts = about.split("?")[0].strip("/").split("/")
    if len(parts) < 2 or not about.startswith("/") or about.startswith("//"):
        return Place("")
    makers: dict[str, Callable[[str], Place | None]] = {
        "products": _product, "producers": _producer, "bundles": _bundle,
        "groups": lambda slug: _group(slug, kind), "orders": lambda no: _order(no, seller)}
    return (makers[parts[0]](parts[1]) if parts[0] in makers else None) or Place("")


def _product(slug: str) -> Place | None:
    found = catalog.visible_product_id(slug)
    card = catalog.cards([found], current_lang()).get(found) if found else None
    if card is None:
        return None
    return Place(card.url, card.title, card.picture, card.seller.name, product_id=card.id,
                 producer_id=card.producer_id)


def _producer(slug: str) -> Place | None:
    page = producers.producer_page(slug, current_lang(), None)
    if page is None:
        return None
    return Place(page.card.url, page.card.name, None, page.card.name, producer_id=page.card.id)


def _bundle(slug: str) -> Place | None:
    row = bundle_row(slug, viewer_id())
    if row is None or row.state != "published" or row.visibility != "public":
        return None
    return Place(row.url, row.title, bundle_id=row.id)


def _group(slug: str, kind: str) -> Place | None:
    """A topic in a group for its members; without it, a matter of the market. Raises NotYours."""
    card = group_card(slug, current_lang(), viewer_id())
    if card is None:
        return None
    if kind != "topic":
        return Place(card.url, card.name)
    if not groups.may_write(groups.part_of(card.role, True)):
        raise NotYours(_("Members of the group do this. Joining takes one click."))
    if card.state != "alive":
        raise Conflict(_("This group rests. Nothing new is begun here."))
    return Place(card.url, card.name, asked=card.name, kinds=(), group_id=card.id,
                 visibility="public" if card.kind == "open" else "group")


def _order(number: str, seller: str) -> Place | None:
    """One producer's part of one's own order: always private."""
    try:
        found: OrderView = order_for(number[:8], viewer_id(), guest_orders())
    except NotFound:
        return None
    part: SellerPart | None = next(
        (p for p in found.parts if str(p.position) == seller or len(found.parts) == 1), None)
    name = _("Order %(number)s", number=found.number)
    if part is None:
        return Place(f"/orders/{found.number}", name, kinds=ORDER_KINDS, visibility="private")
    return Place(f"/orders/{found.number}", f"{name}, {part.seller['name']}", None,
                 str(part.seller["name"]), ORDER_KINDS, "private", producer_id=part.producer_id,
                 seller_order_id=part.id)


def chip_of(thread: Thread, group: GroupCard | None, staff: bool) -> ContextChip | None:
    """What a thread is about, as a chip. Loads: at most 2 statements."""
    lang = current_lang()
    if thread.seller_order_id is not None:
        order, part = part_numbers(thread.seller_order_id)
        url = "/studio/orders" if staff else f"/orders/{order}"
        return ContextChip(_("Order %(number)s", number=part if staff else order), url)
    if thread.product_id is not None:
        card = catalog.cards([thread.product_id], lang).get(thread.product_id)
        return ContextChip(card.title, card.url, "", card.picture) if card else None
    if thread.producer_id is not None:
        maker = producers.cards([thread.producer_id], lang).get(thread.producer_id)
        return ContextChip(maker.name, maker.url) if maker else None
    code = ask_code(thread.ask_id) if thread.ask_id is not None else None
    if code is not None:
        return ContextChip(_("Answer it with a product"), f"/asks/{code}")
    if group is not None:
        return ContextChip(group.name, group.url)
    row = bundle_head(thread.bundle_id) if thread.bundle_id else None
    return ContextChip(row[1], f"/bundles/{row[0]}") if row else None
