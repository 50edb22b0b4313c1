"""Pages of `payments`."""

from flask import Blueprint

pages = Blueprint("payments", __name__)

from marketplace.payments.views import hooks, houses, paying, test_card  # noqa: E402

__all__ = ["hooks", "houses", "pages", "paying", "test_card"]
