"""Files of the site: stored pictures, manifest, robots, health."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from flask import Response, abort, current_app, jsonify, make_response, request, send_file, url_for
from flask_babel import gettext as _
from sqlalchemy import text

from marketplace.adapters.doors import doors
from marketplace.adapters.mail import MailFiles
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotFound
from marketplace.storefront.views import pages
from marketplace.web.answers import answer, machine
from marketplace.web.assets import packed

NAME = re.compile(r"[0-9a-f]{40}\.(svg|avif|webp|png|glb|mp4|webm)")
TYPES = {"svg": "image/svg+xml", "avif": "image/avif", "webp": "image/webp", "png": "image/png",
         "glb": "model/gltf-binary", "mp4": "video/mp4", "webm": "video/webm"}
KEPT_DRAWINGS = 300
SAFE = "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'"


@pages.get("/files/<name>")
@machine
def file(name: str) -> Response:
    """A stored picture or film, in parts if asked; its content never changes, the original of a
    picture is never given out.
    """
    if not NAME.fullmatch(name):
        abort(404)
    path = doors().storage.path(name)
    if not path.is_file():
        abort(404)
    given = _drawn(path) if path.suffix == ".svg" else send_file(
        path, mimetype=TYPES[path.suffix[1:]], etag=False, as_attachment=path.suffix == ".glb",
        download_name=name)
    given.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    given.headers["Content-Security-Policy"] = SAFE
    return given


def _drawn(path: Path) -> Response:
    """A drawing, a third as large for who takes it packed."""
    coding = request.accept_encodings.best_match(("br", "gzip"))
    given = make_response(_squeezed(path, coding) if coding else path.read_bytes())
    given.mimetype = TYPES["svg"]
    given.vary.add("Accept-Encoding")
    if coding:
        given.headers["Content-Encoding"] = coding
    return given


@lru_cache(KEPT_DRAWINGS)
def _squeezed(path: Path, coding: str) -> bytes:
    return packed(path.read_bytes(), coding, quickly=True)


@pages.get("/manifest.webmanifest")
@machine
def manifest() -> Response:
    """How the site is installed on a phone."""
    given = jsonify({
        "name": "Zuruf", "short_name": "Zuruf", "start_url": "/", "display": "standalone",
        "background_color": "#FAF6EF", "theme_color": "#8A2F3C",
        "icons": [{"src": url_for("static", filename=f"icons/icon-{n}.png"),
                   "sizes": f"{n}x{n}", "type": "image/png"} for n in (192, 512)],
    })
    given.mimetype = "application/manifest+json"
    return given


@pages.get("/robots.txt")
@machine
def robots() -> Response:
    """What search engines may read; nothing in demo mode."""
    closed = ["/account", "/basket", "/checkout", "/orders", "/studio", "/operator", "/search"]
    rules = ["/"] if current_app.config["ZURUF_DEMO"] else closed
    given = make_response("\n".join(["User-agent: *", *(f"Disallow: {p}" for p in rules)]) + "\n")
    given.mimetype = "text/plain"
    return given


@pages.get("/healthz")
@machine
def healthz() -> Response:
    """The process answers."""
    return jsonify({"process": "ok"})


@pages.get("/readyz")
@machine
def readyz() -> Response:
    """The database answers too."""
    db.session.execute(text("SELECT 1"))
    return jsonify({"process": "ok", "database": "ok"})


def _outbox() -> MailFiles:
    door = doors().mail
    if current_app.config["ZURUF"].production or not isinstance(door, MailFiles):
        raise NotFound(_("There is nothing at this address."))
    return door


@pages.get("/outbox")
def outbox() -> Response:
    """Mails that were written as files; never in production."""
    door = _outbox()
    rows = [(name, mail) for name in door.names(60) if (mail := door.read(name))]
    return answer("storefront/outbox.html", {"rows": rows, "mail": None})


@pages.get("/outbox/<name>")
def outbox_mail(name: str) -> Response:
    """One written mail."""
    mail = _outbox().read(name)
    if mail is None:
        raise NotFound(_("There is nothing at this address."))
    return answer("storefront/outbox.html", {"rows": [], "mail": mail})


@pages.get("/share/mastodon")
def share_mastodon() -> Response:
    """The words to copy, and the reader's own server to go on to; nothing is loaded before."""
    from urllib.parse import quote

    from marketplace.web.answers import see_other

    server = request.args.get("server", "").strip().removeprefix("https://").split("/")[0]
    words = request.args.get("text", "")[:500]
    if re.fullmatch(r"[a-z0-9.-]+\.[a-z]{2,}", server):
        return see_other(f"https://{server}/share?text={quote(words)}")
    return answer("storefront/mastodon.html", {"text": words})
