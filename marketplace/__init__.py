"""Zuruf: a community marketplace where nobody sells and people let each other buy."""

from __future__ import annotations

import logging
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask

if TYPE_CHECKING:
    from marketplace.foundation.settings import Settings

ROOMS = (
    "foundation", "adapters", "web", "journal", "people", "producers", "catalog", "groups",
    "orders", "payments", "checkout", "reviews", "bundles", "recommend", "dialogue", "search",
    "notify", "touchpoints", "moderation", "insights", "storefront", "demo",
)
"""All rooms in import order; a room imports only earlier ones."""

HOUSE = Path(__file__).resolve().parent


def create_app(settings: Settings | None = None) -> Flask:
    """The whole marketplace as one application. Raises SettingsFault."""
    from marketplace.foundation.settings import load

    settings = settings or load()
    logging.basicConfig(level=settings.log_level.upper(),
                        format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    app = Flask("marketplace", static_folder=None, template_folder=str(HOUSE.parent / "templates"))
    _configure(app, settings)
    _wire(app, settings)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    secure = settings.url.startswith("https://")
    app.config.update(
        SECRET_KEY=settings.secret_key, ZURUF=settings, ZURUF_DEMO=settings.demo,
        ZURUF_URL=settings.url, TESTING=settings.env == "test",
        MAX_CONTENT_LENGTH=12 * 1024 * 1024, MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=2_000, JSON_SORT_KEYS=False, SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_NAME="__Host-session" if secure else "session",
        SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax", WTF_CSRF_TIME_LIMIT=None,
        PERMANENT_SESSION_LIFETIME=30 * 24 * 3600,
        TEMPLATES_AUTO_RELOAD=settings.env != "production"
        and settings.env != "test",
    )
    if settings.trusted_proxies:
        from werkzeug.middleware.proxy_fix import ProxyFix

        n = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, n, n, n, n)  # type: ignore[method-assign]


def _wire(app: Flask, settings: Settings) -> None:
    """Database, doors, web, rooms, reactions, commands: in this order."""
    from marketplace import commands, wiring
    from marketplace.adapters.doors import open_doors

    settings.instance.mkdir(parents=True, exist_ok=True)
    wiring.database(app, settings)
    open_doors(app, settings)
    wiring.web(app, settings)
    for room in ROOMS:
        if (HOUSE / room / "views.py").exists() or (HOUSE / room / "views").is_dir():
            app.register_blueprint(import_module(f"marketplace.{room}.views").pages)
    wiring.reactions()
    commands.register(app)


__all__ = ["ROOMS", "create_app"]
