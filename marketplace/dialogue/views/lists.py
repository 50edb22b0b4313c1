"""The board of questions, wishes, ideas and criticism."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from marketplace.dialogue.queries import ThreadRow, public_threads, to_market
from marketplace.dialogue.queries.cards import thread_cards
from marketplace.dialogue.views import pages
from marketplace.dialogue.views.places import OPEN_KINDS
from marketplace.groups.queries import group_ids_of
from marketplace.producers.queries import ProducerCard, producer_page
from marketplace.web.access import viewer_id
from marketplace.web.answers import answer
from marketplace.web.languages import current_lang
from marketplace.web.page_cache import visitor_page
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import Facets, OrderLine, PagerView, Tab, pager

A_PAGE = 20


@dataclass(frozen=True, slots=True)
class ThreadsPage:
    """A list of threads with its filters."""

    title: str
    intro: str
    count: int
    tabs: Sequence[Tab]
    chips: Sequence[tuple[str, str, bool]]
    order: OrderLine
    facets: Facets
    cards: Sequence[Any]
    pager: PagerView
    new_url: str
    empty_words: str
    help_url: str
    feed_url: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What of all threads is asked for."""

    kind: str
    state: str
    lang: str
    mine: bool
    groups: bool
    market: bool
    maker: str


def _asked() -> Asked:
    def one_of(name: str, *known: str) -> str:
        value = request.args.get(name, "")
        return value if value in known else ""

    operator = current_user.is_authenticated and bool(current_user.is_operator)
    return Asked(one_of("kind", *OPEN_KINDS), one_of("state", "open", "answered"),
                 one_of("in", "de", "en"), viewer_id() is not None and "mine" in request.args,
                 viewer_id() is not None and request.args.get("from") == "groups",
                 operator and "market" in request.args, request.args.get("producer", "")[:80])


@pages.get("/threads")
@visitor_page
def threads() -> Response:
    """Public threads by kind, state, language and producer; signed in also one's own."""
    asked, me, number = _asked(), viewer_id(), asked_page(500)
    found = producer_page(asked.maker, current_lang(), None) if asked.maker else None
    maker = found.card if found else None
    rows, total = _rows(asked, me, maker, (number - 1) * A_PAGE)
    about = maker.url if maker else ""
    page = ThreadsPage(
        _("Asked about %(name)s", name=maker.name) if maker else _("Questions and wishes"),
        _("What people ask, wish for and criticise, and what came of it."), total, _tabs(asked),
        _chips(asked, maker),
        OrderLine(_("latest words first"), [(_("latest words first"), request.full_path, True)],
                  url_for("storefront.ranking"), "", False),
        _facets(asked, me), thread_cards(rows, me), pager(Pages(rows, number, A_PAGE, total)),
        url_for("dialogue.new", about=about) if about else url_for("dialogue.new"),
        _("Nothing here yet. Ask the first question."), url_for("dialogue.new", about="/threads"))
    return answer("dialogue/threads.html", page)


def _rows(asked: Asked, me: int | None, maker: ProducerCard | None, offset: int
          ) -> tuple[Sequence[ThreadRow], int]:
    if asked.market:
        return to_market(offset, A_PAGE)
    if asked.maker and maker is None:
        return [], 0
    return public_threads(asked.kind or None, asked.state or None, asked.lang or None,
                          me if asked.mine else None, offset, A_PAGE,
                          producer_id=maker.id if maker else None,
                          groups=group_ids_of(me) if me and asked.groups else None)


def _url(asked: Asked, **changed: str) -> str:
    """This list with one thing changed; empty values leave the address."""
    values: dict[str, Any] = {
              "kind": asked.kind, "state": asked.state, "in": asked.lang,
              "producer": asked.maker, "mine": "1" if asked.mine else "",
              "from": "groups" if asked.groups else "",
              "market": "1" if asked.market else "", **changed}
    return url_for("dialogue.threads", **{name: value for name, value in values.items() if value})


def _tabs(asked: Asked) -> list[Tab]:
    names = {"": _("All"), "question": _("Questions"), "wish": _("Wishes"), "idea": _("Ideas"),
             "complaint": _("Criticism"), "praise": _("Praise")}
    every = not (asked.mine or asked.market or asked.groups)
    bare = {"mine": "", "market": "", "from": ""}
    rows: list[Tab] = [(words, _url(asked, **bare, kind=kind),
                        every and kind == asked.kind, None) for kind, words in names.items()]
    if viewer_id() is not None:
        rows += [(_("Mine"), _url(asked, **{**bare, "kind": "", "mine": "1"}), asked.mine, None),
                 (_("My groups"), _url(asked, **{**bare, "kind": "", "from": "groups"}),
                  asked.groups, None)]
    if current_user.is_authenticated and current_user.is_operator:
        rows.append((_("To the market"), _url(asked, **{**bare, "kind": "", "market": "1"}),
                     asked.market, None))
    return rows


def _chips(asked: Asked, maker: ProducerCard | None) -> list[tuple[str, str, bool]]:
    chips = []
    if asked.maker:
        chips.append((maker.name if maker else asked.maker, _url(asked, producer=""),
                      maker is not None))
    if asked.state:
        words = _("not answered") if asked.state == "open" else _("answered")
        chips.append((words, _url(asked, state=""), True))
    return chips


def _facets(asked: Asked, me: int | None) -> Facets:
    kept = [(name, value) for name, value in (
        ("kind", asked.kind), ("producer", asked.maker), ("mine", "1" if asked.mine else ""),
        ("from", "groups" if asked.groups else ""))
        if value]
    return Facets("/threads", False, kept, [
        (_("State"), "state", [("open", _("not answered"), None, asked.state == "open"),
                               ("answered", _("answered"), None, asked.state == "answered")]),
        (_("Language"), "in", [("de", "Deutsch", None, asked.lang == "de"),
                               ("en", "English", None, asked.lang == "en")])])
