"""What the panel said about a question, as pages show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.touchpoints.queries import PanelComment, PanelRow, panel_comments, panel_counts
from marketplace.touchpoints.rules import LEAST_VOTES, TOP_SCORE, result_of
from marketplace.web.formats import day, exact
from marketplace.web.languages import current_lang


@dataclass(frozen=True, slots=True)
class Voices:
    """A result: the mean in words and how often each score stands, or why there is none yet."""

    mean: str
    votes_words: str
    rows: Sequence[tuple[str, int]]
    none_words: str


@dataclass(frozen=True, slots=True)
class Comment:
    """Words under a number in place of a name; `report_url` is "" for one's own."""

    by: str
    score_words: str
    when: str
    words: str
    report_url: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What the market decided, why, and when."""

    words: str
    reason: str
    when: str


def voices(panel_id: int) -> Voices:
    """What the votes say; nothing below five. Loads: 1 statement."""
    counts = panel_counts(panel_id)
    found, n = result_of(counts), sum(counts.values())
    votes = ngettext("%(num)s vote", "%(num)s votes", n)
    if found is None:
        return Voices("", votes, [], _("The result shows from %(n)s votes on, so that nobody's "
                                       "vote can be told.", n=LEAST_VOTES))
    return Voices(_("%(mean)s of %(top)s", mean=exact(round(found.mean, 1)), top=TOP_SCORE),
                  votes, [(str(score), n) for score, n in found.counts.items()], "")


def comments(panel_id: int, viewer_id: int | None) -> Sequence[Comment]:
    """Words that stand with votes. Loads: 1 statement."""
    return [_comment(one) for one in panel_comments(panel_id, viewer_id)]


def _comment(one: PanelComment) -> Comment:
    return Comment(
        _("I") if one.mine else _("Voice %(number)s", number=one.number),
        _("%(score)s of %(top)s", score=one.score, top=TOP_SCORE), day(one.at), one.words,
        "" if one.mine else url_for("moderation.report", kind="panel", ref=one.code))


def decided(row: PanelRow) -> Decided | None:
    """The decision in words; None before it."""
    if row.decision is None or row.decided_at is None:
        return None
    return Decided(decision_words()[row.decision], own(row.reason), day(row.decided_at))


def decision_words() -> Mapping[str, str]:
    """What the market can decide."""
    return {"do": _("We do it"), "change": _("We do it differently"), "leave": _("We leave it")}


def state_words(row: PanelRow) -> str:
    """How far a question is."""
    if row.open:
        return _("open until %(day)s", day=day(row.closes_on))
    if row.over:
        return _("the decision is to come")
    return _("draft") if row.state == "draft" else _("decided")


def own(pair: tuple[str, str]) -> str:
    """Words in the language of the page."""
    return pair[1] if current_lang() == "en" else pair[0]
