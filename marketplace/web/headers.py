"""Headers that keep pages safe and caches right."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, Response, g, request, session

CSP = "; ".join((
    "default-src 'self'", "img-src 'self' data:", "style-src 'self'", "script-src 'self'",
    "font-src 'self'", "connect-src 'self'", "form-action 'self'", "base-uri 'none'",
    "frame-ancestors 'none'", "object-src 'none'",
))
CSP_NAME = "Content-Security-Policy"
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def init_app(app: Flask, production: bool) -> None:
    """Put the headers on every answer."""

    @app.after_request
    def safe(response: Response) -> Response:
        response.headers.setdefault(CSP_NAME, CSP)
        for name, value in SAFE.items():
            response.headers.setdefault(name, value)
        if production:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        _cache(response)
        return response


def leading_to(response: Response, origins: Sequence[str]) -> Response:
    """A page whose form leads elsewhere: browsers stop it unless the page names the place."""
    if origins:
        response.headers[CSP_NAME] = CSP.replace(
            "form-action 'self'", " ".join(("form-action 'self'", *origins)))
    return response


def _cache(response: Response) -> None:
    """Say who may keep the answer: caches for visitors' pages, nobody for personal ones."""
    if "Cache-Control" in response.headers or response.mimetype != "text/html":
        return
    if not g.get("visitor_page") or session or session.modified:
        response.headers["Cache-Control"] = "private, no-store"
    elif request.method in ("GET", "HEAD") and response.status_code == 200:
        response.headers["Cache-Control"] = "public, s-maxage=30, stale-while-revalidate=300"
    response.headers.add("Vary", "Cookie, Accept-Language, Accept")
