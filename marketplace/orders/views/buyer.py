"""The buyer's orders."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from flask import Response, current_app, flash, request, url_for
from flask_babel import gettext as _

from marketplace.catalog.queries import cards
from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.kept import kept
from marketplace.orders import actions
from marketplace.orders.actions.readdressing import may_readdress
from marketplace.orders.queries import (
    OrderRow,
    OrderView,
    SellerPart,
    order_for,
    orders_of,
)
from marketplace.orders.queries.complaints import complaints_of
from marketplace.orders.queries.documents import documents_of
from marketplace.orders.queries.returning import withdrawal_states
from marketplace.orders.rules.documents import VAT_FREE
from marketplace.orders.rules.shares import arrives
from marketplace.orders.views import pages
from marketplace.orders.views.after import email_fix, share_offer
from marketplace.orders.views.blocks import block, sum_rows
from marketplace.orders.views.complaints import bought_part
from marketplace.orders.views.matters import Matter, bought_withdrawal
from marketplace.orders.views.saying import bought_complaint
from marketplace.orders.views.shapes import (
    STATUS_KIND,
    OrderListRow,
    OrderPage,
    OrdersPage,
    picture_of,
    status_words,
)
from marketplace.orders.views.telling import told
from marketplace.orders.views.wishes import showing_of
from marketplace.producers.queries.dealing import choices_of
from marketplace.web.access import (
    guest_orders,
    keep_guest_order,
    person_id,
    signed_in,
    viewer_id,
)
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import country_name, day, money, short_day
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import Waiting, pager

A_PAGE = 20


@pages.get("/orders")
@signed_in
def mine() -> Response:
    """My orders, newest first."""
    number = asked_page(1000)
    words = (clean(request.args.get("q")) or "")[:80]
    rows, total = orders_of(person_id(), (number - 1) * A_PAGE, A_PAGE, words)
    page = OrdersPage(
        words, url_for("orders.mine"), [_row(row) for row in rows],
        pager(Pages(rows, number, A_PAGE, total)),
        url_for("storefront.products"), url_for("dialogue.new", about="/orders"))
    return answer("orders/orders.html", page)


def _row(row: OrderRow) -> OrderListRow:
    unpaid = row.status == "awaiting_payment"
    return OrderListRow(
        row.number, url_for("orders.order", number=row.number), day(row.placed_at),
        [picture_of(file) for file in row.pictures[:3]], ", ".join(row.sellers),
        status_words(row.status), STATUS_KIND[row.status],
        _("pay") if unpaid else "", url_for("payments.pay", number=row.number) if unpaid else "",
        money(row.total_minor), url_for("checkout.reorder", number=row.number))


@pages.get("/orders/<number>")
def order(number: str) -> Response:
    """One order: what is expected of you now, then one block per producer."""
    secret = request.args.get("k")
    if secret:
        keep_guest_order(number, secret)
        return see_other(url_for("orders.order", number=number))
    found = order_for(number, viewer_id(), guest_orders())
    placed = bool(request.args.get("placed"))
    page, showing = buyers_page(found, placed), showing_of(found)
    page = replace(page, email_fix=email_fix(found, placed), blocks=[
        replace(one, acts=[*one.acts, *showing.get(one.position, ())]) for one in page.blocks])
    given = answer("orders/order.html", page)
    given.headers["Referrer-Policy"] = "no-referrer"
    return given


def buyers_page(found: OrderView, placed: bool = False) -> OrderPage:
    """An order as its buyer sees it. Loads: at most 5 statements."""
    goods = cards([line.product_id for part in found.parts for line in part.lines],
                  current_lang())
    parts = [part.id for part in found.parts]
    rated, papers, matters = _rated(found), documents_of(parts), _matters(found, parts)
    words = {"bank_transfer": _("Bank transfer to each producer"),
             "stripe": _("Card"),
             "test_card": _("Test card (demo: no money moves)")}
    ship = found.ship_to
    return OrderPage(
        number=found.number, when=day(found.placed_at), status_words=status_words(found.status),
        status=STATUS_KIND[found.status],
        thanks_words=_("Thank you. Your order is placed.") if placed else "",
        todo=_todo(found, rated), timeline=_timeline(found),
        address=[str(ship.get("name")), str(ship.get("street")),
                 *([str(ship["extra"])] if ship.get("extra") else []),
                 f"{ship.get('postcode')} {ship.get('city')}",
                 country_name(str(ship.get("country") or ""))],
        method_words=words.get(found.method, ""),
        blocks=[block(found, part, goods, rated, papers.get(part.id, ()),
                       matters.get(part.id, ()), _share(part))
                for part in found.parts],
        sums=sum_rows(found), total=money(found.total_minor),
        withdraw_url=url_for("orders.withdraw", number=found.number),
        address_url=url_for("orders.address", number=found.number)
        if may_readdress([part.state for part in found.parts]) else "",
        help_url=url_for("dialogue.new", about=f"/orders/{found.number}"),
        share_offer=share_offer(found, placed, {key: card.url for key, card in goods.items()}),
        reorder_url=url_for("checkout.reorder", number=found.number),
        look_url=url_for("orders.look", number=found.number),
        look_words=_("until %(day)s", day=short_day(found.look_until))
        if found.look_until and found.look_until > clock.now() else "")


def _matters(found: OrderView, part_ids: Sequence[int]) -> Mapping[int, Sequence[Matter]]:
    """Complaints and withdrawals by part. Loads: 2 statements."""
    names = {part.id: str(part.seller["name"]) for part in found.parts}
    said, back = complaints_of(part_ids), withdrawal_states(part_ids)
    return {part: [*(bought_complaint(one, found.number, names[part])
                     for one in said.get(part, ())),
                   *(bought_withdrawal(one) for one in back.get(part, ()))] for part in part_ids}


def _share(part: SellerPart) -> str:
    """What arrives at the seller, where the seller wants it shown. Loads: 1 statement a minute."""
    shown = kept(("share shown", part.producer_id),
                 lambda: choices_of(part.producer_id).share_shown)
    if not shown:
        return ""
    lines = [(line.total_minor + line.deposit_minor, line.tax_bp) for line in part.lines]
    vat, commission, left = arrives(
        lines, part.shipping_minor, part.goods_minor, part.commission_bp,
        any(line.tax_note in VAT_FREE for line in part.lines))
    return _("Of %(sum)s arrive %(left)s at %(name)s: %(vat)s are VAT, %(commission)s commission.",
             sum=money(part.total_minor), left=money(left), name=part.seller["name"],
             vat=money(vat), commission=money(commission))


def _rated(found: OrderView) -> frozenset[int]:
    """Lines whose buyer has answered; a question to a later room, put in by the wiring."""
    ids = [line.id for part in found.parts for line in part.lines]
    marks: Callable[[Sequence[int]], frozenset[int]] = current_app.extensions["answered_lines"]
    return marks(ids)


def _todo(found: OrderView, rated: frozenset[int]) -> list[Waiting]:
    rows = []
    if found.status == "awaiting_payment":
        due = next((p.due_on for p in found.parts if p.due_on), None)
        rows.append(Waiting(
            _("Pay, so that the producers can begin"), money(found.total_minor),
            url_for("payments.pay", number=found.number), _("To payment"),
            _("by %(day)s", day=short_day(due)) if due else "", "now", "arrow-right"))
    for part in found.parts:
        for line in part.lines:
            if line.delivered and line.id not in rated and len(rows) < 4:
                rows.append(Waiting(
                    _("Would you buy it again?"), line.title,
                    url_for("reviews.rate", number=found.number, line_id=line.id),
                    _("Answer"), "", "open", "again"))
    return rows


def _timeline(found: OrderView) -> list[tuple[str, str, str, str]]:
    """One line of what happened, and what comes next."""
    names = {part.id: str(part.seller["name"]) for part in found.parts}
    rows = told(found.history, names)
    for part in found.parts:
        if part.state in ("paid", "preparing") and part.promised_on:
            rows.append((_("%(name)s dispatches", name=part.seller["name"]),
                         _("by %(day)s", day=short_day(part.promised_on)), "next", ""))
    return rows


@pages.post("/orders/<number>/parts/<int:position>/cancel")
def cancel(number: str, position: int) -> Response:
    """Cancel one producer's part before it is sent."""
    _found, part = bought_part(number, position)
    with committing():
        actions.cancel_part(part.id, "buyer")
    flash(_("This part is cancelled; the goods are free again."), "good")
    return see_other(url_for("orders.order", number=number))


@pages.post("/orders/<number>/cancel", endpoint="cancel_all")
def cancel_all(number: str) -> Response:
    """Cancel every part that is not sent yet."""
    found = order_for(number, viewer_id(), guest_orders())
    with committing():
        for part in found.parts:
            if part.state in ("awaiting_payment", "paid", "preparing"):
                actions.cancel_part(part.id, "buyer")
    flash(_("What was not sent yet is cancelled; the goods are free again."), "good")
    return see_other(url_for("orders.order", number=number))


@pages.post("/orders/<number>/parts/<int:position>/arrived")
def arrived(number: str, position: int) -> Response:
    """The buyer says that it is there."""
    _found, part = bought_part(number, position)
    with committing():
        actions.deliver(part.id, "buyer")
    flash(_("Good to hear. Would you buy it again?"), "good")
    return see_other(url_for("orders.order", number=number))
