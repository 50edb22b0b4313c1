"""Ways to pay for which nothing outside is called: bank transfer, and the demo's test card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NoReturn

from marketplace.adapters.payment.contract import (
    DISPUTED,
    SILENT,
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
from marketplace.foundation import clock


class _Offline:
    """What a way without a provider cannot do is refused by name."""

    name = ""
    signed_in = ""

    def look(self, reference: str) -> Standing:
        """Only our own records know."""
        return Standing("open")

    def close_page(self, reference: str) -> Standing:
        """There is no page elsewhere that could still be paid."""
        return Standing("page_closed")

    def _no(self) -> NoReturn:
        raise Refused("not_possible", f"{self.name} cannot do this")

    def hand_over(
        self, group: str, account: str, charge: str, minor: int, currency: str, key: str
    ) -> str:
        """Never: nothing is held that could be handed over."""
        self._no()

    def take_back(self, transfer: str, minor: int, key: str) -> str:
        """Never."""
        self._no()

    def refund(self, charge: str, minor: int, key: str) -> str:
        """Never."""
        self._no()

    def find(self, kind: str, within: str, key: str) -> str | None:
        """Nothing is kept elsewhere."""
        return None

    def refunds(self, charge: str) -> Sequence[GivenBack]:
        """Nobody gives anything back elsewhere."""
        return ()

    def disputes(self, charge: str) -> Sequence[Disputed]:
        """No bank disputes what nobody took."""
        return ()

    def answer_dispute(self, reference: str, said: Evidence, key: str) -> None:
        """There is none to answer."""
        self._no()

    def lines(self, begin: datetime, end: datetime) -> Iterator[ProviderLine]:
        """There is no account of ours anywhere."""
        return iter(())

    def undelivered(self, since: datetime) -> Iterator[Notice]:
        """Nobody tells us anything."""
        return iter(())

    def rehearse(self, account: str) -> Iterator[tuple[str, str]]:
        """Nothing outside has to be tried."""
        return iter(())

    def read_notice(self, body: bytes, signature: str) -> Notice:
        """No provider sends any."""
        raise NotGenuine("no provider")

    def open_account(self, name: str, email: str, country: str, back_url: str) -> Onboarding:
        """None is needed."""
        self._no()

    def resume_account(self, reference: str, back_url: str) -> str:
        """None is needed."""
        self._no()

    def look_account(self, reference: str) -> AccountStanding:
        """None is needed."""
        return AccountStanding("none")


class BankTransfer(_Offline):
    """Each seller is paid directly by transfer."""

    name = "bank_transfer"

    def abilities(self) -> Abilities:
        """Straight to the producer; nothing is held, so nothing can be given back from here."""
        return Abilities(pays_online=False)

    def open_page(self, bill: Bill) -> Page:
        """Instructions only."""
        return Page(None, bill.key)


class TestCard(_Offline):
    """A labelled page of our own on which no money moves; demo mode only.

    Handing over and giving back are written down under their key and nothing else; what is tried
    out stands in the references themselves.
    """

    name = "test_card"

    def abilities(self) -> Abilities:
        """Like a card, on paper."""
        return Abilities(pays_online=True, splits=True, refunds=True)

    def open_page(self, bill: Bill) -> Page:
        """The test page of the order."""
        return Page(f"/orders/{bill.order_number}/test-card", bill.key, bill.until)

    def look(self, reference: str) -> Standing:
        """Open, or paid where somebody paid and nobody was told."""
        _key, silent, minor = reference.partition(SILENT)
        return Standing("paid", int(minor)) if silent else Standing("open")

    def close_page(self, reference: str) -> Standing:
        """As every page; one that was paid says so."""
        seen = self.look(reference)
        return seen if seen.state == "paid" else super().close_page(reference)

    def disputes(self, charge: str) -> Sequence[Disputed]:
        """The whole of a charge that was paid with the card for it."""
        _key, disputed, minor = charge.partition(DISPUTED)
        return [Disputed(f"dispute {charge}"[:80], "open", int(minor), int(minor),
                         reason="fraudulent", until=clock.now() + timedelta(days=7))
                ] if disputed else ()

    def answer_dispute(self, reference: str, said: Evidence, key: str) -> None:
        """Nobody reads it."""

    def hand_over(
        self, group: str, account: str, charge: str, minor: int, currency: str, key: str
    ) -> str:
        """Nothing moves."""
        return f"test {key}"

    def take_back(self, transfer: str, minor: int, key: str) -> str:
        """Nothing moves."""
        return f"test {key}"

    def refund(self, charge: str, minor: int, key: str) -> str:
        """Nothing moves."""
        return f"test {key}"
