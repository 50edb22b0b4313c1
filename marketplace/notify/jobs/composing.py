"""The words of a letter, in its language, when it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from flask import current_app, g, render_template
from flask_babel import force_locale
from jinja2 import TemplateError

from marketplace.adapters.mail import Mail
from marketplace.dialogue.queries.news import told_in
from marketplace.notify.actions import address_hash
from marketplace.notify.actions.inviting import INVITE
from marketplace.notify.actions.replying import reply_address
from marketplace.notify.models import Letter
from marketplace.notify.queries.asking import open_questions
from marketplace.notify.queries.own_texts import own_text
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
    own: str = ""
    sentence: str = ""
    named: str = ""


def composed(row: Letter, to: str) -> tuple[Mail, str, int | None]:
    """The letter; the language whose words failed, "" if none did; the version of the operator's
    own paragraph in it.
    """
    own = own_text(row.template, row.lang)
    page = _page(row, to, own.words if own else "")
    broken = ""
    try:
        words = rendered(row.template, page)
    except (TemplateError, KeyError, ValueError, TypeError, AssertionError):
        broken = row.lang
        current_app.logger.exception("the letter %s fails in %s", row.template, row.lang)
        words = rendered(row.template, replace(page, lang=OTHER[row.lang], sorry=True))
    return Mail(to, *words, row.message_id, current_app.config["ZURUF"].mail_from,
                _headers(row, page)), broken, own.version if own else None


def _headers(row: Letter, page: LetterPage) -> dict[str, str]:
    """The marks of a list, of one thread, and where an answer by mail goes."""
    settings = current_app.config["ZURUF"]
    found = {"List-Id": f"<{row.class_}.{current_app.config['MARKET_NAME'].lower()}.local>"}
    url = str(row.args.get("url", ""))
    if row.class_ in ("answer", "question"):
        found["References"] = f"<{address_hash(url)[:32]}@zuruf.local>"
    if url.startswith("/threads/"):
        reply_to = reply_address(settings.mail_replies, row.person_id, url.split("/")[2])
        if reply_to:
            found["Reply-To"] = reply_to
    if page.stop_url:
        found |= {"List-Unsubscribe": f"<{page.stop_url}>",
                  "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return found


def rendered(template: str, page: LetterPage) -> tuple[str, str, str]:
    """Subject, text and HTML in the language of the page."""
    from marketplace.notify.views.titles import TITLES, labelled

    outside = g.get("lang")
    try:
        with current_app.test_request_context(base_url=page.site), force_locale(page.lang):
            g.lang = page.lang
            page = replace(page, entries=[
                (TITLES[title](args, count), url)
                for title, args, count, url in page.args.get("entries", ())],
                sentence=_sentence(page.args),
                named=labelled(page.args) if "name" in page.args else "")
            subject, text, html = (render_template(f"mail/{template}/{part}", page=page)
                                   for part in PARTS)
    finally:
        g.lang = outside
        if outside is None:
            g.pop("lang")
    return subject, text, html


def _sentence(args: Mapping[str, Any]) -> str:
    """What the notice of the same matter says."""
    from marketplace.notify.views.titles import TITLES

    return TITLES[args["said"]](dict(args), args.get("times", 1)) if "said" in args else ""


def _page(row: Letter, to: str, own: str) -> LetterPage:
    site = str(current_app.config["ZURUF_URL"])
    stop_url = None
    if CLASSES[row.class_].group != "must":
        who = ["p", row.person_id] if row.person_id is not None else ["h", address_hash(to)]
        stop_url = f"{site}/unsubscribe/{sign('stop', [*who, row.class_])}"
    return LetterPage(_name(row), _args(row), site, str(current_app.config["MARKET_NAME"]),
                      stop_url, f"{site}/account/notices/settings", row.lang, own=own)


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
    if row.template == INVITE and row.person_id is not None:
        args["questions"] = [
            [title, f"{args['url']}/lines/{line}/rating", seller] for line, title, seller
            in open_questions(row.person_id, int(args["order_id"]))]
    for name in DAYS & set(args):
        args[name] = date.fromisoformat(args[name][:10])
    return args
