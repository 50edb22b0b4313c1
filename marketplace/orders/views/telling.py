"""What happened to an order, in words; told alike to the buyer, the seller and the operator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from flask_babel import gettext as _

from marketplace.orders.models import OrderHistory
from marketplace.web.formats import moment, money, short_day

SAD = ("cancelled", "expired", "objected", "lost", "late", "vanished")
Told = tuple[str, str, str, str]


def told(history: Sequence[OrderHistory], names: Mapping[int, str], seller: bool = False
         ) -> list[Told]:
    """The rows of a timeline; `names`: sellers by part; `seller`: read by the seller."""
    words = seller_words() if seller else {}
    return [(words.get(entry.kind) or history_words(entry, names), moment(entry.at),
             "bad" if entry.kind in SAD else "done", entry.actor_name or "") for entry in history]


def seller_words() -> Mapping[str, str]:
    """What a seller reads where the buyer is spoken to."""
    return {"withdrawn": _("The buyer withdrew from the contract"),
            "proof_sent": _("The buyer showed that the goods are on their way back"),
            "refund_due": _("Money is owed back"), "refunded": _("Money is on its way back"),
            "complained": _("The buyer complained"),
            "complaint_closed": _("The buyer said how the complaint ended"),
            "signalled": _("The buyer: something is wrong"),
            "readdressed": _("The buyer changed the address"),
            "paused": _("The buyer asks to wait with the delivery")}


def _day(entry: OrderHistory) -> str:
    said = entry.args.get("day")
    return short_day(date.fromisoformat(said)) if said else ""


def history_words(entry: OrderHistory, names: Mapping[int, str]) -> str:
    """What happened, in words."""
    name = names.get(entry.seller_order_id or 0, "")
    for words in (_way_words, _parcel_words, _day_words, _right_words):
        found = words(entry, name).get(entry.kind)
        if found:
            return found
    return entry.kind


def _way_words(entry: OrderHistory, name: str) -> Mapping[str, str]:
    return {
        "placed": _("You ordered"), "paid": _("%(name)s has your payment", name=name),
        "by_transfer": _("You pay by transfer instead"),
        "email_corrected": _("You corrected the e-mail address"),
        "packing": _("%(name)s packs", name=name),
        "dispatched": _("%(name)s handed the parcel over", name=name),
        "delivered": _("The parcel of %(name)s arrived", name=name),
        "cancelled": _("The part of %(name)s was cancelled", name=name),
        "expired": _("The part of %(name)s was not paid in time", name=name),
        "part_paid": _("A part of the sum reached %(name)s", name=name),
        "overpaid": _("%(name)s got more than was due", name=name),
        "shortened": _("%(name)s cannot send everything: %(why)s", name=name,
                       why=entry.args.get("reason", "")),
        "on_hold": _("%(name)s waits: your bank asks about the payment", name=name),
        "hold_over": _("The question of your bank about %(name)s is settled", name=name),
        "refund_due": _("You get %(sum)s back from %(name)s", name=name,
                        sum=money(int(entry.args.get("minor", 0)))),
        "refunded": _("%(sum)s from %(name)s are on their way to you", name=name,
                      sum=money(int(entry.args.get("minor", 0)))),
    }


def _parcel_words(entry: OrderHistory, name: str) -> Mapping[str, str]:
    return {
        "partly_sent": _("%(name)s handed a part of it over", name=name),
        "taken_back": _("%(name)s took the parcel back to look into it", name=name),
        "parcel_arrived": _("A parcel of %(name)s arrived", name=name),
        "lost": _("A parcel of %(name)s is lost", name=name),
        "sent_back": _("A parcel came back to %(name)s", name=name),
        "sent_again": _("%(name)s sent it again", name=name),
    }


def _day_words(entry: OrderHistory, name: str) -> Mapping[str, str]:
    return {
        "late": _("%(name)s did not send by %(day)s", name=name, day=_day(entry)),
        "new_day": _("%(name)s sends on %(day)s: %(why)s", name=name, day=_day(entry),
                     why=entry.args.get("reason", "")),
        "vanished": _("Nobody of %(name)s did anything for a week; the marketplace looks",
                      name=name),
        "paused": _("You asked %(name)s to wait until %(day)s", name=name, day=_day(entry)),
        "waits": _("You wait for %(name)s", name=name),
        "readdressed": _("You changed the address"),
    }


def _right_words(entry: OrderHistory, name: str) -> Mapping[str, str]:
    return {
        "set_keep": _("You keep %(title)s", title=entry.args.get("title", "")),
        "set_cancel": _("You cancelled %(title)s", title=entry.args.get("title", "")),
        "read": _("Somebody of the marketplace looked at your order: %(why)s",
                  why=entry.args.get("reason", "")),
        "consent": _("You let the marketplace look at this order"),
        "consent_ended": _("The marketplace may not look at this order any more"),
        "complained": _("You complained to %(name)s", name=name),
        "complaint_closed": _("You said how your complaint to %(name)s ended", name=name),
        "signalled": _("You told %(name)s that something is wrong", name=name),
        "signal_answered": _("%(name)s answered: %(words)s", name=name,
                             words=entry.args.get("words", "")),
        "withdrawn": _("You withdrew from the contract with %(name)s", name=name),
        "proof_sent": _("You showed that the goods are on their way back to %(name)s", name=name),
        "goods_back": _("The goods are back at %(name)s", name=name),
        "withdrawal_accepted": _("%(name)s accepts the withdrawal", name=name),
        "objected": _("%(name)s objects to the withdrawal", name=name),
    }
