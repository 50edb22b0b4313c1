"""What the answers to a survey say, with how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from marketplace.foundation.figures import Interval, wilson
from marketplace.touchpoints.queries import SurveyRow
from marketplace.touchpoints.rules import LEAST_NPS, LEAST_SHOWN, counted_scores, net_promoters
from marketplace.web.formats import exact, number, percent

ALL = 10


@dataclass(frozen=True, slots=True)
class Result:
    """A figure in words; a share has the ends of its interval too."""

    name: str
    figure: str
    words: str
    share: Interval | None = None


def results(row: SurveyRow) -> Sequence[Result]:
    """The figures of a survey; none below five answers, no net promoter score below thirty."""
    n = row.answers
    if n < LEAST_SHOWN:
        return []
    if row.kind == "nps":
        return [_net(row)] if n >= LEAST_NPS else []
    names = {"three_level": ((1, _("disappointing")), (2, _("okay")), (3, _("delighting")))}
    if row.kind in names:
        return [share(name, row.scores.get(score, 0), n) for score, name in names[row.kind]]
    name = {"csat": _("content (4 or 5)"), "ces": _("found it easy (5 to 7)"),
            "repeat": _("had to repeat something")}[row.kind]
    return [share(name, sum(row.scores.get(one, 0) for one in counted_scores(row.kind)), n)]


def share(name: str, k: int, n: int) -> Result:
    """A share in words, with its 95 percent interval."""
    found = wilson(k, n)
    return Result(name, percent(found.value), _(
        "%(k)s of %(n)s, between %(low)s and %(high)s", k=number(k), n=number(n),
        low=percent(found.low), high=percent(found.high)), found)


def _net(row: SurveyRow) -> Result:
    n = row.answers
    promoters = row.scores.get(ALL, 0) + row.scores.get(ALL - 1, 0)
    detractors = sum(row.scores.get(one, 0) for one in range(7))
    value, half = net_promoters(promoters, detractors, n)
    return Result(_("net promoter score"), exact(round(value, 1)), _(
        "give or take %(half)s, of %(n)s answers", half=exact(round(half, 1)), n=number(n))
        if half is not None else _("of %(n)s answers", n=number(n)))
