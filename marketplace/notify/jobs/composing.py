"""The words of a letter, in its language, when it leaves."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from flask import current_app, g, render_template
from flask_babel import force_locale
from jinja2 import TemplateError

from marketplace.adapters.mail import Mail
from marketplace.dialogue.queries.news import told_in
from marketplace.notify.actions import address_hash
from marketplace.notify.models import Letter
from marketplace.notify.rules import CLASSES
from marketplace.people.actions import code_of, token_secret
from marketplace.people.queries import lines
from marketplace.web.tokens import sign

DAYS = {"due", "until", "valid_from", "earliest"}
"""Values of letters that are days, kept as ISO 8601."""
PARTS = ("subject.txt", "body.txt", "body.html")
OTHER = {"de": "en", "en": "de"}


@dataclass(frozen=True, slots=True)
class LetterPage:
    """What a mail template draws; `sorry`: not in the reader's language, because it failed."""

    name: str
    args: dict[str, Any]
    site: str
    market: str
    stop_url: str | None
    settings_url: str
    lang: str
    sorry: bool = False
    entries: list[tuple[str, str]] = field(default_factory=list)


def composed(row: Letter, to: str) -> tuple[Mail, str]:
    """The letter, and the language whose words failed, "" if none did."""
    page = _page(row, to)
    broken = ""
    try:
        words = rendered(row.template, page)
    except (TemplateError, KeyError, ValueError, TypeError, AssertionError):
        broken = row.lang
        current_app.logger.exception("the letter %s fails in %s", row.template, row.lang)
        words = rendered(row.template, replace(page, lang=OTHER[row.lang], sorry=True))
    headers = {"List-Id": f"<{row.class_}.{current_app.config['MARKET_NAME'].lower()}.local>"}
    if row.class_ == "answer":
        headers["References"] = f"<{address_hash(str(row.args.get('url')))[:32]}@zuruf.local>"
    if page.stop_url:
        headers |= {"List-Unsubscribe": f"<{page.stop_url}>",
                    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return Mail(to, *words, row.message_id, current_app.config["ZURUF"].mail_from,
                headers), broken


def rendered(template: str, page: LetterPage) -> tuple[str, str, str]:
    """Subject, text and HTML in the language of the page."""
    from marketplace.notify.views.titles import TITLES

    outside = g.get("lang")
    try:
        with current_app.test_request_context(base_url=page.site), force_locale(page.lang):
            g.lang = page.lang
            page = replace(page, entries=[
                (TITLES[title](args, count), url)
                for title, args, count, url in page.args.get("entries", ())])
            subject, text, html = (render_template(f"mail/{template}/{part}", page=page)
                                   for part in PARTS)
    finally:
        g.lang = outside
        if outside is None:
            g.pop("lang")
    return subject, text, html


def _page(row: Letter, to: str) -> LetterPage:
    site = str(current_app.config["ZURUF_URL"])
    stop_url = None
    if CLASSES[row.class_].group != "must":
        who = ["p", row.person_id] if row.person_id is not None else ["h", address_hash(to)]
        stop_url = f"{site}/unsubscribe/{sign('stop', [*who, row.class_])}"
    return LetterPage(_name(row), _args(row), site, str(current_app.config["MARKET_NAME"]),
                      stop_url, f"{site}/account/notices/settings", row.lang)


def _name(row: Letter) -> str:
    if row.person_id is None:
        return ""
    known = lines([row.person_id], row.person_id).get(row.person_id)
    return known.name if known else ""


def _args(row: Letter) -> dict[str, Any]:
    """The letter's values; a token becomes its secret only now."""
    args = dict(row.args)
    if "code_id" in args:
        args["code"] = code_of(args.pop("code_id"), args["purpose"])
    if "token_id" in args:
        args["token"] = token_secret(args.pop("token_id"), args["purpose"])
    if "notice_id" in args:
        args |= told_in(args.pop("notice_id"))
    if "at" in args:
        args["at"] = datetime.fromisoformat(args["at"])
    for name in DAYS & set(args):
        args[name] = date.fromisoformat(args[name][:10])
    return args
