"""A Stripe for tests on this machine: refuses what the real one refuses by shape, and behaves.

Requests are checked against the parameter types that the installed package ships (`typed`). Pages,
declines, confirmations, late methods, transfers, reversals, refunds, disputes, payouts and signed
messages are simulated (`world`, `acts`); answers can be lost before or after their effect
(`server`), messages lost, doubled, late and in any order (`hooks`).
"""

from tests.adapters.stripe_fake.server import FakeStripe

__all__ = ["FakeStripe"]
