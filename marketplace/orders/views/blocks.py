"""One seller's part on the buyer's page: goods, parcels, what is late, and what can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from marketplace.foundation import clock
from marketplace.orders.models import Parcel
from marketplace.orders.queries import LineView, OrderView, SellerPart
from marketplace.orders.queries.documents import DocumentRow
from marketplace.orders.rules.parcels import tracking_page
from marketplace.orders.views.matters import Matter
from marketplace.orders.views.refunds import paper_link, refund_rows
from marketplace.orders.views.shapes import (
    PART_KIND,
    OrderBlock,
    OrderLineView,
    ParcelView,
    part_words,
    picture_of,
)
from marketplace.web.formats import day, money, short_day

OPEN = ("awaiting_payment", "paid", "preparing")


def block(found: OrderView, part: SellerPart, goods: Mapping[int, Any], rated: frozenset[int],
          papers: Sequence[DocumentRow], matters: Sequence[Matter], share: str = "") -> OrderBlock:
    """A part as its buyer sees it."""
    seller, until = part.seller, part.withdraw_until
    here: dict[str, Any] = {"number": found.number, "position": part.position}
    return OrderBlock(
        str(seller["name"]), url_for("storefront.producer", slug=str(seller["slug"])),
        part.position, part.number, part_words(part.state), PART_KIND[part.state], _promise(part),
        [_parcel(found, row) for row in part.parcels if row.state != "packed"],
        [_line(found, line, goods, rated) for line in part.lines],
        [paper_link(found, one) for one in papers if one.refund_id is None],
        _links(found, part), _posts(part, here), url_for("orders.signal", **here), share,
        sum_rows(part),
        money(part.total_minor),
        _("You can withdraw until %(day)s.", day=day(until))
        if until and until >= clock.today() else "", bool(seller.get("trader", True)),
        url_for("storefront.imprint", slug=str(seller["slug"])), matters,
        late_words=_late(part), wait_url=url_for("orders.wait", **here)
        if part.state in OPEN else "", refunds=refund_rows(found, part, papers))


def _promise(part: SellerPart) -> str:
    if part.state in ("paid", "preparing") and part.promised_on:
        return _("Promised: dispatched by %(day)s", day=short_day(part.promised_on))
    if part.dispatched_at:
        return _("Dispatched on %(day)s", day=short_day(part.dispatched_at))
    if part.state == "awaiting_payment":
        return _("Begins as soon as the payment is there")
    return ""


def sum_rows(of: SellerPart | OrderView) -> list[tuple[str, str]]:
    """What a part, or a whole order, costs, row by row; a deposit stands for itself."""
    deposit = [(_("Deposit"), money(of.deposit_minor))] if of.deposit_minor else []
    return [(_("Goods"), money(of.goods_minor)), *deposit,
            (_("Shipping"), money(of.shipping_minor))]


def _late(part: SellerPart) -> str:
    """That a promised day went by, before anybody has to ask."""
    if part.state not in ("paid", "preparing") or part.promised_on is None \
            or part.promised_on >= clock.today():
        return ""
    return _("Promised for %(day)s, and not sent yet. A new day: none named yet. You can wait, "
             "cancel or ask.", day=short_day(part.promised_on))


def _links(found: OrderView, part: SellerPart) -> list[tuple[str, str]]:
    acts = [(_("Ask"), url_for("dialogue.new", about=f"/orders/{found.number}",
                               seller=part.position))]
    if part.dispatched_at or any(line.dispatched for line in part.lines):
        acts.append((_("Complain"), url_for("orders.complaint", number=found.number,
                                            part=part.position)))
    if part.state not in ("cancelled", "expired"):
        acts.append((_("Withdraw"), url_for("orders.withdraw", number=part.number)))
    return acts


def _posts(part: SellerPart, here: Mapping[str, Any]) -> list[tuple[str, str]]:
    posts = []
    if _late(part):
        posts.append((_("I wait"), url_for("orders.wait", **here)))
    if part.state in OPEN and not any(line.dispatched for line in part.lines):
        posts.append((_("Cancel this part"), url_for("orders.cancel", **here)))
    if part.state == "dispatched":
        posts.append((_("It has arrived"), url_for("orders.arrived", **here)))
    return posts


def _parcel(found: OrderView, row: Parcel) -> ParcelView:
    words = {"handed_over": _("on its way"), "delivered": _("delivered"), "lost": _("lost"),
             "sent_back": _("came back")}[row.state]
    own = bool(row.note or row.note_picture)
    act = url_for("orders.parcel_act", number=found.number, code=row.code)
    public = row.published_at is not None
    return ParcelView(
        f"{row.carrier} {row.tracking}".strip() or row.code, words,
        tracking_page(row.carrier, row.tracking), row.note,
        f"/files/{row.note_picture}" if row.note_picture else "", row.made_by or "",
        act if own or row.state == "handed_over" else "", public,
        url_for("orders.parcel_note", code=row.code) if public else "",
        row.state == "handed_over")


def _line(found: OrderView, line: LineView, goods: Mapping[int, Any], rated: frozenset[int]
          ) -> OrderLineView:
    card = goods.get(line.product_id)
    rate_url = url_for("reviews.rate", number=found.number, line_id=line.id) \
        if line.delivered else ""
    return OrderLineView(
        line.title, card.url if card else "/products", picture_of(line.picture_file), line.qty,
        line.essentials, money(line.total_minor), line_state(line), rate_url,
        _("Change your answer") if line.id in rated else _("Would you buy it again?"),
        url_for("orders.set_line", number=found.number, line_id=line.id)
        if line.set_asked == "open" else "")


def line_state(line: LineView) -> str:
    """What became of the pieces of a line, where it is not simply that of its part."""
    open_ = line.qty - line.cancelled
    if open_ == 0:
        return _("cancelled")
    if line.withdrawn == open_:
        return _("withdrawn")
    said = []
    if 0 < line.dispatched < open_:
        said.append(_("%(n)s of %(all)s sent", n=line.dispatched, all=open_))
    if line.cancelled:
        said.append(_("%(n)s cancelled") % {"n": line.cancelled})
    if line.withdrawn:
        said.append(_("%(n)s withdrawn") % {"n": line.withdrawn})
    return ", ".join(said)
