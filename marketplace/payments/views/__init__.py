"""Pages of `payments`."""

from flask import Blueprint

pages = Blueprint("payments", __name__)

from marketplace.payments.views import (  # noqa: E402
    advances,
    books,
    corrections,
    disputes,
    fees,
    hooks,
    houses,
    matters,
    months,
    operating,
    otherwise,
    paying,
    reporting,
    statements,
    test_card,
)

__all__ = ["advances", "books", "corrections", "disputes", "fees", "hooks", "houses", "matters",
           "months", "operating", "otherwise", "pages", "paying", "reporting", "statements",
           "test_card"]
