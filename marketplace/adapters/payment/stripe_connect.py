"""Card payments of a whole basket through Stripe: hosted page, then transfers to the sellers.

Separate charges and transfers (one charge, one transfer per seller), connected accounts of API v2
with the recipient configuration. Source: Stripe's API as typed by the pinned package.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from marketplace.adapters.payment.contract import (
    Abilities,
    AccountStanding,
    Bill,
    NotGenuine,
    Notice,
    Onboarding,
    Page,
    Refused,
    Standing,
)
from marketplace.foundation.errors import OutsideDown

if TYPE_CHECKING:
    import stripe

T = TypeVar("T")
SECONDS = 10
TOLERANCE_SECONDS = 300
REGION = frozenset((
    "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU",
    "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"))
"""EEA, UK and CH: where transfers from one platform may go."""

KINDS = {
    "checkout.session.async_payment_succeeded": "paid",
    "checkout.session.async_payment_failed": "not_paid",
    "checkout.session.expired": "page_closed",
    "refund.created": "refund_moved", "refund.updated": "refund_moved",
    "refund.failed": "refund_moved", "charge.dispute.created": "dispute_opened",
}


class StripeConnect:
    """The provider behind the card. `api` replaces the provider's address, e.g. for tests."""

    name = "stripe"

    def __init__(self, key: str, secrets: Iterable[str], site: str, api: str = "") -> None:
        self._key, self._secrets, self._site, self._api = key, tuple(secrets), site, api

    @cached_property
    def _client(self) -> stripe.StripeClient:
        import stripe

        bases: Any = {"api": self._api} if self._api else None
        return stripe.StripeClient(
            self._key, base_addresses=bases, max_network_retries=0,
            http_client=stripe.RequestsClient(timeout=SECONDS))

    def _call(self, act: Callable[[], T]) -> T:
        """Do one call and speak of its failure in our words."""
        import stripe

        try:
            return act()
        except (stripe.APIConnectionError, stripe.RateLimitError) as fault:
            raise OutsideDown("The payment service does not answer.", 30) from fault
        except stripe.IdempotencyError as fault:
            raise Refused("key_used", str(fault.user_message or fault)) from fault
        except stripe.StripeError as fault:
            if (fault.http_status or 500) >= 500:
                raise OutsideDown("The payment service has trouble of its own.", 30) from fault
            raise Refused(fault.code or "refused", str(fault.user_message or fault)) from fault

    def abilities(self) -> Abilities:
        """One page for all sellers, split afterwards."""
        return Abilities(True, splits=True, refunds=True, needs_account=True, min_minor=50,
                         countries=REGION)

    def open_page(self, bill: Bill) -> Page:
        """A hosted page: one line per seller order, no titles of goods."""
        facts = {"site": self._site, "order": bill.order_number, "attempt": str(bill.attempt)}
        params: Any = {
            "mode": "payment", "client_reference_id": bill.order_number, "metadata": facts,
            "customer_email": bill.email, "locale": bill.language,
            "success_url": bill.back_url, "cancel_url": bill.back_url,
            "expires_at": int(bill.until.timestamp()),
            "allowed_payment_method_types": ["card"],
            "payment_intent_data": {
                "transfer_group": bill.order_number, "metadata": facts,
                "statement_descriptor_suffix": bill.order_number},
            "line_items": [{"quantity": 1, "price_data": {
                "currency": bill.currency.lower(), "unit_amount": part.minor,
                "product_data": {"name": f"{part.seller} {part.number}"}}}
                for part in bill.parts]}
        made = self._call(lambda: self._client.v1.checkout.sessions.create(
            params, {"idempotency_key": bill.key}))
        return Page(made.url, made.id, datetime.fromtimestamp(made.expires_at, UTC))

    def look(self, reference: str) -> Standing:
        """The page with its charge, and the fee once it is known."""
        seen = self._call(lambda: self._client.v1.checkout.sessions.retrieve(
            reference, {"expand": ["payment_intent.latest_charge.balance_transaction"]}))
        return _standing(seen)

    def close_page(self, reference: str) -> Standing:
        """Expire the page; one that is complete cannot be, and says how it stands."""
        try:
            self._call(lambda: self._client.v1.checkout.sessions.expire(reference))
        except Refused:
            return self.look(reference)
        return Standing("page_closed")

    def hand_over(
        self, group: str, account: str, charge: str, minor: int, currency: str, key: str
    ) -> str:
        """A transfer out of the charge to a connected account."""
        made = self._call(lambda: self._client.v1.transfers.create(
            {"amount": minor, "currency": currency.lower(), "destination": account,
             "source_transaction": charge, "transfer_group": group,
             "metadata": {"key": _base(key)}},
            {"idempotency_key": key}))
        return str(made.id)

    def take_back(self, transfer: str, minor: int, key: str) -> str:
        """A reversal of a part of a transfer."""
        made = self._call(lambda: self._client.v1.transfers.reversals.create(
            transfer, {"amount": minor, "metadata": {"key": _base(key)}}, {"idempotency_key": key}))
        return str(made.id)

    def refund(self, charge: str, minor: int, key: str) -> str:
        """A refund of a part of a charge."""
        made = self._call(lambda: self._client.v1.refunds.create(
            {"charge": charge, "amount": minor, "metadata": {"key": _base(key)}},
            {"idempotency_key": key}))
        if made.status in ("failed", "canceled"):
            raise Refused(str(getattr(made, "failure_reason", None) or made.status))
        return str(made.id)

    def find(self, kind: str, within: str, key: str) -> str | None:
        """Look through what the provider has for the order, transfer or charge."""
        wanted = _base(key)

        def found() -> str | None:
            rows: Any
            if kind == "transfer":
                rows = self._client.v1.transfers.list({"transfer_group": within, "limit": 100})
            elif kind == "take_back":
                rows = self._client.v1.transfers.reversals.list(within, {"limit": 100})
            else:
                rows = self._client.v1.refunds.list({"charge": within, "limit": 100})
            return next((str(row.id) for row in rows.auto_paging_iter()
                         if (_plain(row).get("metadata") or {}).get("key") == wanted
                         and _plain(row).get("status") not in ("failed", "canceled")), None)

        return self._call(found)

    def read_notice(self, body: bytes, signature: str) -> Notice:
        """Check against each secret (rotation; platform and connected endpoints), then reduce."""
        import stripe

        for secret in self._secrets:
            try:
                stripe.WebhookSignature.verify_header(
                    body.decode(), signature, secret, TOLERANCE_SECONDS)
                return _notice(json.loads(body))
            except stripe.SignatureVerificationError:
                continue
            except (ValueError, KeyError, TypeError) as fault:
                raise NotGenuine("The message cannot be read.") from fault
        raise NotGenuine("No secret fits the signature.")

    def open_account(self, name: str, email: str, country: str, back_url: str) -> Onboarding:
        """A recipient account and the hosted page on which the producer completes it."""
        params: Any = {
            "contact_email": email, "display_name": name, "dashboard": "express",
            "identity": {"country": country.lower()},
            "defaults": {"responsibilities": {"fees_collector": "application",
                                              "losses_collector": "application"}},
            "configuration": {"recipient": {"capabilities": {
                "stripe_balance": {"stripe_transfers": {"requested": True}}}}}}
        made = self._call(lambda: self._client.v2.core.accounts.create(params))
        return Onboarding(made.id, self.resume_account(made.id, back_url))

    def resume_account(self, reference: str, back_url: str) -> str:
        """A fresh link to the hosted page; each is good once."""
        link: Any = {"account": reference, "use_case": {
            "type": "account_onboarding", "account_onboarding": {
                "refresh_url": back_url, "return_url": back_url}}}
        return str(self._call(lambda: self._client.v2.core.account_links.create(link)).url)

    def look_account(self, reference: str) -> AccountStanding:
        """Ready once transfers are active; else what the provider still wants."""
        seen = _plain(self._call(lambda: self._client.v2.core.accounts.retrieve(
            reference, {"include": ["configuration.recipient", "requirements"]})))
        status = _deep(seen, "configuration", "recipient", "capabilities", "stripe_balance",
                       "stripe_transfers", "status")
        entries = _deep(seen, "requirements", "entries") or []
        missing = tuple(str(entry.get("description")) for entry in entries)
        if status == "active":
            return AccountStanding("ready", missing)
        return AccountStanding("started" if status == "pending" else "restricted", missing)


def _plain(found: Any) -> dict[str, Any]:
    """A provider's object as plain values."""
    plain: dict[str, Any] = found.to_dict() if hasattr(found, "to_dict") else dict(found)
    return plain


def _deep(found: Any, *names: str) -> Any:
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _whole(text: Any) -> int:
    """An attempt's number; 0 for what another site wrote there."""
    return int(text) if str(text).isdecimal() and len(str(text)) < 9 else 0


def _base(key: str) -> str:
    """A key without the suffix of its repetition."""
    return key.partition("+")[0]


def _standing(session: Any) -> Standing:
    seen = _plain(session)
    facts = seen.get("metadata") or {}
    charge = _deep(seen, "payment_intent", "latest_charge")
    paid = seen.get("payment_status") == "paid"
    return Standing(
        _state(seen), int(seen["amount_total"]) if paid else 0,
        str(seen.get("currency") or "eur").upper(),
        str(charge.get("id", "")) if isinstance(charge, dict) else str(charge or ""),
        _deep(charge, "balance_transaction", "fee"), str(facts.get("order", "")),
        _whole(facts.get("attempt")))


def _state(seen: dict[str, Any]) -> str:
    """A page's state in our words."""
    if seen.get("payment_status") == "paid":
        return "paid"
    if seen.get("status") == "expired":
        return "page_closed"
    if seen.get("status") != "complete":
        return "open"
    return "processing" if _deep(seen, "payment_intent", "status") in ("processing", None) \
        else "not_paid"


def _notice(event: dict[str, Any]) -> Notice:
    kind, thing = KINDS.get(event["type"], ""), _deep(event, "data", "object") or {}
    if event["type"] == "checkout.session.completed":
        kind = "paid" if thing.get("payment_status") == "paid" else "processing"
    elif event["type"] == "charge.dispute.closed":
        kind = "dispute_won" if thing.get("status") == "won" else "dispute_lost"
    elif event["type"].startswith("v2.core.account"):
        kind = "account_changed"
    facts = thing.get("metadata") or {}
    reference = thing.get("id") or _deep(event, "related_object", "id") or ""
    if kind in ("refund_moved", "dispute_opened", "dispute_won", "dispute_lost"):
        reference = thing.get("charge") or reference
    created = event.get("created")
    return Notice(
        event["id"], kind, "live" if event.get("livemode") else "test",
        str(facts.get("site", "")), str(facts.get("order", "")), _whole(facts.get("attempt")),
        str(reference), int(thing.get("amount_total") or thing.get("amount") or 0),
        str(thing.get("currency") or "eur").upper(),
        datetime.fromtimestamp(created, UTC) if isinstance(created, int)
        else datetime.fromisoformat(str(created)))
