"""Pages of `payments`."""

from flask import Blueprint

pages = Blueprint("payments", __name__)

from marketplace.payments.views import (  # noqa: E402
    books,
    disputes,
    hooks,
    houses,
    months,
    paying,
    statements,
    test_card,
)

__all__ = ["books", "disputes", "hooks", "houses", "months", "pages", "paying", "statements",
           "test_card"]
