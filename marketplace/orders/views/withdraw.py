"""Withdrawing from a contract: two steps, no sign-in, no reason asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email
from flask import Response, request, url_for
from flask_babel import gettext as _
from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.orders import actions
from marketplace.orders.models import SellerOrder
from marketplace.orders.queries.orders import LineView, lines_of, own_head
from marketplace.orders.queries.receipts import right_words
from marketplace.orders.views import pages
from marketplace.orders.views.shapes import picture_of
from marketplace.web.access import guest_orders, viewer_id
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import day
from marketplace.web.forms import Form, not_blank, sent, whole
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter
from marketplace.web.tokens import sign


class WithdrawForm(Form):
    """Name, order and address; nothing else."""

    name = StringField(validators=[not_blank, Length(max=120)])
    order_words = StringField(validators=[not_blank, Length(max=500)])
    email = StringField(validators=[not_blank, Length(max=254)])
    text = TextAreaField(validators=[Length(max=2000)])


@dataclass(frozen=True, slots=True)
class WithdrawLine:
    """Goods that can be chosen, with the pieces that are left of them."""

    name: str
    title: str
    essentials: str
    picture: object
    left: int
    chosen: int
    right: str


@dataclass(frozen=True, slots=True)
class WithdrawSeller:
    """One contract: its seller, its goods, and until when."""

    seller: str
    number: str
    lines: Sequence[WithdrawLine]
    until: str
    late: bool


@dataclass(frozen=True, slots=True)
class WithdrawPage:
    """The declaration: typed, then looked at."""

    step: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    url: str
    sellers: Sequence[WithdrawSeller] = ()


def _page(step: str, typed: Mapping[str, str], faults: Mapping[str, str] | None = None,
          status: int = 200, sellers: Sequence[WithdrawSeller] = ()) -> Response:
    page = WithdrawPage(step, typed, faults or {}, url_for("orders.withdraw_post"), sellers)
    given = answer("orders/withdraw.html", page, status)
    given.headers["Cache-Control"] = "private, no-store"
    return given


@pages.get("/withdraw")
def withdraw() -> Response:
    """The form; what is known of an own order is filled in."""
    number = request.args.get("number", "")[:40]
    known = own_head(number.partition("-")[0], viewer_id(), guest_orders()) if number else None
    typed = {"order_words": number}
    if known is not None:
        typed |= {"name": known[0], "email": known[1]}
    return _page("type", typed)


@pages.post("/withdraw", endpoint="withdraw_post")
@limiter.limit("30 per hour")
def withdraw_post() -> Response:
    """Look at the declaration, choose the goods, then confirm it."""
    form = WithdrawForm(sent())
    typed = {name: str(bound.data or "") for name, bound in form._fields.items()}
    try:
        form.demand()
        _check(typed["email"])
    except Invalid as fault:
        return _page("type", typed, fault.faults, 422)
    sellers = _sellers(typed["order_words"], typed["email"])
    if request.form.get("step") != "confirm":
        return _page("look", typed, sellers=sellers)
    pieces = _pieces()
    if pieces is not None and not any(pieces.values()) and sellers:
        return _page("look", typed, {"pieces": _("Please choose at least one piece.")}, 422,
                     sellers)
    with committing():
        rows = actions.declare_withdrawal(typed["name"], typed["email"], typed["order_words"],
                                          typed["text"], current_lang(), pieces)
    return see_other(url_for("orders.receipt", token=sign("receipt", [row.code for row in rows])))


@pages.post("/withdraw/change", endpoint="withdraw_change")
def withdraw_change() -> Response:
    """Back to the first step with everything that was typed."""
    form = WithdrawForm(sent())
    return _page("type", {name: str(bound.data or "") for name, bound in form._fields.items()})


def _check(email: str) -> None:
    try:
        validate_email(email, check_deliverability=False)
    except EmailNotValidError as fault:
        raise Invalid({"email": _("This does not look like an e-mail address.")}) from fault


def _pieces() -> dict[int, int] | None:
    """How many pieces of which line were chosen; None where nothing could be."""
    names = [name for name in request.form if name.startswith("qty") and name[3:].isdecimal()]
    found = {int(name[3:]): whole(request.form, name, 0, 1_000_000, 0) for name in names}
    return found or None


def _sellers(order_words: str, email: str) -> list[WithdrawSeller]:
    """What can be chosen where number and address fit an order; nothing is said where not.

    Loads: 2 statements.
    """
    parts = actions.fitting_parts(order_words, email)
    lines = lines_of([part.id for part in parts])
    found = [_seller(part, lines.get(part.id, ())) for part in parts]
    return [one for one in found if one.lines]


def _seller(part: SellerOrder, lines: Sequence[LineView]) -> WithdrawSeller:
    until = part.withdraw_until
    rights = any(line.withdrawal == "yes" for line in lines)
    return WithdrawSeller(
        str(part.seller["name"]), part.number,
        [_line(line, rights) for line in lines if line.left], day(until) if until else "",
        until is not None and until < clock.today())


def _line(line: LineView, rights: bool) -> WithdrawLine:
    """All that is left is chosen, but for goods without the right among others with it."""
    name, right = f"qty{line.id}", right_words(line.withdrawal)
    chosen = 0 if right and rights else line.left
    return WithdrawLine(name, line.title, line.essentials, picture_of(line.picture_file), line.left,
                        whole(request.form, name, 0, line.left, chosen), right)
