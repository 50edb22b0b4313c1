"""What pages of a group and of others say of its proposals and dates, and its own pages."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask_babel import format_datetime, ngettext
from flask_babel import gettext as _

from marketplace.foundation import clock
from marketplace.groups.models import Date, Proposal
from marketplace.groups.queries.cards import GroupCard
from marketplace.web.formats import day
from marketplace.web.languages import current_lang

Tab = tuple[str, str, bool, int | None]


def tabs_of(card: GroupCard, current: str) -> list[Tab]:
    """The pages of one group; `current` is the one that is open."""
    rows = [("talk", _("Talk"), card.url),
            ("picks", _("Picks and lists"), f"{card.url}/picks"),
            ("ranking", _("Ranking"), f"{card.url}/ranking"),
            ("dates", _("Dates"), f"{card.url}/dates"),
            ("people", _("People"), f"{card.url}/people"),
            ("rules", _("Rules and votes"), f"{card.url}/proposals")]
    return [(words, url, name == current, None) for name, words, url in rows]


def title_of(row: Proposal) -> str:
    """What a proposal is called; an election has no words of its own."""
    return row.title or _("Who looks after the group?")


def state_of(row: Proposal) -> tuple[str, str]:
    """The state in a word, and how it looks."""
    return {"talk": (_("being talked about"), "state"), "vote": (_("vote is open"), "new"),
            "passed": (_("passed"), "checked"), "failed": (_("not passed"), "state"),
            "vetoed": (_("stopped by the operator"), "ad"),
            "overtaken": (_("overtaken"), "state")}[row.state]


def when_of(row: Proposal) -> str:
    """What comes next and when, in words."""
    if row.state in ("talk", "vote"):
        until = row.votes_from if row.state == "talk" else row.ends_at
        left = max(0, (until - clock.now()).days)
        days = ngettext("%(num)s day", "%(num)s days", left) if left else _("less than a day")
        return _("the vote begins in %(time)s", time=days) if row.state == "talk" \
            else _("the vote ends in %(time)s", time=days)
    return _("decided on %(day)s", day=day(row.decided_at)) if row.decided_at else ""


def result_of(row: Proposal) -> str:
    """Sums of a proposal that is over."""
    if row.yes is None or row.no is None:
        return ""
    return _("%(yes)s yes, %(no)s no; %(needed)s ballots were needed", yes=row.yes, no=row.no,
             needed=row.needed)


def proposal_url(card: GroupCard, proposal_id: int) -> str:
    """The page of a proposal."""
    return f"{card.url}/proposals/{proposal_id}"


def kind_name(kind: str) -> str:
    """open, closed or secret in words."""
    return {"open": _("open: everybody reads"), "closed": _("closed: members read"),
            "secret": _("secret: nobody else knows of it")}.get(kind, kind)


def kind_words(kind: str) -> str:
    """What it is."""
    return {"harvest": _("harvest"), "fair": _("fair"), "tasting": _("tasting"),
            "workshop": _("workshop"), "sale": _("sale"), "meeting": _("meeting")}[kind]


def when_words(row: Date) -> str:
    """Begin and end in the time of the place."""
    zone = ZoneInfo(row.time_zone)
    begin, end = row.starts_at.astimezone(zone), row.ends_at.astimezone(zone)
    first = format_datetime(begin, "EEE d. MMM y, HH:mm" if current_lang() == "de"
                            else "EEE d MMM y, HH:mm", rebase=False)
    same = begin.date() == end.date()
    last = format_datetime(end, "HH:mm" if same else "EEE d. MMM, HH:mm", rebase=False)
    return f"{first} – {last}"


def seats_words(row: Date) -> str:
    """How many seats are free, or that nobody needs to sign up."""
    if row.state == "cancelled":
        return _("cancelled")
    if not row.sign_up:
        return _("no sign-up needed")
    if row.seats is None:
        return _("%(n)s come", n=row.taken)
    free = max(0, row.seats - row.taken)
    return _("%(n)s of %(all)s seats free", n=free, all=row.seats) if free \
        else _("full; there is a waiting list")
