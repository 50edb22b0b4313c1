"""Card payments of a whole basket through Stripe: hosted page, then transfers to the sellers.

Separate charges and transfers (one charge, one transfer per seller), connected accounts of API v2
with the recipient configuration. Source: Stripe's API as typed by the pinned package.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from marketplace.adapters.payment.contract import (
    Abilities,
    AccountStanding,
    Bill,
    Disputed,
    Evidence,
    GivenBack,
    NotGenuine,
    Notice,
    Onboarding,
    Page,
    ProviderLine,
    Refused,
    Standing,
)
from marketplace.adapters.payment.stripe_connect.journey import journey
from marketplace.adapters.payment.stripe_connect.meaning import (
    base,
    deep,
    disputed,
    given_back,
    line,
    notice,
    plain,
    standing,
)
from marketplace.foundation.errors import OutsideDown
from marketplace.foundation.meters import outside

if TYPE_CHECKING:
    import stripe

T = TypeVar("T")
PAGES = "https://*.stripe.com"
"""Where hosted pages lie: checkout., connect., billing."""
SECONDS = 10
MOST_SIGNS = 20_000
TOLERANCE_SECONDS = 300
REGION = frozenset((
    "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU",
    "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"))
"""EEA, UK and CH: where transfers from one platform may go."""


class StripeConnect:
    """The provider behind the card. `api` replaces the provider's address, e.g. for tests."""

    name = "stripe"
    signed_in = "Stripe-Signature"

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
        """Do one call, measured, and speak of its failure in our words."""
        with outside("stripe"):
            return self._in_our_words(act)

    def _in_our_words(self, act: Callable[[], T]) -> T:
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

    def call(self, act: Callable[[Any], T]) -> T:
        """Something else with the provider's own client, its failures in our words."""
        return self._call(lambda: act(self._client))

    @property
    def key_is_for_tests(self) -> bool:
        """Whether no money moves with this key."""
        return self._key.partition("_")[2].startswith("test_")

    def rehearse(self, account: str) -> Iterator[tuple[str, str]]:
        """The whole way once, as `journey`."""
        return journey(self, account)

    def abilities(self) -> Abilities:
        """One page for all sellers, split afterwards."""
        return Abilities(True, splits=True, refunds=True, needs_account=True, min_minor=50,
                         countries=REGION, leads_to=(self._api or PAGES,))

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
        return standing(seen)

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
        params: Any = {
            "amount": minor, "currency": currency.lower(), "destination": account,
            "transfer_group": group, "metadata": self._facts(key),
            **({"source_transaction": charge} if charge else {})}
        made = self._call(lambda: self._client.v1.transfers.create(
            params, {"idempotency_key": key}))
        return str(made.id)

    def _facts(self, key: str) -> dict[str, str]:
        return {"key": base(key), "site": self._site}

    def take_back(self, transfer: str, minor: int, key: str) -> str:
        """A reversal of a part of a transfer."""
        made = self._call(lambda: self._client.v1.transfers.reversals.create(
            transfer, {"amount": minor, "metadata": self._facts(key)}, {"idempotency_key": key}))
        return str(made.id)

    def refund(self, charge: str, minor: int, key: str) -> str:
        """A refund of a part of a charge."""
        made = self._call(lambda: self._client.v1.refunds.create(
            {"charge": charge, "amount": minor, "metadata": self._facts(key)},
            {"idempotency_key": key}))
        if made.status in ("failed", "canceled"):
            raise Refused(str(getattr(made, "failure_reason", None) or made.status))
        return str(made.id)

    def find(self, kind: str, within: str, key: str) -> str | None:
        """Look through what the provider has for the order, transfer or charge."""
        wanted = base(key)

        def found() -> str | None:
            rows: Any
            if kind == "transfer":
                rows = self._client.v1.transfers.list({"transfer_group": within, "limit": 100})
            elif kind == "take_back":
                rows = self._client.v1.transfers.reversals.list(within, {"limit": 100})
            else:
                rows = self._client.v1.refunds.list({"charge": within, "limit": 100})
            return next((str(row.id) for row in rows.auto_paging_iter()
                         if (plain(row).get("metadata") or {}).get("key") == wanted
                         and plain(row).get("status") not in ("failed", "canceled")), None)

        return self._call(found)

    def refunds(self, charge: str) -> Sequence[GivenBack]:
        """Those made in the provider's own console carry no key of ours."""
        return self._call(lambda: [given_back(plain(one)) for one in self._client.v1.refunds.list(
            {"charge": charge, "limit": 100}).auto_paging_iter()])

    def disputes(self, charge: str) -> Sequence[Disputed]:
        """All of a charge; there is one at most in practice."""
        return self._call(lambda: [disputed(plain(one)) for one in self._client.v1.disputes.list(
            {"charge": charge, "limit": 100}).auto_paging_iter()])

    def answer_dispute(self, reference: str, said: Evidence, key: str) -> None:
        """Hand the evidence in and submit it, which is final."""
        fields = {
            "uncategorized_text": said.words, "product_description": said.goods,
            "customer_name": said.buyer, "customer_email_address": said.email,
            "shipping_address": said.address, "shipping_carrier": said.carrier,
            "shipping_tracking_number": said.tracking, "shipping_date": said.sent_on,
            "refund_refusal_explanation": said.refund_words}
        params: Any = {"submit": True, "evidence": {
            name: words[:MOST_SIGNS] for name, words in fields.items() if words}}
        self._call(lambda: self._client.v1.disputes.update(
            reference, params, {"idempotency_key": key}))

    def lines(self, begin: datetime, end: datetime) -> Iterator[ProviderLine]:
        """Page by page, a hundred lines at a time, with what each is about."""
        pages = self._call(lambda: self._client.v1.balance_transactions.list({
            "created": {"gte": int(begin.timestamp()), "lt": int(end.timestamp())}, "limit": 100,
            "expand": ["data.source"]}))
        return self._each(pages, lambda seen: line(seen))

    def undelivered(self, since: datetime) -> Iterator[Notice]:
        """What the provider could not tell us; it keeps messages for thirty days."""
        pages = self._call(lambda: self._client.v1.events.list({
            "created": {"gte": int(since.timestamp())}, "delivery_success": False, "limit": 100}))
        return self._each(pages, lambda seen: notice(seen))

    def _each(self, pages: Any, mean: Callable[[dict[str, Any]], T]) -> Iterator[T]:
        rows, end = iter(pages.auto_paging_iter()), object()
        while (row := self._in_our_words(lambda: next(rows, end))) is not end:
            yield mean(plain(row))

    def read_notice(self, body: bytes, signature: str) -> Notice:
        """Check against each secret (rotation; platform and connected endpoints), then reduce."""
        import stripe

        for secret in self._secrets:
            try:
                stripe.WebhookSignature.verify_header(
                    body.decode(), signature, secret, TOLERANCE_SECONDS)
                return notice(json.loads(body))
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
        seen = plain(self._call(lambda: self._client.v2.core.accounts.retrieve(
            reference, {"include": ["configuration.recipient", "requirements"]})))
        status = deep(seen, "configuration", "recipient", "capabilities", "stripe_balance",
                       "stripe_transfers", "status")
        entries = deep(seen, "requirements", "entries") or []
        missing = tuple(str(entry.get("description")) for entry in entries)
        if status == "active":
            return AccountStanding("ready", missing)
        return AccountStanding("started" if status == "pending" else "restricted", missing)
