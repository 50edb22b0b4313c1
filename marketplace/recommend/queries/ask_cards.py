"""Asks as lists draw them: state, what was understood, why the viewer may know something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.foundation import clock
from marketplace.groups.queries import names
from marketplace.people.queries import lines, subjects
from marketplace.recommend.models import Ask
from marketplace.recommend.queries.asks import AskRow
from marketplace.recommend.queries.words import wish_words
from marketplace.recommend.rules.asking import is_open
from marketplace.web.formats import short_day
from marketplace.web.languages import current_lang
from marketplace.web.shapes import Label, ThreadCard, nobody


def ask_cards(rows: Sequence[AskRow], me: int | None) -> list[ThreadCard]:
    """Asks in a list. Loads: at most 3 statements."""
    people = lines({row.person_id for row in rows}, me)
    groups = names({i for row in rows for i in (row.group_id, row.group) if i})
    known = {s.id: s.name_de if current_lang() == "de" else s.name_en for s in subjects()} \
        if any(row.rated for row in rows) else {}
    return [_card(row, people, groups, known) for row in rows]


def _card(row: AskRow, people: Mapping[int, Any], groups: Mapping[int, tuple[str, str]],
          known: Mapping[int, str]) -> ThreadCard:
    state, words = state_of(row)
    lang = current_lang()
    return ThreadCard(
        row.url, row.wish, row.lang, _kind_words(row, groups), words, state,
        people.get(row.person_id, nobody()), short_day(row.made_at), row.answers,
        " · ".join(wish_words(row.chips, lang)), 0, False, _why(row, groups, known))


def _kind_words(row: AskRow, groups: Mapping[int, tuple[str, str]]) -> str:
    if row.audience != "group":
        return _("Wish")
    known = groups.get(row.group_id or 0)
    return _("Wish to %(group)s", group=known[1]) if known else _("Wish to a group")


def _why(row: AskRow, groups: Mapping[int, tuple[str, str]], known: Mapping[int, str]
         ) -> list[Label]:
    """Why it is put to the viewer."""
    if row.rated:
        return [(rated_words(row.rated, known.get(row.subject_id or 0, "")), "relation")]
    if row.group is not None and row.group != row.group_id:
        return [(_("it fits %(group)s", group=groups[row.group][1]) if row.group in groups
                 else _("it fits one of your groups"), "relation")]
    return []


def rated_words(rated: int, subject: str) -> str:
    """Why somebody is asked."""
    return ngettext("you have rated %(num)s thing in %(subject)s",
                    "you have rated %(num)s things in %(subject)s", rated, subject=subject)


def state_of(row: AskRow | Ask) -> tuple[str, str]:
    """The state of an ask: word for the style, words for people."""
    if row.state == "withdrawn":
        return "closed", _("taken back")
    if not is_open(row.state, row.until, clock.today()):
        return "closed", _("closed")
    return "open", _("open until %(day)s", day=short_day(row.until))
