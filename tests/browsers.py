"""The client of all tests: each request stands alone, as in a server."""

from __future__ import annotations

from contextvars import Context
from typing import Any

from flask import has_app_context
from flask.testing import FlaskClient


class Browser(FlaskClient):
    """Sends each request in a context of its own; afterwards the test reads what it left.

    The app context of a test would otherwise lend its `g` and its session to every request.
    """

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Answer of one request, read whole."""
        from marketplace.foundation.database import db

        kwargs["buffered"] = True
        if has_app_context():
            db.session.rollback()
        answer = Context().run(super().open, *args, **kwargs)
        if has_app_context():
            db.session.expire_all()
        return answer
