"""Polls as pages draw them: answers with shares, what is left of the time, who is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.bundles.queries.polls import PollRow
from marketplace.bundles.rules import time_left
from marketplace.foundation import clock
from marketplace.people.queries import PersonLine, lines
from marketplace.web.formats import moment
from marketplace.web.shapes import nobody


@dataclass(frozen=True, slots=True)
class PollView:
    """A poll as its macro draws it; counts of `choices` are None while the result is hidden."""

    id: str
    url: str
    question: str
    lang: str
    by: Any
    audience_words: str
    left_words: str
    voices_words: str
    choices: Sequence[tuple[str, str, str, int | None, int]]
    mine: str
    may: bool
    hidden_words: str
    ended: bool
    close_url: str
    report_url: str


def left_words(until: datetime) -> str:
    """How much time is left, in words that need no clock ticking beside them."""
    unit, n = time_left((until - clock.now()).total_seconds())
    if unit == "over":
        return _("ended %(when)s", when=moment(until))
    return {"days": ngettext("%(num)s day left", "%(num)s days left", n),
            "hours": ngettext("%(num)s hour left", "%(num)s hours left", n),
            "minutes": ngettext("%(num)s minute left", "%(num)s minutes left", n)}[unit]


def poll_views(rows: Sequence[PollRow], viewer_id: int | None,
               people: Mapping[int, PersonLine] | None = None) -> list[PollView]:
    """Polls to draw. Loads: 1 statement if there are any, none if `people` holds who asked."""
    if not rows:
        return []
    known = people if people is not None else lines({row.author_id for row in rows}, viewer_id)
    return [_view(row, viewer_id, known) for row in rows]


def _view(row: PollRow, viewer_id: int | None, people: Mapping[int, PersonLine]) -> PollView:
    own, total = viewer_id == row.author_id, max(1, row.voices)
    shown = any(option.count is not None for option in row.options)
    return PollView(
        f"poll-{row.code}", row.url, row.question, row.lang,
        people.get(row.author_id, nobody()), audience_words(row), left_words(row.ends_at),
        ngettext("%(num)s voice", "%(num)s voices", row.voices),
        [(str(option.id), option.words, option.url, option.count,
          round(100 * (option.count or 0) / total)) for option in row.options],
        str(row.mine or ""), viewer_id is not None and not own and not row.ended,
        "" if shown else _("The result shows at the end.") if own else
        _("The result shows after your answer, or at the end."), row.ended,
        f"{row.url}/close" if own and not row.ended else "",
        "" if own else f"/moderation/report/poll/{row.code}")


def audience_words(row: PollRow) -> str:
    """Who is asked."""
    if row.audience == "group":
        return _("asks %(name)s", name=row.group_name)
    return {"friends": _("asks friends"), "public": _("asks everybody")}[row.audience]
