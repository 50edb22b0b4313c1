"""News of a producer: written by its people, after everything past its promise is answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.dialogue import actions
from marketplace.dialogue.actions import Locked, NewNews, lock_words
from marketplace.dialogue.queries import lock_of, news_of
from marketplace.dialogue.queries.cards import matter_words
from marketplace.dialogue.queries.news import chosen_goods, goods_of
from marketplace.dialogue.rules import MOST_TITLE, MOST_WORDS
from marketplace.dialogue.views import pages
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.producers.actions import demand
from marketplace.producers.queries import Role, role_at
from marketplace.producers.rules.voices import LOCKED
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.formats import day
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang


@dataclass(frozen=True, slots=True)
class NewsPage:
    """The form for news below what locks it, and what was told before."""

    producer: tuple[str, str]
    studio_url: str
    lock: str
    late: Sequence[tuple[str, str]]
    until: str
    form: PlainForm
    told: Sequence[tuple[str, str, str]]
    help_url: str


def _house() -> Role:
    role = role_at(person_id(), request.args.get("producer", ""), request.form.get("house", ""))
    demand(role, "texts")
    return role


@pages.get("/studio/news", endpoint="news")
@signed_in
def news() -> Response:
    """Write something, or see why not now."""
    return _page(_house(), {"matter": ""}, {}, 200)


@pages.post("/studio/news", endpoint="news_post")
@signed_in
def news_post() -> Response:
    """Tell it to everybody; a refusal names what is past its promise and loses no word."""
    role, words = _house(), {name: clean(value) or "" for name, value in request.form.items()}
    try:
        with committing():
            thread = actions.tell_news(role, person_id(), NewNews(
                words.get("matter", ""), words.get("title", ""), words.get("words", ""),
                current_lang(), *chosen_goods(words.get("product", ""))))
            code = thread.code
    except Locked as fault:
        return _page(role, words, {"matter": str(fault)}, 409)
    except Invalid as fault:
        return _page(role, words, fault.faults, 422)
    flash(_("Everybody can read it now, and answer."), "good")
    return see_other(url_for("dialogue.thread", code=code))


def _page(role: Role, words: Mapping[str, str], faults: Mapping[str, str], status: int
          ) -> Response:
    lock, late = lock_of(role.producer_id, "offer")
    named = matter_words()
    goods = goods_of(role.producer_id, current_lang())
    form = PlainForm(url_for("dialogue.news_post", producer=role.slug), [Section(
        _("What you want to say"), _("Signed with your name; everybody can answer."), [
            Field("matter", _("What it is"), words.get("matter", ""), kind="select",
                  choices=[("", _("please choose")), *_offered(named, bool(lock.why == "overdue"))],
                  optional=False),
            Field("product", _("About which goods"), words.get("product", ""), kind="select",
                  choices=[("", _("none in particular")), *goods],
                  hint=_("A recall reaches everybody who bought them, and nobody can buy them "
                         "from that moment on: all of them, or the lot you choose.")),
            Field("title", _("In one line"), words.get("title", ""), length=MOST_TITLE,
                  optional=False),
            Field("words", _("Your words"), words.get("words", ""), kind="area",
                  length=MOST_WORDS, lang=current_lang(), optional=False)])], faults,
        _("Tell everybody"), [("house", role.slug)])
    return answer("dialogue/news.html", NewsPage(
        (role.name, f"/producers/{role.slug}"), url_for("dialogue.studio", producer=role.slug),
        lock_words(lock), [(one.words, one.url) for one in late] if lock.why == "overdue" else [],
        _("The next offer may stand from %(day)s on.", day=day(lock.until)) if lock.until else "",
        form, [(row.title, f"{named[row.matter]} · {day(row.made_at)}", row.url)
               for row in news_of(role.producer_id, 10)],
        url_for("dialogue.new", about="/studio/news")), status)


def _offered(named: Mapping[str, str], locked: bool) -> list[tuple[str, str]]:
    """All that can be told; what is locked stands last and says so."""
    free = [(matter, words) for matter, words in named.items() if matter not in LOCKED]
    shut = [(matter, _("%(words)s (waits)", words=named[matter]) if locked else named[matter])
            for matter in named if matter in LOCKED]
    return free + shut if locked else shut + free
