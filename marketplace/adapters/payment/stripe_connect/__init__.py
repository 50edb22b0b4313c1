"""Card payments of a whole basket through Stripe; its names appear in this folder only."""

from marketplace.adapters.payment.stripe_connect.door import StripeConnect

__all__ = ["StripeConnect"]
