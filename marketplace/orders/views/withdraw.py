"""Withdrawing from a contract: two steps, no sign-in, no reason asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email
from flask import Response, request, url_for
from flask_babel import gettext as _
from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.orders import actions
from marketplace.orders.views import pages
from marketplace.web.answers import answer
from marketplace.web.formats import day, moment
from marketplace.web.forms import Form, not_blank, sent
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter


class WithdrawForm(Form):
    """Name, order and address; nothing else."""

    name = StringField(validators=[not_blank, Length(max=120)])
    order_words = StringField(validators=[not_blank, Length(max=500)])
    email = StringField(validators=[not_blank, Length(max=254)])
    text = TextAreaField(validators=[Length(max=2000)])


@dataclass(frozen=True, slots=True)
class WithdrawPage:
    """The declaration: typed, looked at, received."""

    step: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    url: str
    receipts: tuple[tuple[str, str], ...]
    refund_by: str


def _page(step: str, typed: Mapping[str, str], faults: Mapping[str, str] | None = None,
          status: int = 200, receipts: tuple[tuple[str, str], ...] = (), refund_by: str = ""
          ) -> Response:
    page = WithdrawPage(step, typed, faults or {}, url_for("orders.withdraw_post"), receipts,
                        refund_by)
    return answer("orders/withdraw.html", page, status)


@pages.get("/withdraw")
def withdraw() -> Response:
    """The form; the order's number is filled in where the link knew it."""
    return _page("type", {"order_words": request.args.get("number", "")[:40]})


@pages.post("/withdraw", endpoint="withdraw_post")
@limiter.limit("30 per hour")
def withdraw_post() -> Response:
    """Look at the declaration, then confirm it."""
    form = WithdrawForm(sent())
    typed = {name: str(bound.data or "") for name, bound in form._fields.items()}
    try:
        form.demand()
        _check(typed["email"])
    except Invalid as fault:
        return _page("type", typed, fault.faults, 422)
    if request.form.get("step") != "confirm":
        return _page("look", typed)
    with committing():
        rows = actions.declare_withdrawal(typed["name"], typed["email"], typed["order_words"],
                                          typed["text"], current_lang())
    receipts = tuple((row.code, moment(row.declared_at)) for row in rows)
    until = rows[0].refund_by
    return _page("done", typed, receipts=receipts, refund_by=day(until) if until else "")


def _check(email: str) -> None:
    try:
        validate_email(email, check_deliverability=False)
    except EmailNotValidError as fault:
        raise Invalid({"email": _("This does not look like an e-mail address.")}) from fault
