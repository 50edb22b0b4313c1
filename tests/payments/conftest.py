"""A market whose card works: the provider is a server on this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from marketplace.adapters.payment import site_of
from marketplace.adapters.payment.stripe_connect import StripeConnect
from marketplace.foundation.database import committing
from marketplace.payments.actions import begin_account, keep_standing
from tests.adapters.stripe_fake import FakeStripe
from tests.cast import Cast
from tests.payments.hands import HAT, RED, Shop, everybody


@pytest.fixture
def shop(cast: Cast) -> Iterator[Shop]:
    """The cast, a provider, and both producers with a ready account there."""
    with FakeStripe() as fake:
        doors = cast.app.extensions["doors"].payment
        door = StripeConnect("sk_test_x", ("whsec_test",),
                             site_of(cast.app.config["ZURUF_URL"]), fake.url)
        doors["stripe"] = door
        for producer_id in everybody(cast, RED, HAT):
            made = door.open_account("Haus", "haus@example.org", "DE", "http://127.0.0.1/studio")
            fake.complete_account(made.reference)
            with committing():
                begin_account(producer_id, "test", made.reference)
                keep_standing(made.reference, door.look_account(made.reference))
        try:
            yield Shop(cast, fake, door)
        finally:
            del doors["stripe"]
