"""Promise and reality of a producer, and its figures, as pages draw them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from marketplace.dialogue.queries import answer_figures
from marketplace.foundation import clock
from marketplace.foundation.figures import wilson
from marketplace.foundation.kept import kept
from marketplace.orders.queries.sheets import rate_words
from marketplace.payments.queries.fees import commission_now
from marketplace.payments.rules import arrives_minor
from marketplace.producers import queries as producers
from marketplace.producers.queries import Fact
from marketplace.producers.queries.dealing import choices_of
from marketplace.reviews import queries as reviews
from marketplace.reviews.queries.producers import ReplyFigures
from marketplace.web.formats import day, money, number, percent

SHOWN_FROM = 5
STALE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise and what came of it; `low` and `high` are the 95 % ends of the share."""

    promise: str
    k: int
    n: int
    since: date | None
    how_url: str
    low: float | None = None
    high: float | None = None
    stale: str = ""


@dataclass(frozen=True, slots=True)
class FactLine:
    """One figure: what it is, its value with the count, its interval, and how it is computed."""

    words: str
    value: str
    more: str
    how: str


def share_words(producer_id: int, name: str, price_minor: int | None) -> str:
    """What arrives at a producer of a price, if it chose to show it; else "". Loads: 2 statements a
    minute.
    """
    shown = kept(("share shown", producer_id), lambda: choices_of(producer_id).share_shown)
    if not shown or price_minor is None:
        return ""
    bp = kept("commission", commission_now)
    return _("Of %(price)s, %(share)s arrive at %(name)s, its taxes included: paying by transfer "
             "costs nothing, and the commission is %(part)s.", price=money(price_minor),
             share=money(arrives_minor(price_minor, bp)), name=name,
             part=rate_words(bp))


def promise_lines(producer_id: int, slug: str) -> list[PromiseLine]:
    """What is promised and how often it was kept, in one line each. Loads: 4 statements a minute.
    """
    known, (k, n), said, facts = kept(("promises", producer_id), lambda: (
        producers.promises_of([producer_id])[producer_id], answer_figures(producer_id),
        reviews.reply_figures(producer_id), producers.facts_of([producer_id])))
    how, today = f"/producers/{slug}/reputation#figures", clock.today()
    rows = []
    if "answer_hours" in known:
        rows.append(_line(_("Answers within %(n)s hours", n=known["answer_hours"]), k, n,
                          today - timedelta(days=90), how))
    if said.shown:
        rows.append(_line(_critics(said), said.answered, said.critical,
                          today - timedelta(days=365), "/how-reviews-are-checked"))
    if "dispatch_days" in known:
        sent = facts.get((producer_id, "dispatch_kept"))
        words = _("Dispatches within %(n)s working days", n=known["dispatch_days"])
        rows.append(_line(words, (sent.k or 0) if sent else 0, sent.n if sent else 0,
                          sent.from_on if sent else None, how, _stale(sent)))
    return rows


def _critics(said: ReplyFigures) -> str:
    if said.median_hours is None:
        return _("Answers critical voices in public")
    return _("Answers critical voices in public, half of them within %(n)s hours",
             n=number(round(said.median_hours)))


def _line(words: str, k: int, n: int, since: date | None, how: str, stale: str = ""
          ) -> PromiseLine:
    ends = wilson(k, n) if n >= SHOWN_FROM else None
    return PromiseLine(words, k, n, since, how, ends.low if ends else None,
                       ends.high if ends else None, stale)


def _stale(fact: Fact | None) -> str:
    """Since when a figure was not computed any more; "" while it is of this week."""
    if fact is None or fact.computed_at is None or fact.computed_at > clock.now() - STALE:
        return ""
    return _("not computed since %(day)s", day=day(fact.computed_at))


def fact_lines(producer_id: int) -> list[FactLine]:
    """Every figure of a producer that jobs handed over, each with how it is computed.

    Loads: 1 statement.
    """
    facts = producers.facts_of([producer_id])
    return [_fact(name, fact) for name in _fact_words()
            if (fact := facts.get((producer_id, name))) is not None]


def _fact_words() -> Mapping[str, tuple[str, str]]:
    """What each figure is called, and how it is computed."""
    return {
        "answered": (_("Questions and criticism answered"),
                     _("Of all questions and complaints of the last 90 days, those with a first "
                       "answer by a person of the house.")),
        "first_answer_median": (_("Half of the first answers within"),
                                _("Time in open hours from the question to the first answer; what "
                                  "still waits counts with its time so far. Nearest rank.")),
        "first_answer_p90": (_("Nine of ten first answers within"),
                             _("The same; nine of ten were answered in this time or less.")),
        "solved": (_("Settled, says who asked"),
                   _("Of all threads in which the asker said how it ended.")),
        "critical_answered": (_("Critical voices answered"),
                              _("Of critical words of buyers of the last 90 days, those with a "
                                "public reply.")),
        "dispatch_kept": (_("Sent on the promised day or before"),
                          _("Of parcels promised for a day of the last year that were sent or are "
                            "late.")),
        "came_back": (_("Buyers who came back"),
                      _("Of buyers whose first order here is at least 120 days old, those with a "
                        "second one within 120 days of it."))}


def _fact(name: str, fact: Fact) -> FactLine:
    words, how = _fact_words()[name]
    stale = _stale(fact)
    how = f"{how} {stale}." if stale else how
    if fact.n < SHOWN_FROM:
        return FactLine(words, _("too few cases so far"), "", how)
    if name.startswith("first_answer"):
        return FactLine(words, _hours(fact), _("of %(n)s questions", n=number(fact.n)), how)
    more = "" if fact.low is None or fact.high is None else _(
        "between %(low)s and %(high)s with 95 %% certainty", low=percent(fact.low),
        high=percent(fact.high))
    return FactLine(words, _("%(k)s of %(n)s", k=number(fact.k or 0), n=number(fact.n)), more, how)


def _hours(fact: Fact) -> str:
    hours = number(round(fact.value or 0, 1))
    words = _("%(n)s open hours", n=hours)
    return words if fact.high is not None else _("more than %(time)s", time=words)
