"""What is wrong with money, in words."""

from __future__ import annotations

from flask_babel import gettext as _


def kind_words(kind: str) -> str:
    """What waits for a person."""
    return {"review": _("does not fit"), "transfer": _("cannot be handed over"),
            "refund": _("refund waits"), "dispute": _("disputed"),
            "wrong_mode": _("message of another mode"),
            "foreign_refund": _("refund made at the payment service")}[kind]


def what_words(kind: str) -> str:
    """What a line of the payment service is about."""
    return {"paid": _("payment"), "fee": _("fee of the payment service"),
            "transfer": _("handed over"), "take_back": _("taken back"), "refund": _("refund"),
            "refund_failed": _("refund that failed"), "dispute_out": _("disputed"),
            "dispute_in": _("dispute won"), "dispute_fee": _("fee of a dispute")}[kind]


def trouble_words(code: str) -> str:
    """Why something does not move; the service's own word where we have none."""
    return {
        "balance_insufficient": _("the account there is empty"),
        "less_is_left": _("less is left of the transfer than has to come back"),
        "charge_disputed": _("the payment is disputed"),
        "not_handed_over": _("the house's part has not left yet"),
        "no_account": _("the house has no ready account"),
        "insufficient_capabilities_for_transfer": _("the house's account cannot receive money"),
        "unclear": _("the end of a call is unclear; it is looked up"),
        "refund_failed": _("the payment service says that it failed"),
        "dispute_part": _("the bank gave a part of it back already"),
        "dispute_won": _("the dispute was won after it was lost"),
        "live": _("real money, while this is a trial"),
        "test": _("a trial, while this is for real money"),
        "charge_already_refunded": _("more than is left of the payment"),
    }.get(code, code)
