"""One page object, two answers: HTML by its template, or JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from urllib.parse import SplitResult, urlsplit

from flask import Response, jsonify, make_response, redirect, render_template, request

from marketplace.web.forms import Form

View = TypeVar("View", bound=Callable[..., Any])


def answer(template: str, page: object, status: int = 200) -> Response:
    """The page as HTML, or as JSON when that is what the caller accepts best."""
    if wants_json():
        return make_response(jsonify(plain(page)), status)
    return make_response(render_template(template, page=page), status)


def wants_json() -> bool:
    """Whether JSON is preferred to HTML."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json" and (
        request.accept_mimetypes[best] > request.accept_mimetypes["text/html"]
    )


def plain(value: Any) -> Any:
    """Dataclasses, dates and collections as JSON values; forms are left out."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)
                if not isinstance(getattr(value, f.name), Form)}
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def see_other(address: str) -> Response:
    """Go on to another page after a form (303)."""
    return make_response(redirect(address, 303))


def redirected(address: str) -> Response:
    """This page has moved (301)."""
    return make_response(redirect(address, 301))


def parts_of(address: str) -> SplitResult:
    """The parts of an address from a header; a broken one has none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def back(default: str) -> Response:
    """Go back to the page of this site that sent the form, else to `default` (303)."""
    came = parts_of(request.referrer or "")
    here = came.netloc == request.host and came.path.startswith("/")
    path = f"{came.path}?{came.query}" if came.query else came.path
    return see_other(path if here else default)


def machine(view: View) -> View:
    """Mark a view as made for programs: no language in its address, no page cache."""
    view.machine = True  # type: ignore[attr-defined]
    return view
