"""What reaches me, and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from flask import Response, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.notify import actions
from marketplace.notify.actions.returning import failing
from marketplace.notify.queries import (
    choices_of,
    pace_of,
    paused_classes,
    sent_lately,
    zone_of,
)
from marketplace.notify.rules import CLASSES, DIGEST, is_on
from marketplace.notify.rules.pace import DIGESTS, MONTH, MOST_MAILS_A_WEEK, Pace
from marketplace.notify.views import pages
from marketplace.notify.views.pushing import PushBox, push_box, push_switch
from marketplace.notify.views.resting import RestingRow, resting_rows
from marketplace.notify.views.words import class_words, group_words
from marketplace.people.queries import has_consent
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, back, see_other
from marketplace.web.formats import day

GROUPS = ("answers", "thanks", "news", "advertising")


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One class with its switches, how often it came lately, and whether it rests; `push` is
    nothing where no browser may be told.
    """

    name: str
    words: str
    lately: str
    app: bool
    mail: bool
    push: bool | None
    resting: bool


@dataclass(frozen=True, slots=True)
class ClassGroup:
    """Classes of one kind."""

    words: str
    hint: str
    rows: Sequence[ClassRow]


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """What reaches me, class by class, and how much of it."""

    groups: Sequence[ClassGroup]
    always: Sequence[tuple[str, str, bool | None]]
    pace: Mapping[str, str]
    choices: Mapping[str, Sequence[tuple[str, str]]]
    faults: Mapping[str, str]
    zone: str
    url: str
    stop_url: str
    failing: str
    again_url: str
    resting: Sequence[RestingRow]
    push: PushBox | None


def _row(name: str, chosen: Mapping[tuple[str, str], bool], sent: Mapping[str, int],
         resting: frozenset[str]) -> ClassRow:
    n = sent.get(name, 0)
    lately = ngettext("%(num)s mail in the last 30 days", "%(num)s mails in the last 30 days",
                      n) if n else ""
    mail = (has_consent(person_id(), name) and chosen.get((name, "mail"), True)
            if CLASSES[name].group == "advertising" else is_on(name, "mail", chosen))
    return ClassRow(name, class_words(name), lately, is_on(name, "app", chosen), mail,
                    push_switch(name, chosen), name in resting)


def _choices() -> dict[str, Sequence[tuple[str, str]]]:
    hours = [(str(n), f"{n}:00") for n in range(24)]
    days = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"),
            _("Saturday"), _("Sunday"))
    digests = {"off": _("no digest"), "weekly": _("once a week"), "daily": _("every day")}
    return {
        "mails_a_week": [(str(n), str(n)) for n in range(MOST_MAILS_A_WEEK + 1)],
        "quiet_from": hours, "quiet_to": hours,
        "digest": [(name, digests[name]) for name in DIGESTS],
        "digest_day": [(str(n), words) for n, words in enumerate(days)]}


def _page(pace: Mapping[str, str], faults: Mapping[str, str], status: int = 200) -> Response:
    me = person_id()
    chosen, resting = choices_of(me), frozenset(paused_classes())
    sent = sent_lately(me, clock.now() - MONTH)
    groups = [ClassGroup(*group_words(group), [
        _row(name, chosen, sent, resting) for name, one in CLASSES.items()
        if one.group == group and name != DIGEST]) for group in GROUPS]
    always = [(name, class_words(name), push_switch(name, chosen))
              for name, one in CLASSES.items() if one.group == "must"]
    page = SettingsPage(groups, always, pace, _choices(), faults, zone_of(me),
                        url_for("notify.settings_post"), url_for("notify.stop_all"),
                        _failing(me), url_for("notify.try_again"), resting_rows(me),
                        push_box(me))
    return answer("notify/settings.html", page, status)


def _failing(me: int) -> str:
    """Why optional letters to my address rest, "" if they do not. Loads: 2 statements."""
    known = failing(me)
    if known is None:
        return ""
    cause, since = known
    return (_("Since %(day)s mail to your address comes back. What you chose by mail rests until "
              "you say that the address works again.", day=day(since)) if cause == "bounce"
            else _("On %(day)s you marked a letter as a nuisance in your mail program. Since then "
                   "only what contract and law ask for is sent.", day=day(since)))


@pages.post("/account/notices/try-again")
@signed_in
def try_again() -> Response:
    """My address works again, or letters are welcome again."""
    with committing():
        actions.try_again(person_id())
    flash(_("Kept: what you chose comes by mail again."), "good")
    return see_other(url_for("notify.settings"))


def _as_words(pace: Pace) -> dict[str, str]:
    return {one.name: str(getattr(pace, one.name)) for one in fields(pace)}


@pages.get("/account/notices/settings")
@signed_in
def settings() -> Response:
    """What reaches me, and how."""
    return _page(_as_words(pace_of(person_id())), {})


@pages.post("/account/notices/settings", endpoint="settings_post")
@signed_in
def settings_post() -> Response:
    """Keep what reaches me."""
    me = person_id()
    typed = {**_as_words(pace_of(me)), **{
        name: request.form[name] for name in _choices() if name in request.form}}
    try:
        pace = _sent_pace(typed)
    except Invalid as fault:
        return _page(typed, fault.faults, 422)
    with committing():
        _keep_switches(me)
        actions.keep_pace(me, pace)
    flash(_("Kept: this is what reaches you."), "good")
    return see_other(url_for("notify.settings"))


def _sent_pace(typed: Mapping[str, str]) -> Pace:
    """The chosen pace. Raises Invalid beside the field."""
    faults = {name: _("Please choose one of these.") for name, rows in _choices().items()
              if typed[name] not in dict(rows)}
    if faults:
        raise Invalid(faults)
    return Pace(int(typed["mails_a_week"]), int(typed["quiet_from"]), int(typed["quiet_to"]),
                typed["digest"], int(typed["digest_day"]))


def _keep_switches(me: int) -> None:
    """Only what differs from before is written."""
    chosen = choices_of(me)
    for name, one in CLASSES.items():
        row = _row(name, chosen, {}, frozenset())
        before = {"app": row.app, "mail": row.mail, "push": row.push}
        for channel in _channels(name, one.group):
            on = f"{name}-{channel}" in request.form
            if before[channel] != on:
                actions.choose(me, name, channel, on)


def _channels(name: str, group: str) -> Sequence[str]:
    """The switches of a class; those of browsers are there only where a browser is."""
    ways = () if group == "must" or name == DIGEST else ("app", "mail")
    told = CLASSES[name].push and "push" in request.form
    return (*ways, "push") if told else ways


@pages.post("/account/notices/stop-all")
@signed_in
def stop_all() -> Response:
    """Nothing by mail that is not required; the list in the market stays as chosen."""
    with committing():
        actions.stop_person(person_id(), DIGEST, "click", everything=True)
    flash(_("Stopped: by mail only what contract and law ask for reaches you."), "good")
    return see_other(url_for("notify.settings"))


@pages.post("/account/notices/asked/<name>")
@signed_in
def asked(name: str) -> Response:
    """Yes or No to a mail, said where it matters; a No is not asked again for 90 days."""
    if name == "answer":
        yes = request.form.get("mail") == "yes"
        with committing():
            actions.choose(person_id(), name, "mail", yes, place="thread")
        flash(_("Kept: the answer comes by mail too.") if yes
              else _("Kept: no mail. The answer stands here and among your notices."), "good")
    return back(url_for("notify.settings"))
