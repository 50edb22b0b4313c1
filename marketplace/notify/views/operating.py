"""Every letter in both languages, and how the classes of letters are liked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import Response, current_app, flash, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.notify import actions
from marketplace.notify.actions.own_texts import MOST, write_own
from marketplace.notify.jobs.composing import LetterPage, rendered
from marketplace.notify.models import ClassPause
from marketplace.notify.queries import class_health, paused_classes, skipped_by_reason, states
from marketplace.notify.queries.classes import came_back, failing_addresses
from marketplace.notify.queries.own_texts import own_text
from marketplace.notify.rules import CLASSES
from marketplace.notify.rules.health import DAYS, Health, share
from marketplace.notify.views import pages
from marketplace.notify.views.samples import OWN, SAMPLES
from marketplace.notify.views.words import class_words, reason_words
from marketplace.web.access import operators_only, person_id
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import day, number
from marketplace.web.languages import LANGS

BODY = re.compile(r"<body>(.*)</body>", re.S)
HEAD = re.compile(r"<(/?)h1>")
OPTIONAL = ("digest", "answer", "asked", "changed", "helped", "question", "recommended", "reply",
            "review_invite", "stock", "summary", "told", "watch")
"""Templates of letters that can be stopped by a link."""


@dataclass(frozen=True, slots=True)
class Liked:
    """One class of letters in 28 days; a resting one can be turned on again."""

    words: str
    sent: str
    stops: str
    complaints: str
    rests: str
    wake_url: str
    fault: str


@dataclass(frozen=True, slots=True)
class MailsPage:
    """All letters, how they are liked, and what did not leave."""

    templates: Sequence[tuple[str, str]]
    classes: Sequence[Liked]
    skipped: Sequence[tuple[str, str, str]]
    counts: Sequence[tuple[str, str]]
    returned: Sequence[tuple[str, str]]
    days: int


@dataclass(frozen=True, slots=True)
class Version:
    """A letter in one language, with the operator's own paragraph as it is typed."""

    lang: str
    subject: str
    text: str
    html: Markup
    own: str
    fault: str


@dataclass(frozen=True, slots=True)
class MailPage:
    """One letter with example values, as text and as HTML, in both languages."""

    name: str
    versions: Sequence[Version]
    must: bool
    own_url: str
    most: int


def templates() -> Sequence[str]:
    """The names of all letters."""
    found = current_app.jinja_env.list_templates(filter_func=lambda name: name.startswith(
        "mail/") and name.endswith("/subject.txt"))
    return sorted(name.split("/")[1] for name in found)


def _liked(name: str, one: Health, rest: ClassPause | None, faults: dict[str, str]) -> Liked:
    def words(k: int) -> str:
        low, high = share(k, one.sent)[1:]
        return _("%(n)s (%(low)s to %(high)s %%)", n=number(k), low=number(round(100 * low, 2)),
                 high=number(round(100 * high, 2))) if one.sent else number(k)

    rests = ""
    if rest is not None:
        rests = _("Rests since %(day)s: %(bad)s of %(sent)s.", day=day(rest.off_at),
                  bad=number(rest.bad), sent=number(rest.sent))
    return Liked(class_words(name), number(one.sent), words(one.stopped), words(one.complained),
                 rests, url_for("notify.wake", name=name) if rest else "", faults.get(name, ""))


def _page(faults: dict[str, str], status: int = 200) -> Response:
    resting = paused_classes()
    since = clock.today() - timedelta(days=DAYS - 1)
    health = class_health(since)
    (bounced, soft), (fail, complain) = came_back(since), failing_addresses()
    names = [name for name in CLASSES if name in health or name in resting]
    state_words = {"waiting": _("waiting"), "sent": _("sent"), "skipped": _("skipped"),
                   "failed": _("failed"), "bounced": _("came back"),
                   "complained": _("complained of")}
    page = MailsPage(
        [(name, url_for("notify.mail", name=name)) for name in templates()],
        [_liked(name, health.get(name, Health(0, 0, 0)), resting.get(name), faults)
         for name in names],
        [(class_words(name), reason_words(why), number(n))
         for name, why, n in skipped_by_reason() if name in CLASSES],
        [(state_words[state], number(n)) for state, n in states()],
        [(_("Letters that came back"), number(bounced)), (_("Put off by a server"), number(soft)),
         (_("Addresses that fail"), number(fail)),
         (_("Addresses that complained"), number(complain))], DAYS)
    return answer("notify/mails.html", page, status)


@pages.get("/operator/mails")
@operators_only
def mails() -> Response:
    """All letters, how they are liked, and what did not leave."""
    return _page({})


@pages.get("/operator/mails/<name>")
@operators_only
def mail(name: str) -> Response:
    """One letter with example values in both languages."""
    return _mail_page(name, {lang: _own(name, lang) for lang in LANGS}, {})


def _own(name: str, lang: str) -> str:
    known = own_text(name, lang)
    return known.words if known else ""


def _mail_page(name: str, own: Mapping[str, str], faults: Mapping[str, str], status: int = 200
               ) -> Response:
    if name not in templates():
        raise NotFound(_("There is nothing at this address."))
    page = MailPage(name, [_version(name, lang, own[lang], faults.get(lang, ""))
                           for lang in LANGS], name not in OPTIONAL,
                    url_for("notify.own_text", name=name), MOST)
    return answer("notify/mail.html", page, status)


@pages.post("/operator/mails/<name>/own", endpoint="own_text")
@operators_only
def own_text_post(name: str) -> Response:
    """Put one paragraph of the operator's own into a letter, or take it out."""
    if name not in templates():
        raise NotFound(_("There is nothing at this address."))
    typed = {lang: request.form.get(f"own-{lang}", "") for lang in LANGS}
    try:
        with committing():
            changed = write_own(person_id(), name, typed)
    except Invalid as fault:
        return _mail_page(name, typed, fault.faults, 422)
    flash(_("Kept: the letter says it from now on.") if changed else _("Nothing was changed."),
          "good")
    return see_other(url_for("notify.mail", name=name))


def _version(name: str, lang: str, own: str, fault: str) -> Version:
    site = str(current_app.config["ZURUF_URL"])
    subject, text, html = rendered(name, LetterPage(
        "Cleo", {**SAMPLES, **OWN.get(name, {})}, site, str(current_app.config["MARKET_NAME"]),
        f"{site}/unsubscribe/example" if name in OPTIONAL else None,
        f"{site}/account/notices/settings", lang, own=own))
    inner = BODY.search(html)
    # our own templates with our own example values; a page has one h1, so the letter's is h3
    shown = Markup(HEAD.sub(r"<\1h3>", inner.group(1)) if inner else "")  # noqa: S704
    return Version(lang, subject.strip(), text.strip(), shown, own, fault)


@pages.post("/operator/mails/<name>/wake")
@operators_only
def wake(name: str) -> Response:
    """Turn a resting class on again, with a reason."""
    if name not in CLASSES:
        raise NotFound(_("There is nothing at this address."))
    try:
        with committing():
            actions.wake(name, person_id(), request.form.get("reason", ""))
    except Invalid as fault:
        return _page({name: fault.faults["reason"]}, 422)
    flash(_("“%(what)s” goes out again.", what=class_words(name)), "good")
    return see_other(url_for("notify.mails"))
