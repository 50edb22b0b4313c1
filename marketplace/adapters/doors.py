"""The doors of this app, made once from the settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app

from marketplace.adapters.age import AgeCheck, age_check_for
from marketplace.adapters.fulltext.contract import FullText
from marketplace.adapters.mail import MailDoor, MailFiles, MailRelay
from marketplace.adapters.push import PushDoor
from marketplace.adapters.storage import Disk
from marketplace.foundation.settings import Settings

POSTINGS_A_MEGABYTE = 2**20 // 8


@dataclass(slots=True)
class Doors:
    """What leads outside."""

    mail: MailDoor
    storage: Disk
    fulltext: FullText
    payment: dict[str, Any]
    age: AgeCheck | None = None
    push: PushDoor | None = None


def open_doors(app: Flask, settings: Settings) -> Doors:
    """Make the doors the settings ask for."""
    from marketplace.adapters.payment import doors_for

    mail: MailDoor = MailFiles(settings.instance / "outbox")
    if settings.mail == "smtp":
        mail = MailRelay(settings.smtp_host, settings.smtp_port, settings.smtp_user,
                         settings.smtp_password, settings.smtp_tls)
    doors = Doors(mail, Disk(settings.instance / "files"), open_fulltext(settings),
                  doors_for(settings), age_check_for(settings.age_check), _push(settings))
    app.extensions["doors"] = doors
    return doors


def open_fulltext(settings: Settings) -> FullText:
    """The index of search: in files, or in the market's own database."""
    if settings.search_index == "postgresql":
        from marketplace.adapters.fulltext.postgres import PostgresIndex

        return PostgresIndex(settings.database_url)
    if settings.search_index == "tantivy":
        from marketplace.adapters.fulltext.tantivy import TantivyIndex

        return TantivyIndex(settings.instance / "index-tantivy")
    from marketplace.adapters.fulltext.whoosh import WhooshIndex

    return WhooshIndex(settings.instance / "index",
                       cached_postings=settings.search_memory * POSTINGS_A_MEGABYTE)


def _push(settings: Settings) -> PushDoor | None:
    """Push where the market has a key of its own."""
    if not settings.push_key:
        return None
    from marketplace.adapters.push.web import WebPush

    mail = settings.operator_mail
    return WebPush(settings.push_key, f"mailto:{mail}" if mail else settings.url)


def doors() -> Doors:
    """The doors of the current app."""
    found: Doors = current_app.extensions["doors"]
    return found
