"""A second payment service for tests: everything in memory, in the words of our contract only."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Any

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

FEE_MINOR = 30
Thing = dict[str, Any]


class MemoryDoor:
    """Pages, charges, transfers, refunds and accounts as plain rows; a key is done once."""

    name, signed_in = "stripe", "X-Memory-Signature"

    def __init__(self, site: str) -> None:
        self._site, self._numbers = site, count(1)
        self.things: dict[str, Thing] = {}
        self._keys: dict[str, str] = {}

    def _new(self, kind: str, key: str = "", **values: Any) -> str:
        reference = f"{kind}-{next(self._numbers)}"
        self.things[reference] = {"kind": kind, "key": key, "at": datetime.now(UTC), **values}
        if key:
            self._keys[key] = reference
        return reference

    def _all(self, kind: str, **where: Any) -> list[tuple[str, Thing]]:
        return [(reference, one) for reference, one in self.things.items() if one["kind"] == kind
                and all(one[name] == value for name, value in where.items())]

    def abilities(self) -> Abilities:
        """One page for all, split afterwards."""
        return Abilities(True, splits=True, refunds=True, needs_account=True, min_minor=50,
                         leads_to=("https://memory.example",))

    def open_page(self, bill: Bill) -> Page:
        """The same key, the same page."""
        reference = self._keys.get(bill.key) or self._new("page", bill.key, state="open",
                                                          bill=bill, charge="")
        return Page(f"https://memory.example/{reference}", reference, bill.until)

    def pay(self, reference: str) -> None:
        """Somebody pays on a page."""
        page = self.things[reference]
        page["charge"] = self._new("charge", minor=page["bill"].total_minor,
                                   group=page["bill"].order_number)
        page["state"] = "paid"

    def look(self, reference: str) -> Standing:
        """How a page stands."""
        page = self.things[reference]
        paid = page["bill"].total_minor if page["charge"] else 0
        return Standing(page["state"], paid, page["bill"].currency, page["charge"],
                        FEE_MINOR if paid else None, page["bill"].order_number,
                        page["bill"].attempt)

    def close_page(self, reference: str) -> Standing:
        """A paid one answers paid."""
        page = self.things[reference]
        page["state"] = "paid" if page["charge"] else "page_closed"
        return self.look(reference)

    def hand_over(
        self, group: str, account: str, charge: str, minor: int, currency: str, key: str
    ) -> str:
        """Never more than the charge brought, to a ready account only."""
        if key in self._keys:
            return self._keys[key]
        if not self.things[account]["ready"]:
            raise Refused("account_not_ready")
        gone = sum(one["minor"] for _ref, one in self._all("transfer", charge=charge))
        if charge and gone + minor > self.things[charge]["minor"]:
            raise Refused("more_than_the_charge")
        self.things[account]["minor"] += minor
        return self._new("transfer", key, minor=minor, charge=charge, within=group,
                         account=account)

    def take_back(self, transfer: str, minor: int, key: str) -> str:
        """As far as the account still has it."""
        if key in self._keys:
            return self._keys[key]
        account = self.things[self.things[transfer]["account"]]
        if account["minor"] < minor:
            raise Refused("balance_insufficient")
        account["minor"] -= minor
        return self._new("take_back", key, minor=minor, within=transfer)

    def refund(self, charge: str, minor: int, key: str) -> str:
        """Never more than is left."""
        if key in self._keys:
            return self._keys[key]
        gone = sum(one["minor"] for _ref, one in self._all("refund", within=charge))
        if gone + minor > self.things[charge]["minor"]:
            raise Refused("charge_already_refunded")
        return self._new("refund", key, minor=minor, within=charge)

    def find(self, kind: str, within: str, key: str) -> str | None:
        """By the key, without what was added to it."""
        known = self._keys.get(key.partition("+")[0])
        return known if known and self.things[known]["within"] == within else None

    def refunds(self, charge: str) -> Sequence[GivenBack]:
        """All of a charge."""
        return [GivenBack(reference, one["minor"], "done", one["key"])
                for reference, one in self._all("refund", within=charge)]

    def disputes(self, charge: str) -> Sequence[Disputed]:
        """Nobody disputes anything here."""
        return ()

    def answer_dispute(self, reference: str, said: Evidence, key: str) -> None:
        """There is none."""
        raise Refused("no_dispute")

    def lines(self, begin: datetime, end: datetime) -> Iterator[ProviderLine]:
        """What moved, in the order of its moving."""
        kinds = {"charge": "paid", "transfer": "transfer", "take_back": "take_back",
                 "refund": "refund"}
        for reference, one in self.things.items():
            if one["kind"] in kinds and begin <= one["at"] < end:
                yield ProviderLine(kinds[one["kind"]], reference, one["minor"],
                                   FEE_MINOR if one["kind"] == "charge" else 0, "EUR", one["at"],
                                   self._site)

    def undelivered(self, since: datetime) -> Iterator[Notice]:
        """Everything was told."""
        return iter(())

    def rehearse(self, account: str) -> Iterator[tuple[str, str]]:
        """Open a page and close it."""
        now = datetime.now(UTC)
        page = self.open_page(Bill("CHECK", 1, f"check-{now}", "EUR", 100, (), "", "en", "",
                                   now + timedelta(hours=1)))
        yield "page", page.reference
        yield "close", self.close_page(page.reference).state

    def told(self, reference: str) -> tuple[bytes, str]:
        """The message that a page was paid, and its signature."""
        bill = self.things[reference]["bill"]
        body = json.dumps([f"told-{reference}", bill.order_number, bill.attempt, reference,
                           bill.total_minor]).encode()
        return body, self._sign(body)

    def _sign(self, body: bytes) -> str:
        return sha256(b"memory" + body).hexdigest()

    def read_notice(self, body: bytes, signature: str) -> Notice:
        """Signed with a hash."""
        if signature != self._sign(body):
            raise NotGenuine("not signed")
        event, number, attempt, reference, minor = json.loads(body)
        return Notice(event, "paid", "test", self._site, number, attempt, reference, minor, "EUR",
                      datetime.now(UTC))

    def open_account(self, name: str, email: str, country: str, back_url: str) -> Onboarding:
        """To be completed."""
        reference = self._new("account", ready=False, minor=0)
        return Onboarding(reference, self.resume_account(reference, back_url))

    def resume_account(self, reference: str, back_url: str) -> str:
        """Where it goes on."""
        return f"https://memory.example/{reference}"

    def complete(self, reference: str) -> None:
        """The producer gave everything."""
        self.things[reference]["ready"] = True

    def look_account(self, reference: str) -> AccountStanding:
        """Restricted until it is complete."""
        ready = self.things[reference]["ready"]
        return AccountStanding("ready") if ready else AccountStanding("restricted", ("name",))
