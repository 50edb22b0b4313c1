"""Every answer is measured where the operator asked for it: time, status, statements."""

from __future__ import annotations

import time
from pathlib import Path

from flask import Flask, Response, g, request

from marketplace.foundation import meters
from marketplace.foundation.database import db

NOWHERE = "none"
"""The endpoint of addresses that do not exist: what was asked is never a label."""


def init_app(app: Flask, folder: Path) -> None:
    """Measure all answers of this app; first in, last out, so that the whole is in it."""
    meters.switch_on(folder)
    with app.app_context():
        meters.count_statements(db.engine)

    @app.before_request
    def begin() -> None:
        g.metered = time.perf_counter(), meters.begin_request()

    @app.after_request
    def end(response: Response) -> Response:
        if "metered" in g:
            begun, box = g.metered
            meters.request_ended(request.endpoint or NOWHERE, response.status_code,
                                 time.perf_counter() - begun, box[0])
        return response
