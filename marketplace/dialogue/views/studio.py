"""The studio: what waits for a producer, in the order of the house; then parcels and stock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, current_app, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.dialogue.actions import lock_words
from marketplace.dialogue.actions.news import TELLING
from marketplace.dialogue.models import Case
from marketplace.dialogue.queries import (
    ThreadRow,
    inbox,
    lock_of,
    low_stock,
    newest_voices,
    open_cases,
    parts_in_danger,
    ratings_by_id,
)
from marketplace.dialogue.queries.cards import thread_kind
from marketplace.dialogue.views import pages
from marketplace.dialogue.views.heard import due_words, heard_of
from marketplace.foundation import clock
from marketplace.foundation.errors import NotFound
from marketplace.orders.queries import StudioOrder, studio_orders
from marketplace.people.queries import lines
from marketplace.producers.queries import Role, roles_of, seen_refs
from marketplace.producers.queries.legal import legal_matters
from marketplace.producers.queries.opening import open_steps
from marketplace.producers.rules import may, studio_rank
from marketplace.recommend.queries import waiting_asks
from marketplace.reviews.models import Rating
from marketplace.reviews.queries import unanswered_critics
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer
from marketplace.web.formats import month, short_day
from marketplace.web.languages import current_lang
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import (
    Gone,
    PagerView,
    Quote,
    Tab,
    Waiting,
    first_sentence,
    nobody,
    pager,
    plain_words,
)

A_PAGE = 20
RANKED_AS = {"question": "question", "wish": "question", "idea": "mention", "praise": "praise"}
ICONS = {"question": "ask", "complaint": "warn", "wish": "plus", "idea": "star", "praise": "heart"}


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that waits, with its place in the order of the house: oldest first in a rank."""

    rank: int
    asked: datetime
    id: int
    sort: str
    row: Waiting


@dataclass(frozen=True, slots=True)
class StudioPage:
    """What waits for a producer."""

    producer: tuple[str, str]
    producers: Sequence[tuple[str, str, bool]]
    tabs: Sequence[Tab]
    waiting: Sequence[Waiting]
    counts: Sequence[tuple[str, int, str]]
    pager: PagerView
    voices: Sequence[tuple[Quote, str]]
    parcels: Sequence[tuple[str, str, str, str]]
    parcels_url: str
    stock: Sequence[tuple[str, str, str]]
    help_url: str
    danger: Sequence[tuple[str, str, str, str]] = ()
    danger_count: int = 0
    promises: Sequence[object] = ()
    checklist: Sequence[tuple[str, str, bool]] = ()
    news_url: str = ""
    news_lock: str = ""
    locked_by: Sequence[tuple[str, str]] = ()
    talk: Sequence[tuple[str, str, str]] = ()
    talk_url: str = ""


def _role(roles: Sequence[Role]) -> Role:
    """The role at the producer in the address, or at the first one. Raises NotFound."""
    asked = request.args.get("producer", "")
    role = next((r for r in roles if asked in ("", r.slug)), None)
    if role is None:
        raise NotFound(_("There is nothing at this address."))
    return role


@pages.get("/studio")
@signed_in
def studio() -> Response:
    """Unanswered criticism above everything, then what is late, then questions."""
    roles = roles_of(person_id())
    role = _role(roles)
    entries, number = _entries(role), asked_page(100)
    sort = request.args.get("sort", "")
    chosen = [entry.row for entry in entries if sort in ("", entry.sort)]
    shown = chosen[(number - 1) * A_PAGE:number * A_PAGE]
    here: dict[str, Any] = {"producer": role.slug} if len(roles) > 1 else {}
    names = {"criticism": _("Criticism"), "question": _("Questions"), "other": _("Other")}
    page = StudioPage(
        (role.name, url_for("storefront.producer", slug=role.slug)),
        [(r.name, url_for("dialogue.studio", producer=r.slug), r.slug == role.slug)
         for r in roles] if len(roles) > 1 else [], _tabs(role, here, len(entries)), shown,
        [(names[s], sum(e.sort == s for e in entries), url_for("dialogue.studio", sort=s, **here))
         for s in names], pager(Pages(shown, number, A_PAGE, len(chosen))),
        _voices(role), _parcels(role), url_for("orders.studio", **here),
        [(title, _("%(n)s left", n=left), f"/products/{slug}")
         for title, slug, left in low_stock(role.producer_id, current_lang())],
        url_for("dialogue.new", about="/studio"), checklist=[
            (words, url_for(name, producer=role.slug), done)
            for words, name, done in open_steps(role)],
        **_danger(role), **_news(role), **_talk(role))
    return answer("dialogue/studio.html", page)


def _news(role: Role) -> dict[str, Any]:
    """The way to news for those who write them, or what locks it. Loads: 4 statements."""
    if not may(role.role, "texts") or role.state not in TELLING:
        return {}
    lock, late = lock_of(role.producer_id, "news")
    return {"news_url": url_for("dialogue.news", producer=role.slug),
            "news_lock": lock_words(lock), "locked_by": [(one.words, one.url) for one in late]}


def _talk(role: Role) -> dict[str, Any]:
    """What is said of the house elsewhere, for those who answer for it. Loads: 3 statements."""
    if not may(role.role, "answer"):
        return {}
    return {"talk": current_app.extensions["studio_talk"](role.producer_id, person_id()),
            "talk_url": url_for("notify.words", producer=role.slug)}


def _tabs(role: Role, here: Mapping[str, Any], count: int) -> list[Tab]:
    return [(_("Waiting"), url_for("dialogue.studio", **here), True, count),
            (_("Orders"), url_for("orders.studio", **here), False, None),
            (_("Goods"), url_for("catalog.goods", **here), False, None),
            (_("All threads"), url_for("dialogue.threads", producer=role.slug), False, None),
            *_wishes(role), *_own_house(role)]


def _wishes(role: Role) -> list[Tab]:
    """The way to what members wish for that this house has. Loads: 1 statement."""
    if not may(role.role, "answer"):
        return []
    return [(_("Wishes"), url_for("recommend.house_asks", producer=role.slug), False,
             waiting_asks(role.producer_id) or None)]


def _own_house(role: Role) -> list[Tab]:
    """The way to words, hours, promises and people."""
    first = "producers.profile" if may(role.role, "texts") else "producers.staff"
    return [(_("Your house"), url_for(first, producer=role.slug), False, None)]


def _entries(role: Role) -> list[Entry]:
    """Threads, critical words and open cases in the order of the house. Loads: 5 statements."""
    seen, cases = seen_refs(role.producer_id), open_cases(role.producer_id)
    due = {(case.source, case.source_id): case.due_at for case in cases}
    entries = [_of_thread(row, ("thread", row.id) in seen) for row in inbox(role.producer_id)]
    critics = unanswered_critics(role.producer_id, current_lang())
    entries += [_of_rating(row.id, row.given_at, row.code,
                           row.words if row.words_standing == "visible" else "",
                           due.get(("rating", row.id)),
                           ("rating", row.id) in seen) for row in critics]
    entries += _of_cases(cases, {row.id for row in critics}, seen)
    entries += [Entry(studio_rank("case", False, heard.overdue, heard.row.icon == "warn"),
                      heard.at, heard.id, "criticism", heard.row) for heard in heard_of(cases)]
    entries += _of_surveys(role, cases)
    entries += [Entry(studio_rank("legal", False, False, False), matter.since, n, "other",
                      Waiting(matter.words, matter.small, matter.url, _("Open"),
                              "", "now", "document"))
                for n, matter in enumerate(legal_matters(role))]
    return sorted(entries, key=lambda entry: (entry.rank, entry.asked, entry.id))


def _of_thread(row: ThreadRow, seen: bool) -> Entry:
    critical = row.kind == "complaint"
    rank = studio_rank(RANKED_AS.get(row.kind, "case"), seen, row.overdue, critical)
    state = "overdue" if row.overdue else "open" if seen else "now"
    return Entry(
        rank, row.made_at, row.id,
        "criticism" if critical else "question" if row.kind in ("question", "wish") else "other",
        Waiting(row.title, f"{thread_kind(row.kind)} · {plain_words(row.last_words or '', 90)}",
                row.url, _("Answer"), due_words(row.promised_by), state,
                ICONS.get(row.kind, "ask")))


def _of_rating(rating_id: int, given_at: datetime, code: str, words: str, due: datetime | None,
               seen: bool) -> Entry:
    late = due is not None and due < clock.now()
    rank = studio_rank("case", seen, late, True)
    return Entry(
        rank, given_at, rating_id, "criticism",
        Waiting(first_sentence(words) if words else _("Would not buy it again"),
                _("A buyer's words, not answered yet") if words else _("An answer without words"),
                url_for("dialogue.studio_rating", code=code), _("Answer"), due_words(due),
                "overdue" if late else "open" if seen else "now", "bad"))


def _of_cases(cases: Sequence[Case], shown: set[int], seen: frozenset[tuple[str, int]]
              ) -> list[Entry]:
    """Open cases of answers that do not stand in the list yet."""
    due = {case.source_id: case.due_at for case in cases
           if case.source == "rating" and case.source_id not in shown}
    return [_of_rating(row.id, row.given_at, row.code, row.words, due[row.id],
                       ("rating", row.id) in seen)
            for row in ratings_by_id(due).values()]


def _of_surveys(role: Role, cases: Sequence[Case]) -> list[Entry]:
    """Who was asked and was disappointed, all of them in one line."""
    waiting = [case for case in cases if case.source == "survey"]
    if not waiting:
        return []
    due = min(case.due_at for case in waiting)
    late = due < clock.now()
    return [Entry(
        studio_rank("case", False, late, True), min(case.opened_at for case in waiting),
        waiting[0].id, "criticism", Waiting(
            ngettext("A buyer was disappointed", "%(num)s buyers were disappointed",
                     len(waiting)), _("said when asked, after a parcel or an answer"),
            url_for("touchpoints.studio", producer=role.slug), _("Read it"), due_words(due),
            "overdue" if late else "now", "bad"))]


def _voices(role: Role) -> list[tuple[Quote, str]]:
    """The newest words, each with the way to a reply where none stands yet."""
    rows = newest_voices(role.producer_id)
    people = lines({row.person_id for row, _done in rows if row.person_id}, person_id())
    return [(Quote(first_sentence(row.words), row.lang, said_by(row, people),
                   _("bought it, %(month)s", month=month(row.given_at)), row.again),
             "" if replied else url_for("dialogue.studio_rating", code=row.code))
            for row, replied in rows]


def said_by(row: Rating, people: Mapping[int, object]) -> object:
    """Who gave an answer, as they chose to be shown."""
    if row.person_id is None or row.shown_as == "buyer":
        return Gone(_("a buyer"))
    return people.get(row.person_id) or nobody()


def _parcels(role: Role) -> list[tuple[str, str, str, str]]:
    """Orders to pack, soonest promised first."""
    if not may(role.role, "orders"):
        return []
    rows = [row for row in studio_orders(role.producer_id, None, 8)
            if row.state in ("paid", "preparing")]
    today = clock.today()
    return [(f"{row.number} · {goods_words(row)}",
             short_day(row.promised_on) if row.promised_on else "",
             url_for("orders.studio", state=row.state),
             "overdue" if row.promised_on and row.promised_on < today else "now")
            for row in rows]


def _danger(role: Role) -> dict[str, Any]:
    """What has to leave today or on the next working day to keep its promise."""
    if not may(role.role, "orders"):
        return {}
    today = clock.today()
    rows = parts_in_danger(role.producer_id, today)
    return {"danger_count": len(rows), "danger": [
        (number, _("late since %(day)s", day=short_day(day)) if day < today else
         _("today") if day == today else short_day(day),
         url_for("orders.studio", producer=role.slug), "overdue" if day <= today else "now")
        for number, day in rows[:8]]}


def goods_words(row: StudioOrder) -> str:
    """What is in a parcel, in few words."""
    return plain_words(", ".join(f"{line.qty} × {line.title}" for line in row.lines), 60)
