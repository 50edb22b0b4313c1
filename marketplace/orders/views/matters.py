"""What waits beside an order, drawn alike for buyers, sellers and the operator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from marketplace.orders.queries.receipts import right_words, state_words
from marketplace.orders.queries.returning import WithdrawalView
from marketplace.orders.views.photos import photo_urls
from marketplace.orders.views.receipts import receipt_url
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.formats import day, moment, money, number


@dataclass(frozen=True, slots=True)
class Matter:
    """A withdrawal, a complaint or a signal, with what was said and what can be done.

    `said`: (who, when, words, offer); `posts`: (words, address, name and value of the button);
    `forms`: (words to unfold, form); `links`: (words, address).
    """

    anchor: str
    kind: str
    title: str
    state_words: str
    state: str
    facts: Sequence[tuple[str, str]] = ()
    lines: Sequence[tuple[str, str]] = ()
    said: Sequence[tuple[str, str, str, str]] = ()
    photos: Sequence[str] = ()
    posts: Sequence[tuple[str, str, str, str]] = ()
    forms: Sequence[tuple[str, PlainForm]] = ()
    links: Sequence[tuple[str, str]] = ()


def withdrawal_state(state: str) -> str:
    """How a withdrawal stands, in a word or two."""
    return {"declared": _("waits for your answer"), "unassigned": _("waits for its order"),
            "awaiting_goods": _("waits for the goods"), "refund_due": _("money is owed"),
            "refunded": _("money is back"), "closed": _("closed"),
            "objected": _("objected")}[state]


STATE_KIND = {"declared": "open", "unassigned": "open", "awaiting_goods": "now",
              "refund_due": "open", "refunded": "done", "closed": "done", "objected": "bad"}


def objection_words(reason: str) -> str:
    """Why a seller does not accept a withdrawal."""
    return {"late": _("It came after the fourteen days"),
            "excluded": _("These goods have no right of withdrawal"),
            "not_ours": _("This is not an order of ours")}[reason]


def sold_withdrawal(one: WithdrawalView, number_: str, may: bool) -> Matter:
    """A withdrawal as its seller sees it, with what the seller can do."""
    row = one.row
    facts = [(_("Received"), moment(row.declared_at)), (_("Name"), row.name)]
    if row.after_deadline:
        facts.append((_("Period"), _("received after the period")))
    if row.proof or row.proof_file:
        facts.append((_("Sent back"), row.proof or _("a photo")))
    if row.goods_at:
        facts.append((_("Goods are back"), moment(row.goods_at)))
    if row.state == "refund_due" and row.refund_by:
        facts.append((_("Money back by"), day(row.refund_by)))
    if row.objection:
        facts.append((_("Objection"), objection_words(row.objection)))
    said = [(row.name, moment(row.declared_at), row.text, "")] if row.text else []
    if row.objection_words:
        said.append((row.answered_by or "", "", row.objection_words, ""))
    return Matter(
        f"w-{row.code}", "again", _("Withdrawal %(code)s", code=row.code),
        withdrawal_state(row.state), STATE_KIND[row.state], facts,
        [(" · ".join(filter(None, (f"{number(line.qty)} × {line.title}", right_words(line.right)))),
          money(line.minor)) for line in one.lines] + _owed(one), said,
        photo_urls(number_, [row.proof_file] if row.proof_file else []),
        *_sellers_acts(one, number_, may))


def _owed(one: WithdrawalView) -> list[tuple[str, str]]:
    """What the seller owes back for it."""
    if not one.lines:
        return []
    sent = [(_("Shipping"), money(one.row.shipping_minor))] if one.row.shipping_minor else []
    return [*sent, (_("To be paid back"), money(one.worth_minor))]


def _sellers_acts(one: WithdrawalView, number_: str, may: bool
                  ) -> tuple[list[tuple[str, str, str, str]], list[tuple[str, PlainForm]]]:
    row = one.row
    here: dict[str, Any] = {"number": number_, "code": row.code}
    posts, forms = [], []
    if not may:
        return [], []
    if row.goods_at is None and row.state in ("awaiting_goods", "refund_due", "declared") \
            and any(line.qty for line in one.lines):
        posts.append((_("The goods are back"), url_for("orders.returned", **here), "act", "back"))
    if row.state in ("declared", "objected"):
        posts.append((_("Accept it"), url_for("orders.returned", **here), "act", "accept"))
    if row.state in ("declared", "awaiting_goods"):
        forms.append((_("Object"), objection_form(url_for("orders.returned", **here))))
    return posts, forms


def objection_form(url: str) -> PlainForm:
    """Why it does not hold, in words that the buyer reads."""
    return PlainForm(url, [Section(
        _("Why it does not hold"), _("The buyer reads this, and can ask the marketplace to look."),
        [Field("reason", _("Reason"), kind="select", choices=[
            (key, objection_words(key)) for key in ("late", "excluded", "not_ours")]),
         Field("words", _("In a sentence"), kind="area", optional=False, length=500)])],
        {}, _("Send the objection"), [("act", "object")])


def bought_withdrawal(one: WithdrawalView) -> Matter:
    """A withdrawal on the buyer's order page: how it stands, and the way to its receipt."""
    row = one.row
    return Matter(f"w-{row.code}", "again", _("Withdrawal %(code)s", code=row.code),
                  state_words(one), STATE_KIND[row.state],
                  links=[(_("Receipt and return"), receipt_url(row.code))])
