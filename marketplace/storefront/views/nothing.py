"""What a search that found nothing offers: fewer words, near shelves, similar words, people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.catalog.queries import shelves
from marketplace.foundation.database import committing, db
from marketplace.search.actions import end_wait, wait_for
from marketplace.search.queries import Answer, Asked, find, similar
from marketplace.search.queries.demand import waited_for
from marketplace.search.rules.analysis import is_function_word, tokens
from marketplace.search.rules.needs import NO_NEEDS
from marketplace.storefront.views import pages
from marketplace.storefront.views.filters import NEEDS, with_
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import day
from marketplace.web.forms import clean, sent
from marketplace.web.shapes import sign_in_url

MOST_WORDS, MOST_SHELVES = 6, 4
Way = tuple[str, str, int | None]


@dataclass(frozen=True, slots=True)
class Nothing:
    """Ways on from an empty list, each as (words, address, how many or None)."""

    words: str
    fewer: Sequence[Way]
    shelves: Sequence[Way]
    similar: Sequence[Way]
    ask_url: str
    watch_url: str
    sign_in_url: str
    seek: str


@dataclass(frozen=True, slots=True)
class WaitingSearch:
    """A search somebody waits for."""

    words: str
    url: str
    when: str
    told: bool
    end_url: str


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """What somebody waits for."""

    rows: Sequence[WaitingSearch]
    watches_url: str


def ask_url(words: str) -> str:
    """Where the people are asked."""
    return f"/ask?q={quote(words)}" if words else "/ask"


def nothing(asked: Asked, lang: str, me: int | None) -> Nothing:
    """Ways on from words that found nothing. Loads: none."""
    fewer, best = _fewer(asked)
    return Nothing(
        asked.words, fewer, _shelves(best or find(Asked(), 0), lang),
        [(one, url_for("storefront.search", q=one), None) for one in similar(asked.words)],
        ask_url(asked.words), url_for("storefront.wait_for_search"),
        sign_in_url() if me is None else "", asked.words)


def _fewer(asked: Asked) -> tuple[list[Way], Answer | None]:
    """Without the filters, and without each of the words; the answer that found most."""
    ways, best = list[Way](), None
    plain = Asked(words=asked.words, lang=asked.lang)
    if replace(asked, sort="peers", plain=False) != plain:
        found, off = find(plain, 0), NEEDS if asked.needs != NO_NEEDS else ()
        if found.total:
            ways.append((_("without the filters"), url_for(
                "storefront.search", q=asked.words, off=list(off)), found.total))
            best = found
    words = [one for one in tokens(asked.words) if not is_function_word(one)][:MOST_WORDS]
    for left_out in words if len(words) > 1 else ():
        rest = " ".join(one for one in words if one != left_out)
        found = find(replace(asked, words=rest), 0)
        if found.total and not found.dropped:
            ways.append((_("without “%(word)s”", word=left_out), with_(q=rest), found.total))
            best = found if best is None or found.total > best.total else best
    return ways, best


def _shelves(found: Answer, lang: str) -> Sequence[Way]:
    """Shelves on which most of what came near stands."""
    names = {shelf.slug: (shelf.name(lang), shelf.url) for shelf in shelves().values()}
    ranked = sorted(found.counts.get("category", ()), key=lambda one: (-one.count, one.value))
    return [(*names[one.value], one.count) for one in ranked if one.value in names][:MOST_SHELVES]


@pages.post("/search/wait", endpoint="wait_for_search")
@signed_in
def wait_post() -> Response:
    """Tell me once when something fits these words."""
    words, me = clean(str(sent().get("q", ""))) or "", person_id()
    db.session.rollback()
    with committing():
        wait_for(me, words)
    flash(_("You will be told once, here and by mail. End it any time in your account."), "good")
    return see_other(url_for("storefront.search", q=words))


@pages.get("/account/searches", endpoint="waiting_searches")
@signed_in
def waiting_searches() -> Response:
    """Searches I wait for, each with one click to end it."""
    rows = [WaitingSearch(
        row.words, url_for("storefront.search", q=row.words),
        _("told on %(day)s", day=day(row.told_at)) if row.told_at else
        _("since %(day)s", day=day(row.at)), row.told_at is not None,
        url_for("storefront.end_wait", watch_id=row.id)) for row in waited_for(person_id())]
    return answer("storefront/waiting.html", WaitingPage(rows, url_for("catalog.watches")))


@pages.post("/account/searches/<int:watch_id>/end", endpoint="end_wait")
@signed_in
def end_wait_post(watch_id: int) -> Response:
    """Wait no longer."""
    me = person_id()
    db.session.rollback()
    with committing():
        end_wait(me, watch_id)
    return see_other(url_for("storefront.waiting_searches"))


def asked_plainly() -> bool:
    """Whether words alone were asked for, on the first page: what is counted as a search."""
    return set(request.args) <= {"q", "lang"}
