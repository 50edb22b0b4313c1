"""The receipt of a withdrawal as words: what page, letter and paper all say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import gettext as _

from marketplace.adapters.paper.contract import PaperDocument, PaperRow
from marketplace.foundation import clock
from marketplace.orders.models import Withdrawal
from marketplace.orders.queries.returning import GivenBack, WithdrawalView, withdrawals_with
from marketplace.orders.queries.sheets import address_lines
from marketplace.orders.rules.dates import WITHDRAW_DAYS
from marketplace.web.formats import day, moment, money, number
from marketplace.web.languages import speaking
from marketplace.web.market import market_name


def right_words(kind: str) -> str:
    """Why goods have no right of withdrawal, with the law; nothing where they have it."""
    return {"made_to_measure": _("made to measure (§ 312g (2) no. 1 BGB)"),
            "perishable": _("spoils quickly (§ 312g (2) no. 2 BGB)"),
            "sealed_hygiene": _("hygiene, once unsealed (§ 312g (2) no. 3 BGB)"),
            "en_primeur": _("bought before it is filled (§ 312g (2) no. 5 BGB)")}.get(kind, "")


def piece_words(line: GivenBack) -> str:
    """Pieces of a line in words."""
    return f"{number(line.qty)} × {line.title}"


def what_follows(one: WithdrawalView) -> list[str]:
    """What happens now, in whole sentences, the most important first."""
    row, seller = one.row, str(one.seller.get("name", ""))
    said = []
    if row.after_deadline:
        said.append(_("The fourteen days were over. It is passed on to %(name)s as received after "
                      "the period, and they decide.", name=seller))
    elif row.state == "declared":
        said.append(_("For some of these goods there may be no right of withdrawal. %(name)s looks "
                      "at it and answers.", name=seller))
    said.append(state_words(one))
    return said


def state_words(one: WithdrawalView) -> str:
    """How a declaration stands, for the buyer."""
    row, seller = one.row, str(one.seller.get("name", ""))
    due = day(row.refund_by) if row.refund_by else ""
    return {
        "unassigned": _("A person of the marketplace finds your order and passes the declaration "
                        "on. It counts from the moment it was sent."),
        "declared": _("Nothing is to be done by you until they answer."),
        "awaiting_goods": _("Please send the goods back by %(day)s. As soon as they are there, or "
                            "you show that you sent them, the money comes back.",
                            day=day(_back_by(one))),
        "refund_due": _("%(sum)s come back to you by %(day)s at the latest.",
                        sum=money(one.refund_minor), day=due),
        "refunded": _("%(sum)s were sent back to you.", sum=money(one.refund_minor)),
        "closed": _("Nothing had been paid, or nothing is left to withdraw from. So no money comes "
                    "back."),
        "objected": _("%(name)s does not accept it: %(why)s", name=seller,
                      why=row.objection_words or ""),
    }[row.state]


def _back_by(one: WithdrawalView) -> date:
    return clock.in_zone(one.row.declared_at).date() + timedelta(days=WITHDRAW_DAYS)


def receipt_sheet(withdrawal_id: int) -> PaperDocument:
    """Everything that stands on the receipt, in its language. Loads: 2 statements."""
    one = withdrawals_with(Withdrawal.id == withdrawal_id)[0]
    with speaking(one.row.lang or "de"):
        return _sheet(one)


def _sheet(one: WithdrawalView) -> PaperDocument:
    row, seller = one.row, one.seller
    sender = address_lines(seller, True) if seller else [market_name()]
    said = [_("“I hereby withdraw from the contract named above.”")]
    if row.text:
        said.append(_("Added by you: %(words)s", words=row.text))
    return PaperDocument(
        lang=row.lang or "de", title=_("Receipt of your withdrawal"), number=row.code,
        sender=sender, to=[row.name, row.email],
        facts=[(_("Receipt"), row.code), (_("Received"), moment(row.declared_at)),
               (_("Order number"), one.part_number or row.order_words)],
        lead=_("You declared the following, and it arrived at this time."),
        columns=[_("Quantity"), _("Goods"), "", "", _("Amount")],
        rows=[PaperRow(number(line.qty), line.title, right_words(line.right), "", "",
                       money(line.minor)) for line in one.lines],
        totals=receipt_sums(one), tax_columns=[], taxes=[],
        notes=[*said, *what_follows(one)], foot=[sender], issued_on=clock.in_zone(
            row.declared_at).date(), page_words=_("Page"))


def receipt_sums(one: WithdrawalView) -> Sequence[tuple[str, str]]:
    """What comes back, if there are lines to tell it of."""
    if not one.lines:
        return []
    found = [(_("Shipping"), money(one.row.shipping_minor))] if one.row.shipping_minor else []
    return [*found, (_("Comes back to you"), money(one.worth_minor))]

