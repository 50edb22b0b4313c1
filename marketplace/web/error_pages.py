"""Every refusal and fault as a page for people or problem+json for programs."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import (
    Flask,
    Response,
    current_app,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from marketplace.foundation.database import db, is_busy
from marketplace.foundation.errors import Invalid, MarketError, NotSignedIn, OutsideDown, TooMany
from marketplace.web.answers import parts_of, wants_json
from marketplace.web.formats import exact
from marketplace.web.languages import current_lang

log = logging.getLogger(__name__)
DRAWN = {400, 403, 404, 409, 410, 413, 422, 429, 500, 503}


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What an error page says."""

    code: int
    sentence: str
    number: str
    search_url: str
    home_url: str
    help_url: str
    next_url: str = ""
    next_words: str = ""
    suggestions: Sequence[object] = ()


def _to_look_at() -> Sequence[object]:
    """Three goods for a page without anything of its own; put in by the wiring."""
    found: Callable[[str], Sequence[object]] = current_app.extensions["three_to_look_at"]
    try:
        return found(current_lang())
    except DBAPIError:
        db.session.rollback()
        return ()


def _by_program() -> bool:
    """Whether a program asks: it reads no pages."""
    return request.path.startswith("/api/") or wants_json()


def page(status: int, sentence: str, number: str = "", faults: dict[str, str] | None = None
         ) -> Response:
    """One refusal: status, sentence for people, number of the fault if it is ours."""
    if _by_program() or request.is_json:
        body: dict[str, Any] = {"type": "about:blank", "title": sentence or str(status),
                                "status": status, "detail": sentence, "faults": faults or {},
                                "number": number}
        answer = make_response(jsonify(body), status)
        answer.mimetype = "application/problem+json"
        return answer
    name = status if status in DRAWN else (500 if status >= 500 else 400)
    drawn = ErrorPage(status, sentence, number, "/search", "/",
                      f"/threads/new?about={request.path}",
                      suggestions=_to_look_at() if status == 404 else ())
    html = render_template(f"errors/{name}.html", page=drawn, number=number, lang=current_lang(),
                           market_name="Zuruf", retry_words="")
    return make_response(html, status)


def _refused(fault: MarketError) -> Response:
    if isinstance(fault, NotSignedIn) and request.method == "GET" and not _by_program():
        return make_response(redirect(url_for("people.sign_in", next=request.full_path), 303))
    if isinstance(fault, NotSignedIn) and not _by_program() and not request.is_json:
        return make_response(redirect(url_for("people.sign_in", next=_page_before()), 303))
    faults = fault.faults if isinstance(fault, Invalid) else None
    sentence = _("The database does not answer just now.") if isinstance(fault, OutsideDown) else \
        fault.sentence
    answer = page(fault.status, sentence, faults=faults)
    if isinstance(fault, TooMany | OutsideDown):
        answer.headers["Retry-After"] = str(fault.retry_seconds)
    return answer


def _page_before() -> str:
    came = parts_of(request.referrer or "")
    return came.path if came.netloc == request.host else "/"


def _too_much() -> str:
    """What this very form takes: files and words together, or words alone."""
    most, length = request.max_content_length, request.content_length
    if most and length and length > most:
        return _("This form takes up to %(limit)s in all; yours has %(size)s.",
                 limit=_megabytes(most), size=_megabytes(length))
    return _("The words of a form may have up to %(limit)s.",
             limit=_megabytes(request.max_form_memory_size or 0))


def _megabytes(count: int) -> str:
    return f"{exact(round(count / (1 << 20), 1))} MB"


def _http(fault: HTTPException) -> Response | HTTPException:
    if fault.code is not None and 300 <= fault.code < 400:
        return fault
    sentences = {
        404: _("There is nothing at this address."),
        405: _("This address does not take that."),
        413: _too_much(),
        429: _("That was a lot in a short time. Please wait a moment."),
    }
    status = fault.code or 500
    answer = page(status if status in DRAWN else 400 if status < 500 else 500,
                  sentences.get(status, ""))
    answer.status_code = status
    if status == 429:
        answer.headers["Retry-After"] = "60"
    return answer


def _unknown(fault: Exception) -> Response:
    db.session.rollback()
    if isinstance(fault, DBAPIError) and is_busy(fault):
        answer = page(503, _("The database does not answer just now."))
        answer.headers["Retry-After"] = "5"
        return answer
    number = secrets.token_hex(4)
    log.exception("fault %s at %s", number, request.endpoint)
    return page(500, "", number)


def init_app(app: Flask) -> None:
    """Draw every fault in one place."""
    app.register_error_handler(MarketError, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unknown)
