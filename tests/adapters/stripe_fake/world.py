"""What a Stripe knows: objects, balances, its clock, and the events it has to tell."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

import stripe

Thing = dict[str, Any]
FEE_BP, FEE_FIXED = 150, 25
"""A sample fee: 1.5 % + 0.25."""


class No(Exception):
    """A refusal as the API words it."""

    def __init__(self, status: int, code: str, sentence: str, param: str = "",
                 kind: str = "invalid_request_error") -> None:
        super().__init__(sentence)
        self.status = status
        self.body = {"error": {"type": kind, "code": code, "message": sentence,
                               **({"param": param} if param else {})}}


@dataclass
class World:
    """Everything of one platform account; `tell` is called with each new event.

    The platform left some money there for fees, without which no refund is covered.
    """

    things: dict[str, Thing] = field(default_factory=dict)
    events: list[Thing] = field(default_factory=list)
    shift: float = 0.0
    platform: int = 5_000
    lock: RLock = field(default_factory=RLock)
    tell: Callable[[Thing], None] = field(default=lambda _event: None)

    def now(self) -> int:
        """Seconds since 1970 on this world's clock."""
        return int(time.time() + self.shift)

    def later(self, seconds: float) -> None:
        """Let time pass; pages whose life is over are closed and told so."""
        self.shift += seconds
        for session in self.all("checkout.session"):
            if session["status"] == "open" and session["expires_at"] <= self.now():
                self.close(session)

    def new(self, prefix: str, kind: str, **values: Any) -> Thing:
        """A new object, known by its id."""
        made = {"id": f"{prefix}_{secrets.token_hex(12)}", "object": kind,
                "created": self.now(), "livemode": False, **values}
        self.things[made["id"]] = made
        return made

    def get(self, reference: str, kind: str = "") -> Thing:
        """An object by its id. Raises No."""
        found = self.things.get(reference)
        if found is None or (kind and found["object"] != kind):
            raise No(404, "resource_missing", f"No such {kind or 'object'}: '{reference}'", "id")
        return found

    def all(self, kind: str, **where: Any) -> list[Thing]:
        """Objects of a kind, newest first."""
        return [one for one in reversed(self.things.values()) if one["object"] == kind
                and all(one.get(name) == value for name, value in where.items())]

    def entry(self, kind: str, source: Thing, minor: int, fee: int = 0) -> Thing:
        """A line of the platform's account: its balance moves by the amount less the fee."""
        self.platform += minor - fee
        return self.new("txn", "balance_transaction", type=kind, source=source["id"],
                        amount=minor, fee=fee, net=minor - fee, currency=source["currency"])

    def emit(self, kind: str, thing: Thing) -> Thing:
        """Something happened; whoever listens is told."""
        event = self.new("evt", "event", type=kind, api_version=stripe.api_version,
                         pending_webhooks=1, data={"object": dict(thing)})
        self.events.append(event)
        self.tell(event)
        return event

    def close(self, session: Thing) -> None:
        """Nobody pays on this page any more."""
        session["status"] = "expired"
        self.emit("checkout.session.expired", session)

    def charge(self, intent: Thing) -> Thing:
        """Money comes in, less the fee."""
        fee = intent["amount"] * FEE_BP // 10_000 + FEE_FIXED
        made = self.new(
            "ch", "charge", amount=intent["amount"], amount_refunded=0, refunded=False,
            currency=intent["currency"], payment_intent=intent["id"], status="succeeded", paid=True,
            disputed=False, transfer_group=intent["transfer_group"], metadata=intent["metadata"])
        made["balance_transaction"] = self.entry("charge", made, intent["amount"], fee)["id"]
        intent.update(status="succeeded", amount_received=intent["amount"],
                      latest_charge=made["id"])
        self.emit("charge.succeeded", made)
        self.emit("payment_intent.succeeded", intent)
        return made

    def dispute(self, charge: Thing, minor: int | None = None) -> Thing:
        """The payer's bank takes money back for the time being, with a fee."""
        amount = charge["amount"] if minor is None else minor
        charge["disputed"] = True
        made = self.new("dp", "dispute", amount=amount, charge=charge["id"], reason="fraudulent",
                        currency=charge["currency"], status="needs_response",
                        payment_intent=charge["payment_intent"], metadata=charge["metadata"],
                        evidence_details={"due_by": self.now() + 7 * 86_400},
                        evidence={}, balance_transactions=[])
        made["balance_transactions"].append(self.entry("adjustment", made, -amount, 2000))
        self.emit("charge.dispute.created", made)
        return made

    def end_dispute(self, dispute: Thing, won: bool) -> None:
        """The bank decides."""
        dispute["status"] = "won" if won else "lost"
        if won:
            dispute["balance_transactions"].append(
                self.entry("adjustment", dispute, dispute["amount"]))
        self.emit("charge.dispute.closed", dispute)

    def pay_out(self, account: Thing) -> int:
        """The account's balance goes to its bank; how much."""
        minor, account["balance"] = int(account["balance"]), 0
        return minor
