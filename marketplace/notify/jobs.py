"""Sending letters: rendered when they leave, once each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import current_app, render_template
from flask_babel import force_locale
from sqlalchemy import select, update

from marketplace.adapters.doors import doors
from marketplace.adapters.mail import Mail
from marketplace.foundation import clock
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import enqueue, job
from marketplace.groups.queries import members_after
from marketplace.journal.actions import note
from marketplace.notify.actions.telling import address_hash, tell
from marketplace.notify.models import Letter, Stop
from marketplace.notify.rules import CLASSES
from marketplace.people.actions import code_of, token_secret
from marketplace.people.queries import email_of, has_consent, lines
from marketplace.web.tokens import sign

BATCH = 500
DAYS = {"due", "until", "valid_from"}
"""Values of letters that are days, kept as ISO 8601."""


@dataclass(frozen=True, slots=True)
class LetterPage:
    """What a mail template draws."""

    name: str
    args: dict[str, Any]
    site: str
    market: str
    stop_url: str | None
    settings_url: str
    lang: str


@job("notify.send")
def send(letter_id: int) -> None:
    """Send one waiting letter, or skip it with the reason."""
    row = db.session.get(Letter, letter_id)
    if row is None or row.state != "waiting":
        return
    to, why = _address(row)
    if why is None and to is not None:
        mail = _composed(row, to)
        db.session.rollback()
        doors().mail.send(mail)
    with committing():
        db.session.execute(update(Letter).where(Letter.id == letter_id).values(
            state="skipped" if why else "sent", why_skipped=why,
            sent_at=None if why else clock.now()))
        if why is None:
            note("mail.sent", extra={"class": row.class_})


def _address(row: Letter) -> tuple[str | None, str | None]:
    """Where a letter goes, or why it does not."""
    optional = CLASSES[row.class_].group != "must"
    if row.person_id is not None:
        known = email_of(row.person_id)
        if known is None:
            return None, "person gone"
        if optional and not known[1]:
            return None, "address not confirmed"
        if row.class_ == "review_invite" and not has_consent(row.person_id, row.class_):
            return None, "no consent"
        to = known[0]
    else:
        to = row.email or ""
    if not to:
        return None, "no address"
    stopped = db.session.scalar(select(Stop.cause).where(
        Stop.to_hash == address_hash(to), Stop.class_.in_((row.class_, "all"))))
    return (None, "stopped") if optional and stopped else (to, None)


def _composed(row: Letter, to: str) -> Mail:
    site = str(current_app.config["ZURUF_URL"])
    optional = CLASSES[row.class_].group != "must"
    stop_url = f"{site}/unsubscribe/{sign('stop', [to, row.class_])}" if optional else None
    page = LetterPage(_name(row), _args(row), site, str(current_app.config["MARKET_NAME"]),
                      stop_url, f"{site}/account/notices/settings", row.lang)
    with current_app.test_request_context(base_url=site), force_locale(row.lang):
        from flask import g

        g.lang = row.lang
        subject, text, html = (render_template(f"mail/{row.template}/{part}", page=page)
                               for part in ("subject.txt", "body.txt", "body.html"))
    headers = {}
    if stop_url:
        headers = {"List-Unsubscribe": f"<{stop_url}>",
                   "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return Mail(to, subject, text, html, row.message_id,
                current_app.config["ZURUF"].mail_from, headers)


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
    if "at" in args:
        args["at"] = datetime.fromisoformat(args["at"])
    for name in DAYS & set(args):
        args[name] = date.fromisoformat(args[name])
    return args


@job("notify.members")
def members(group_id: int, class_: str, merge: str, title: str, url: str, args: dict[str, Any],
            after: int) -> None:
    """One batch of members, then the next in a job of its own: each person once."""
    with committing():
        rows = members_after(group_id, after, BATCH)
        for _membership, person in rows:
            tell(person, class_, merge, title, url, **args)
        if len(rows) == BATCH:
            enqueue("notify.members", f"members {secret_code(64)}", group_id=group_id,
                    class_=class_, merge=merge, title=title, url=url, args=args,
                    after=rows[-1][0])
