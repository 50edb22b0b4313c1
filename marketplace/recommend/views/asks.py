"""Who needs advice: the list of asks, and one ask with its answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.foundation import clock
from marketplace.foundation.errors import NotFound
from marketplace.groups.queries import names
from marketplace.people.queries import lines, subjects
from marketplace.recommend import queries
from marketplace.recommend.models import Ask
from marketplace.recommend.queries import AnswerRow, ThingView, ask_cards
from marketplace.recommend.queries.ask_cards import rated_words, state_of
from marketplace.recommend.queries.asks import LISTS
from marketplace.recommend.queries.words import honest_labels, wish_words
from marketplace.recommend.rules.asking import is_open
from marketplace.recommend.views import pages
from marketplace.recommend.views.ask_routes import (
    PutTo,
    PutToUs,
    goods_to_answer,
    people_asked,
    put_to,
    put_to_us,
)
from marketplace.reviews.queries import VerdictView, verdicts
from marketplace.web.access import viewer_id
from marketplace.web.answers import answer
from marketplace.web.formats import day
from marketplace.web.languages import current_lang
from marketplace.web.links import mint
from marketplace.web.page_cache import visitor_page
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import (
    Label,
    PagerView,
    Share,
    Tab,
    ThreadCard,
    nobody,
    pager,
    share,
    sign_in_url,
)

A_PAGE = 20


@dataclass(frozen=True, slots=True)
class AsksPage:
    """Who needs advice; for members first what they could answer."""

    tabs: Sequence[Tab]
    intro: str
    first: Sequence[ThreadCard]
    cards: Sequence[ThreadCard]
    pager: PagerView
    new_url: str
    taste_url: str
    asked: bool
    empty_words: str
    help_url: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    """A product that answers an ask, with who says so."""

    id: str
    thing: ThingView | None
    url: str
    verdict: VerdictView | None
    by: Any
    when: str
    reason: str
    lang: str
    labels: Sequence[Label]
    only_words: str
    helped: bool
    helped_url: str
    proof_url: str


@dataclass(frozen=True, slots=True)
class AskPage:
    """One ask: what is wished for, who is asked, what was answered."""

    wish: str
    lang: str
    state_words: str
    state: str
    by: Any
    when: str
    readers_words: str
    chips: Sequence[str]
    put_words: str
    put: Sequence[PutTo]
    why_words: str
    to_us: Sequence[PutToUs]
    board_url: str
    answers: Sequence[AnswerView]
    more_words: str
    likes_words: str
    likes: Sequence[tuple[ThingView, str]]
    answer_url: str
    sign_in_url: str
    turns: Sequence[tuple[str, str, str]]
    turn_url: str
    share: Share | None
    asks_url: str
    report_url: str
    help_url: str


@pages.get("/asks")
@visitor_page
def asks() -> Response:
    """Open asks, those nobody answered, those that are settled, one's own."""
    me, number = viewer_id(), asked_page(500)
    name = request.args.get("list", "open")
    name = name if name in LISTS and (me or name != "mine") else "open"
    rows, total = queries.asks(name, me, (number - 1) * A_PAGE, A_PAGE)
    first = queries.to_answer(me) if me and name == "open" and number == 1 else []
    above = {row.id for row in first}
    cards = ask_cards([*first, *(row for row in rows if row.id not in above)], me)
    intro, empty = _words_of(name)
    return answer("recommend/asks.html", AsksPage(
        _tabs(name, me), intro, cards[:len(first)], cards[len(first):],
        pager(Pages(rows, number, A_PAGE, total)), url_for("recommend.new_ask"),
        url_for("recommend.taste", _anchor="asked") if me else "",
        me is not None and queries.chosen(me).asked, empty,
        url_for("dialogue.new", about="/asks")))


def _tabs(name: str, me: int | None) -> list[Tab]:
    words = {"open": _("Open"), "board": _("Request board"), "settled": _("Settled")}
    if me is not None:
        words["mine"] = _("Mine")
    return [(said, url_for("recommend.asks", list=None if key == "open" else key), key == name,
             None) for key, said in words.items()]


def _words_of(name: str) -> tuple[str, str]:
    """What a list holds, and what to say where it holds nothing."""
    return {
        "open": (_("Somebody looks for something. Whoever had it says what."),
                 _("Nobody asks for advice at the moment.")),
        "board": (_("Nobody answered these in two days. Everybody sees them, producers too."),
                  _("Every wish was answered within two days.")),
        "settled": (_("What was wished for, and what people recommended."),
                    _("Nothing is settled yet.")),
        "mine": (_("What you asked, and what came of it."), _("You have not asked yet.")),
    }[name]


@pages.get("/asks/<code>")
@visitor_page
def ask(code: str) -> Response:
    """What is wished for, what was answered, and answering it."""
    row = known_ask(code)
    return answer("recommend/ask.html", _page(row, viewer_id()))


def known_ask(code: str) -> Ask:
    """An ask this viewer may read. Raises NotFound for all others."""
    row = queries.ask_by_code(code)
    if row is None or not queries.ask_shows_to(row, viewer_id()):
        raise NotFound(_("There is nothing at this address."))
    return row


def _page(row: Ask, me: int | None) -> AskPage:
    """Loads: at most 18 statements."""
    lang, own = current_lang(), me == row.person_id
    routes = queries.routes_of(row.id) if own else []
    said, unseen = queries.answers_to(row.id, me)
    takes = is_open(row.state, row.until, clock.today())
    likes_words, likes = goods_to_answer(row, me) if me and takes and not own else ("", ())
    goods = queries.things({("product", i) for i in (*likes, *(a.product_id for a in said))}, lang)
    people = lines({row.person_id, *(a.author_id for a in said)}, me)
    known = verdicts([a.product_id for a in said])
    state, words = state_of(row)
    return AskPage(
        row.wish, row.lang, words, state, people.get(row.person_id, nobody()), day(row.made_at),
        _readers(row), wish_words(row.chips, lang),
        people_asked(routes), put_to(row, routes), "" if own else _why_me(row, me),
        put_to_us(row, me) if me is not None and not own and takes else [],
        url_for("dialogue.thread", code=row.board_code) if row.board_code else "",
        [_answer(row, one, goods, known, people, own) for one in said],
        ngettext("%(num)s more answer is for the asker alone.",
                 "%(num)s more answers are for the asker alone.", unseen) if unseen else "",
        likes_words, [
            (goods["product", i], url_for("recommend.answer", code=row.code, product=_slug(
                goods["product", i]))) for i in likes if ("product", i) in goods],
        url_for("recommend.answer", code=row.code) if me and takes and not own else "",
        sign_in_url() if takes else "", _turns(row, takes) if own else [],
        url_for("recommend.turn_ask", code=row.code),
        share(row.wish) if row.audience == "all" and row.state != "withdrawn" else None,
        url_for("recommend.asks"), url_for("moderation.report", kind="ask", ref=row.code),
        url_for("dialogue.new", about=f"/asks/{row.code}"))


def _slug(thing: ThingView) -> str:
    return thing.url.rpartition("/")[2]


def _readers(row: Ask) -> str:
    """Who reads an ask and its answers with words."""
    if row.audience != "group":
        return _("everybody reads it")
    found = names({row.group_id or 0}).get(row.group_id or 0)
    return _("members of %(name)s read it", name=found[1]) if found \
        else _("members of the group read it")


def _why_me(row: Ask, me: int | None) -> str:
    """Why the viewer was asked, if they were."""
    rated = queries.put_to_me(row.id, me) if me is not None else None
    if rated is None:
        return ""
    subject = next((s.name_de if current_lang() == "de" else s.name_en for s in subjects()
                    if s.id == row.subject_id), "")
    return _("You are asked because %(why)s.", why=rated_words(rated, subject))


def _answer(row: Ask, one: AnswerRow, goods: Mapping[tuple[str, int], ThingView],
            known: Mapping[int, VerdictView], people: Mapping[int, Any], own: bool) -> AnswerView:
    thing = goods.get(("product", one.product_id))
    only = _("only you read this") if own and one.audience == "person" else \
        _("only the asker reads this") if one.audience == "person" else ""
    return AnswerView(
        one.code, thing, f"{thing.url}?e={mint('recommendation', one.code)}" if thing else "",
        known.get(one.product_id), people.get(one.author_id, nobody()), day(one.made_at),
        one.reason, one.lang, honest_labels(one.relation, one.benefit, "product", one.bought),
        only, one.helped_at is not None,
        url_for("recommend.helped", code=row.code, answer=one.code) if own else "",
        url_for("recommend.suggestion", ref=f"r-{one.code}"))


def _turns(row: Ask, takes: bool) -> list[tuple[str, str, str]]:
    """What an asker may do with their ask: state, words, kind of button."""
    if row.state == "withdrawn":
        return [("open", _("Ask it again"), "second")]
    if takes:
        return [("closed", _("Close it"), "second"), ("withdrawn", _("Take it back"), "quiet")]
    return [("open", _("Open it again"), "second"), ("withdrawn", _("Take it back"), "quiet")]
