"""Finished pages of visitors, kept for a short while in the process.

Only views marked with `visitor_page`, only GET without any session, keyed by address and language;
dropped as a whole when something changes in this process, and by age elsewhere.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, request, session

from marketplace.web.languages import accepted_lang, asked_lang

View = TypeVar("View", bound=Callable[..., Any])
Look = tuple[Callable[..., None], tuple[object, ...]]
MOST = 2_000


def visitor_page(view: View) -> View:
    """Mark a view whose page is the same for every visitor without a session."""
    view.visitor_page = True  # type: ignore[attr-defined]
    return view


def each_look(act: Callable[..., None], *values: object) -> None:
    """Do something now, and again whenever this page is answered from what is kept: a look at it
    counts whoever made the page.
    """
    act(*values)
    g.setdefault("page_looks", []).append((act, values))


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A finished page, until when it is fresh, and what each look at it does."""

    until: float
    body: bytes
    tag: str
    looks: Sequence[Look]


class PageCache:
    """The kept pages of one process."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        self._pages: OrderedDict[str, KeptPage] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> KeptPage | None:
        """A page that is still fresh."""
        kept = self._pages.get(key)
        return None if kept is None or kept.until < time.monotonic() else kept

    def put(self, key: str, body: bytes, looks: Sequence[Look] = ()) -> str:
        """Keep a page; its ETag."""
        tag = sha256(body).hexdigest()[:20]
        with self._lock:
            self._pages[key] = KeptPage(time.monotonic() + self.seconds, body, tag, looks)
            self._pages.move_to_end(key)
            while len(self._pages) > MOST:
                self._pages.popitem(last=False)
        return tag

    def drop(self) -> None:
        """Forget every page."""
        with self._lock:
            self._pages.clear()


def drop() -> None:
    """Forget the pages of this process; for reactions, after the commit."""
    cache: PageCache | None = current_app.extensions.get("page_cache")
    if cache:
        cache.drop()


def _key() -> str | None:
    """The key of this request's page, or None if it must not be kept."""
    if request.method != "GET" or request.cookies or request.headers.get("Authorization"):
        return None
    view = current_app.view_functions.get(request.endpoint or "")
    if not getattr(view, "visitor_page", False):
        return None
    g.visitor_page = True
    if "application/json" in request.headers.get("Accept", ""):
        return None
    return f"{asked_lang() or accepted_lang()} {request.full_path}"


def _serve() -> Response | None:
    cache: PageCache = current_app.extensions["page_cache"]
    key = g.page_key = _key()
    kept = cache.get(key) if key and cache.seconds else None
    if kept is None:
        return None
    g.page_kept = True
    for act, values in kept.looks:
        act(*values)
    return _answer(kept.body, kept.tag)


def _answer(body: bytes, tag: str) -> Response:
    response = Response(body, mimetype="text/html")
    response.set_etag(tag, weak=True)
    response.make_conditional(request)
    return response


def _keep(response: Response) -> Response:
    key = g.get("page_key")
    if not key or g.get("page_kept") or response.status_code != 200 or session.modified:
        return response
    cache: PageCache = current_app.extensions["page_cache"]
    tag = cache.put(key, response.get_data(), g.get("page_looks", ())) if cache.seconds else None
    if tag:
        response.set_etag(tag, weak=True)
        response.make_conditional(request)
    return response


def init_app(app: Flask, seconds: int) -> None:
    """Serve kept pages first, keep fresh ones last."""
    app.extensions["page_cache"] = PageCache(seconds)
    app.before_request(_serve)
    app.after_request(_keep)
