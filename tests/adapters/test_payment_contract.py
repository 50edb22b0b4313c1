"""What every way to pay keeps: one suite over all adapters, a pretended second service among them.

payments-31: whoever adds an adapter adds a line to `WAYS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from marketplace.adapters.payment.contract import (
    Bill,
    BillPart,
    Evidence,
    NotGenuine,
    PaymentDoor,
    Refused,
)
from marketplace.adapters.payment.offline import BankTransfer, TestCard
from marketplace.adapters.payment.stripe_connect import StripeConnect
from tests.adapters.memory_door import MemoryDoor
from tests.adapters.stripe_fake import FakeStripe

SITE, UNTIL = "market.example", datetime.now(UTC) + timedelta(minutes=45)
NOBODY: Callable[[str], object] = lambda _reference: None  # noqa: E731


@dataclass(frozen=True)
class Way:
    """A door, and what people do at its service."""

    door: PaymentDoor
    pay: Callable[[str], object] = NOBODY
    complete: Callable[[str], object] = NOBODY
    told: Callable[[str], tuple[bytes, str]] = lambda _reference: (b"", "")


@contextmanager
def stripe() -> Iterator[Way]:
    """Against the server on this machine."""
    with FakeStripe() as fake:
        yield Way(StripeConnect("sk_test_x", ("whsec_test",), SITE, fake.url), fake.pay,
                  fake.complete_account, lambda _reference: fake.hooks.signed(next(
                      one for one in fake.world.events
                      if one["type"] == "checkout.session.completed")))


@contextmanager
def memory() -> Iterator[Way]:
    """In this process."""
    door = MemoryDoor(SITE)
    yield Way(door, door.pay, door.complete, door.told)


@contextmanager
def transfer() -> Iterator[Way]:
    """No service at all."""
    yield Way(BankTransfer())


@contextmanager
def test_card() -> Iterator[Way]:
    """The demo's."""
    yield Way(TestCard())


test_card.__test__ = False  # type: ignore[attr-defined]
WAYS = {"stripe": stripe, "memory": memory, "bank_transfer": transfer, "test_card": test_card}
SERVICES = ("stripe", "memory")


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> Iterator[Way]:
    """Each way to pay in turn."""
    with WAYS[request.param]() as found:
        yield found


@pytest.fixture(params=SERVICES)
def service(request: pytest.FixtureRequest) -> Iterator[Way]:
    """Each way with a service behind it."""
    with WAYS[request.param]() as found:
        yield found


def bill(attempt: int = 1) -> Bill:
    """The order of checkout 3.3: 60.90, 18.50, 28.90."""
    return Bill("K7M3Q9TB", attempt, f"pay-K7M3Q9TB-{attempt}", "EUR", 10830,
                (BillPart("K7M3Q9TB-1", "Hof A", 6090), BillPart("K7M3Q9TB-2", "Hof B", 1850),
                 BillPart("K7M3Q9TB-3", "Hof C", 2890)), "cleo@example.org", "de",
                "http://127.0.0.1/orders/K7M3Q9TB/pay",
                UNTIL)


def paid(way: Way) -> str:
    """The charge of a page that was paid."""
    page = way.door.open_page(bill())
    way.pay(page.reference)
    return way.door.look(page.reference).charge


def ready(way: Way) -> str:
    """An account that may receive."""
    made = way.door.open_account("Hof A", "hof@example.org", "DE", "http://127.0.0.1/studio")
    way.complete(made.reference)
    return made.reference


def test_the_same_key_is_the_same_page(way: Way) -> None:
    """payments-31: an address where the way pays online, instructions where it does not."""
    page, again = way.door.open_page(bill()), way.door.open_page(bill())
    assert page.reference == again.reference
    assert bool(page.url) is way.door.abilities().pays_online
    assert way.door.look(page.reference).state == "open"
    other = way.door.open_page(bill(2))
    assert other.reference != page.reference


def test_a_closed_page_is_closed_twice(way: Way) -> None:
    """payments-22: closing says how it stands, however often."""
    page = way.door.open_page(bill())
    assert [way.door.close_page(page.reference).state for _n in (1, 2)] == ["page_closed"] * 2


def test_what_is_not_genuine_is_refused(way: Way) -> None:
    """payments-11: a message without a right signature is nobody's."""
    for body, signature in ((b"{}", ""), (b'["x"]', "t=1,v1=0"), (b"\xff", "x")):
        with pytest.raises(NotGenuine):
            way.door.read_notice(body, signature)
    assert bool(way.door.signed_in) is way.door.abilities().needs_account


def test_a_way_without_a_service_refuses_by_name(way: Way) -> None:
    """payments-31: what a way cannot do it never pretends to have done."""
    able = way.door.abilities()
    if able.needs_account:
        assert able.splits and able.refunds and able.leads_to
        return
    assert not able.leads_to and way.door.find("refund", "c", "k") is None
    assert list(way.door.lines(datetime.now(UTC), datetime.now(UTC))) == []
    with pytest.raises(Refused):
        way.door.open_account("", "", "DE", "")
    if not able.splits:
        for move in (lambda: way.door.answer_dispute("d", Evidence(""), "k"),
                     lambda: way.door.hand_over("g", "a", "c", 1, "EUR", "k"),
                     lambda: way.door.take_back("t", 1, "k"),
                     lambda: way.door.refund("c", 1, "k")):
            with pytest.raises(Refused):
                move()


def test_a_paid_page_says_what_came(service: Way) -> None:
    """payments-6: sum, currency, charge, order and attempt; closing it does not undo it."""
    page = service.door.open_page(bill())
    service.pay(page.reference)
    seen = service.door.look(page.reference)
    assert (seen.state, seen.paid_minor, seen.currency, seen.order_number, seen.attempt) == (
        "paid", 10830, "EUR", "K7M3Q9TB", 1)
    assert seen.charge and seen.fee_minor
    assert service.door.close_page(page.reference).state == "paid"
    notice = service.door.read_notice(*service.told(page.reference))
    assert (notice.kind, notice.mode, notice.site, notice.order_number, notice.attempt,
            notice.reference, notice.minor, notice.currency) == (
        "paid", "test", SITE, "K7M3Q9TB", 1, page.reference, 10830, "EUR")


def test_money_goes_out_and_comes_back_once_for_each_key(service: Way) -> None:
    """payments-6, -19: three transfers, a reversal, a refund; repeated they are the same, found
    by their keys, never more than there is.
    """
    door, charge, account = service.door, paid(service), ready(service)
    given = [door.hand_over("K7M3Q9TB", account, charge, minor, "EUR", f"give-{n}")
             for n, minor in enumerate((5658, 1746, 2698), 1)]
    assert door.hand_over("K7M3Q9TB", account, charge, 5658, "EUR", "give-1") == given[0]
    assert len(set(given)) == 3 and door.find("transfer", "K7M3Q9TB", "give-2") == given[1]
    with pytest.raises(Refused):
        door.hand_over("K7M3Q9TB", account, charge, 729, "EUR", "give-4")
    back = door.take_back(given[2], 2698, "back-1")
    assert door.take_back(given[2], 2698, "back-1") == back
    assert door.find("take_back", given[2], "back-1") == back
    refund = door.refund(charge, 2890, "refund-1")
    assert door.refund(charge, 2890, "refund-1") == refund
    assert door.find("refund", charge, "refund-1") == refund
    assert door.find("refund", charge, "refund-9") is None
    with pytest.raises(Refused) as over:
        door.refund(charge, 7941, "refund-2")
    assert over.value.reason == "charge_already_refunded"
    assert [(one.reference, one.minor, one.state, one.key) for one in door.refunds(charge)] == [
        (refund, 2890, "done", "refund-1")]
    assert list(door.disputes(charge)) == []


def test_the_account_says_each_move_once(service: Way) -> None:
    """payments-27: paid with its fee, transfer, taken back, refund; each once with its amount."""
    door, charge, account = service.door, paid(service), ready(service)
    given = door.hand_over("K7M3Q9TB", account, charge, 5658, "EUR", "give-1")
    door.take_back(given, 600, "back-1")
    door.refund(charge, 650, "refund-1")
    now = datetime.now(UTC)
    lines = [one for one in door.lines(now - timedelta(hours=1), now + timedelta(hours=1))
             if one.kind]
    assert sorted((one.kind, one.minor) for one in lines) == [
        ("paid", 10830), ("refund", 650), ("take_back", 600), ("transfer", 5658)]
    assert [one.fee_minor > 0 for one in lines if one.kind == "paid"] == [True]
    assert len({one.reference for one in lines}) == 4


def test_an_empty_account_and_one_that_is_not_complete(service: Way) -> None:
    """payments-15, -19: nothing to an account that may not receive; nothing back from an empty one,
    in the one word by which the room knows it.
    """
    door, charge = service.door, paid(service)
    made = door.open_account("Hof A", "hof@example.org", "DE", "http://127.0.0.1/studio")
    assert door.look_account(made.reference).state != "ready" and made.url
    assert door.look_account(made.reference).missing
    with pytest.raises(Refused):
        door.hand_over("K7M3Q9TB", made.reference, charge, 100, "EUR", "give-1")
    assert door.resume_account(made.reference, "http://127.0.0.1/studio")
    service.complete(made.reference)
    assert door.look_account(made.reference).state == "ready"
    given = door.hand_over("K7M3Q9TB", made.reference, charge, 100, "EUR", "give-2")
    door.take_back(given, 100, "back-1")
    with pytest.raises(Refused):
        door.take_back(given, 100, "back-2")
