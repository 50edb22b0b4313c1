"""Pages of `payments`."""

from flask import Blueprint

pages = Blueprint("payments", __name__)

from marketplace.payments.views import books, hooks, houses, paying, test_card  # noqa: E402

__all__ = ["books", "hooks", "houses", "pages", "paying", "test_card"]
