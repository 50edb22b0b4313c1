"""What Stripe's objects mean in our words. Pure, but for the clock of a message."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from marketplace.adapters.payment.contract import (
    Disputed,
    GivenBack,
    Notice,
    ProviderLine,
    Standing,
)

KINDS = {
    "checkout.session.async_payment_succeeded": "paid",
    "checkout.session.async_payment_failed": "not_paid",
    "checkout.session.expired": "page_closed",
    "refund.created": "refund_moved", "refund.updated": "refund_moved",
    "refund.failed": "refund_moved", "charge.dispute.created": "dispute_opened",
    "charge.dispute.updated": "dispute_moved", "charge.dispute.funds_withdrawn": "dispute_moved",
    "charge.dispute.funds_reinstated": "dispute_moved",
}
DISPUTES = {"won": "won", "warning_closed": "won", "prevented": "won", "lost": "lost",
            "under_review": "answered", "warning_under_review": "answered"}
LINES = {"charge": "paid", "payment": "paid", "transfer": "transfer",
         "transfer_refund": "take_back", "refund": "refund", "payment_refund": "refund",
         "refund_failure": "refund_failed", "payment_failure_refund": "refund_failed"}


def plain(found: Any) -> dict[str, Any]:
    """A provider's object as plain values."""
    known: dict[str, Any] = found.to_dict() if hasattr(found, "to_dict") else dict(found)
    return known


def deep(found: Any, *names: str) -> Any:
    """A value further inside; None where something on the way is missing."""
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def whole(text: Any) -> int:
    """An attempt's number; 0 for what another site wrote there."""
    return int(text) if str(text).isdecimal() and len(str(text)) < 9 else 0


def base(key: str) -> str:
    """A key without the suffix of its repetition."""
    return key.partition("+")[0]


def standing(session: Any) -> Standing:
    """How a page stands."""
    seen = plain(session)
    facts = seen.get("metadata") or {}
    charge = deep(seen, "payment_intent", "latest_charge")
    paid = seen.get("payment_status") == "paid"
    return Standing(
        state(seen), int(seen["amount_total"]) if paid else 0,
        str(seen.get("currency") or "eur").upper(),
        str(charge.get("id", "")) if isinstance(charge, dict) else str(charge or ""),
        deep(charge, "balance_transaction", "fee"), str(facts.get("order", "")),
        whole(facts.get("attempt")))


def state(seen: dict[str, Any]) -> str:
    """A page's state in our words."""
    if seen.get("payment_status") == "paid":
        return "paid"
    if seen.get("status") == "expired":
        return "page_closed"
    if seen.get("status") != "complete":
        return "open"
    return "processing" if deep(seen, "payment_intent", "status") in ("processing", None) \
        else "not_paid"


def notice(event: dict[str, Any]) -> Notice:
    """A message, reduced to what is kept."""
    kind, thing = KINDS.get(event["type"], ""), deep(event, "data", "object") or {}
    if event["type"] == "checkout.session.completed":
        kind = "paid" if thing.get("payment_status") == "paid" else "processing"
    elif event["type"] == "charge.dispute.closed":
        kind = "dispute_won" if thing.get("status") == "won" else "dispute_lost"
    elif event["type"].startswith("v2.core.account"):
        kind = "account_changed"
    facts = thing.get("metadata") or {}
    reference = thing.get("id") or deep(event, "related_object", "id") or ""
    if kind == "refund_moved" or kind.startswith("dispute"):
        reference = thing.get("charge") or reference
    created = event.get("created")
    return Notice(
        event["id"], kind, "live" if event.get("livemode") else "test",
        str(facts.get("site", "")), str(facts.get("order", "")), whole(facts.get("attempt")),
        str(reference), int(thing.get("amount_total") or thing.get("amount") or 0),
        str(thing.get("currency") or "eur").upper(),
        datetime.fromtimestamp(created, UTC) if isinstance(created, int)
        else datetime.fromisoformat(str(created)))


def disputed(seen: dict[str, Any]) -> Disputed:
    """A dispute; what the bank took and what it costs stand in its balance transactions."""
    moves = [plain(one) for one in seen.get("balance_transactions") or []]
    until = deep(seen, "evidence_details", "due_by")
    return Disputed(
        str(seen["id"]), DISPUTES.get(str(seen.get("status")), "open"), int(seen["amount"]),
        sum(-int(one["amount"]) for one in moves if int(one["amount"]) < 0),
        sum(int(one.get("fee") or 0) for one in moves),
        str(seen.get("currency") or "eur").upper(), str(seen.get("reason") or "")[:60],
        datetime.fromtimestamp(until, UTC) if until else None)


def given_back(seen: dict[str, Any]) -> GivenBack:
    """A refund; what is pending or wants the payer to act is not done."""
    state = {"succeeded": "done", "failed": "failed", "canceled": "failed"}.get(
        str(seen.get("status")), "pending")
    return GivenBack(str(seen["id"]), int(seen["amount"]), state,
                     str((seen.get("metadata") or {}).get("key") or ""))


def line(seen: dict[str, Any]) -> ProviderLine:
    """A line of the account; `kind` is "" for what is none of ours, such as a payout."""
    source = seen.get("source")
    facts = source if isinstance(source, dict) else {"id": source}
    reference, minor = str(facts.get("id") or ""), int(seen["amount"])
    kind = LINES.get(str(seen.get("type")), "")
    if not kind and reference.startswith(("dp_", "du_")):
        kind = "dispute_out" if minor < 0 else "dispute_in"
    return ProviderLine(
        kind, reference, abs(minor), int(seen.get("fee") or 0),
        str(seen.get("currency") or "eur").upper(),
        datetime.fromtimestamp(int(seen["created"]), UTC),
        str((facts.get("metadata") or {}).get("site") or ""))
