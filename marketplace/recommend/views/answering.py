"""Answering an ask: choose a product, send it; a sentence lets others read it too."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import Response, current_app, flash, request, url_for
from flask_babel import gettext as _

from marketplace.catalog.queries import visible_product_id
from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Conflict, Invalid, NotYours, TooMany
from marketplace.groups.queries import names
from marketplace.recommend import actions
from marketplace.recommend.forms import AnswerForm
from marketplace.recommend.models import Ask
from marketplace.recommend.queries import ThingView, things
from marketplace.recommend.queries.words import relation_choices
from marketplace.recommend.rules.asking import is_open
from marketplace.recommend.views import pages
from marketplace.recommend.views.ask_routes import goods_to_answer
from marketplace.recommend.views.asks import known_ask
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.forms import clean, sent
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter

A_SEARCH = 12


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """A product to answer with, or finding one."""

    wish: str
    lang: str
    ask_url: str
    url: str
    chosen: ThingView | None
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    relations: Sequence[tuple[str, str]]
    readers_words: str
    search_url: str
    query: str
    found: Sequence[tuple[ThingView, str]]
    likes_words: str
    likes: Sequence[tuple[ThingView, str]]
    help_url: str


@pages.get("/asks/<code>/answer", endpoint="answer")
@signed_in
def answering(code: str) -> Response:
    """The chosen product with a field for a sentence; without one, goods to choose from."""
    return _page(_open(code), request.args.get("product", ""), {}, {})


@pages.post("/asks/<code>/answer", endpoint="answer_post")
@signed_in
@limiter.limit("60 per hour")
def answer_post(code: str) -> Response:
    """Send the answer; everything recommendations are held to holds for it."""
    row, form = _not_own(code), AnswerForm(sent())
    typed = {name: str(bound.data or "") for name, bound in form._fields.items()}
    try:
        form.demand()
        product = visible_product_id(typed["product"])
        if product is None:
            raise Invalid({"product": _("Please choose a product.")})
        with committing():
            actions.answer_ask(code, person_id(), product, typed["reason"], current_lang(),
                               typed["relation"] or None, typed["benefit"] or None)
    except Invalid as fault:
        return _page(row, typed["product"], typed, fault.faults, 422)
    except (Conflict, TooMany, NotYours) as fault:
        return _page(row, typed["product"], typed, {"reason": fault.sentence}, fault.status)
    flash(_("Answered. You hear of it if it helps, if you chose to."), "good")
    return see_other(url_for("recommend.ask", code=code))


def _open(code: str) -> Ask:
    """An ask that takes answers of this person. Raises NotFound, NotYours, Conflict."""
    row = _not_own(code)
    if not is_open(row.state, row.until, clock.today()):
        raise Conflict(_("This wish takes no more answers: it was closed, or its time is over."))
    return row


def _not_own(code: str) -> Ask:
    """Somebody else's ask that this person may read. Raises NotFound, NotYours."""
    row = known_ask(code)
    if row.person_id == person_id():
        raise NotYours(_("This wish is yours; others answer it."))
    return row


def _page(row: Ask, slug: str, typed: Mapping[str, str], faults: Mapping[str, str],
          status: int = 200) -> Response:
    lang, me = current_lang(), person_id()
    chosen_id = visible_product_id(slug) if slug else None
    words = (clean(request.args.get("q", "")) or "")[:120]
    found = _found(words)
    likes_words, likes = goods_to_answer(row, me) if chosen_id is None else ("", ())
    goods = things({("product", i) for i in (*found, *likes, chosen_id or 0)}, lang)

    def linked(ids: Sequence[int]) -> list[tuple[ThingView, str]]:
        return [(thing, url_for("recommend.answer", code=row.code, product=_slug(thing)))
                for i in ids if (thing := goods.get(("product", i)))]

    return answer("recommend/answer.html", AnswerPage(
        row.wish, row.lang, url_for("recommend.ask", code=row.code),
        url_for("recommend.answer_post", code=row.code), goods.get(("product", chosen_id or 0)),
        typed, faults, [("", _("no")), *relation_choices()], _readers(row),
        url_for("recommend.answer", code=row.code), words, linked(found),
        likes_words, linked(likes),
        url_for("dialogue.new", about=f"/asks/{row.code}")), status)


def _slug(thing: ThingView) -> str:
    return thing.url.rpartition("/")[2]


def _found(words: str) -> Sequence[int]:
    """Goods for the words; a question to a later room, put in by the wiring."""
    find: Callable[[str, int], Sequence[int]] = current_app.extensions["find_products"]
    return find(words, A_SEARCH) if words else []


def _readers(row: Ask) -> str:
    """Who reads the answer, by whether something is written."""
    if row.audience != "group":
        return _("With a sentence everybody reads it, here and on the product’s page; without one "
                 "only who asked.")
    found = names({row.group_id or 0}).get(row.group_id or 0)
    return _("With a sentence the members of %(name)s read it; without one only who asked.",
             name=found[1] if found else _("the group"))
