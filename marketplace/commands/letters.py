"""Mail that comes in, and the closing of the market: `flask notify ...`."""

from __future__ import annotations

import sys
from datetime import date

import click
from flask import current_app, g
from flask.cli import AppGroup
from flask_babel import force_locale

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, MarketError

letters = AppGroup("notify", help="Letters: what comes back, what comes in, and closing.")

MOST_BYTES = 10_000_000
REFUSED = 65
"""EX_DATAERR of sysexits.h: the mail server sends the mail back with what was printed."""


@letters.command("push-key")
def push_key() -> None:
    """Print a new private key for ZURUF_PUSH_KEY; with another key all browsers have to say again
    that they want to be told.
    """
    from marketplace.adapters.push.web import fresh_key

    click.echo(fresh_key())


@letters.command("incoming")
def incoming() -> None:
    """Take one mail from standard input, as a mail server pipes it: a report that a letter came
    back or was called a nuisance, or an answer to a letter about a thread.
    """
    raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    said, code = take_mail(raw)
    click.echo(said, err=code != 0)
    sys.exit(code)


def take_mail(raw: bytes) -> tuple[str, int]:
    """What became of a mail in words, and the exit code for the mail server: 0 taken (also what
    nobody wrote, because a report is never answered), 65 back to its sender.
    """
    from marketplace.notify.actions.replying import writer_of
    from marketplace.notify.actions.returning import take_report
    from marketplace.notify.rules.incoming import read_mail, replied_to
    from marketplace.notify.rules.reports import read_report

    if len(raw) > MOST_BYTES:
        return "The mail is too big.", REFUSED
    report = read_report(raw)
    if report is not None:
        with committing():
            return take_report(report), 0
    mail = read_mail(raw)
    if mail.by_machine:
        return "nobody wrote this", 0
    where = replied_to(mail.receivers)
    who = writer_of(where) if where else None
    if where is None or who is None:
        return "There is nobody at this address.", REFUSED
    return _reply(who.id, who.lang, where[0], raw)


def _reply(person_id: int, lang: str, thread_id: int, raw: bytes) -> tuple[str, int]:
    from marketplace.foundation.database import db
    from marketplace.notify.actions.replying import take_reply
    from marketplace.notify.rules.incoming import read_mail
    from marketplace.people.models import Person

    site = str(current_app.config["ZURUF_URL"])
    with current_app.test_request_context(base_url=site, method="POST"), force_locale(lang):
        g.lang = lang
        try:
            with committing():
                who = db.session.get_one(Person, person_id)
                post = take_reply(who, thread_id, read_mail(raw))
                return f"said {post.code}", 0
        except Invalid as fault:
            return " ".join(fault.faults.values()), REFUSED
        except MarketError as fault:
            return fault.sentence, REFUSED


@letters.command("closing")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]),
              help="The day on which the market closes, at least 60 days ahead.")
@click.option("--take-back", is_flag=True, help="The market stays open after all.")
def closing(day: date | None, take_back: bool) -> None:
    """Tell everybody that the market closes, now, 30 and 7 days before; or take it back."""
    from marketplace.notify.actions.closing import announce_closing, take_closing_back

    try:
        with committing():
            if take_back:
                click.echo("taken back" if take_closing_back() else "nothing was announced")
            elif day is None:
                raise click.UsageError("say --on DATE or --take-back")
            else:
                announce_closing(date(day.year, day.month, day.day))
                click.echo(f"the market closes on {day:%Y-%m-%d}; everybody is told")
    except MarketError as fault:
        raise click.ClickException(fault.sentence) from fault
