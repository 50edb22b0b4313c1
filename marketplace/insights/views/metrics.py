"""Figures for a monitoring system, in the text format of Prometheus."""

from __future__ import annotations

from collections.abc import Sequence
from hmac import compare_digest

from flask import Response, abort, current_app, make_response, request
from sqlalchemy.exc import DBAPIError

from marketplace.adapters.doors import doors
from marketplace.adapters.fulltext.contract import IndexMissing
from marketplace.foundation.database import db
from marketplace.foundation.meters import Figure, exposed
from marketplace.insights.queries.operating import standing
from marketplace.insights.views import pages
from marketplace.web.answers import machine

UP = "Whether the database answers."
INDEX_UP = "Whether there is an index of search."


@pages.get("/metrics")
@machine
def metrics() -> Response:
    """What all processes of this host measured; for who sends the token, else there is nothing."""
    if not _may_read():
        abort(404)
    body, kind = exposed(_now())
    given = make_response(body)
    given.headers["Content-Type"] = kind
    given.headers["Cache-Control"] = "no-store"
    return given


def _may_read() -> bool:
    token = current_app.config["ZURUF"].metrics_token
    way, _blank, sent = request.headers.get("Authorization", "").partition(" ")
    return bool(token) and way.lower() == "bearer" and compare_digest(
        sent.strip().encode(), token.encode())


def _now() -> list[Figure]:
    """What stands now; that the database is away is a figure too."""
    try:
        return [Figure("zuruf_database_up", UP, 1), *standing(), *_index()]
    except DBAPIError:
        db.session.rollback()
        return [Figure("zuruf_database_up", UP, 0)]


def _index() -> Sequence[Figure]:
    try:
        found = doors().fulltext.health()
    except IndexMissing:
        return (Figure("zuruf_search_index_up", INDEX_UP, 0),)
    return (Figure("zuruf_search_index_up", INDEX_UP, 1),
            Figure("zuruf_search_documents", "Things in the index.", found.documents),
            Figure("zuruf_search_index_bytes", "Size of the index.", found.size_bytes))
