"""Beginning a bundle, and one's own ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.bundles import actions
from marketplace.bundles.forms import NewBundleForm
from marketplace.bundles.queries import BundleRow, boards, drafts_of, saved_by
from marketplace.bundles.queries.offer_words import state_of
from marketplace.bundles.queries.offers import offers_of_author
from marketplace.bundles.queries.previews import picture_of, shown_goods
from marketplace.bundles.queries.sold import sold_of
from marketplace.bundles.rules.buying import Sold
from marketplace.bundles.views import pages
from marketplace.catalog.queries import cards
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.journal.queries import seen_counts
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import day
from marketplace.web.forms import sent
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter

FREELY = "collage"


@dataclass(frozen=True, slots=True)
class NewBundlePage:
    """Choosing a board and a title."""

    url: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    boards: Sequence[tuple[str, str, str]]
    mine_url: str
    help_url: str


@dataclass(frozen=True, slots=True)
class OwnBundle:
    """One of one's own bundles with its figures."""

    title: str
    url: str
    edit_url: str
    picture: Any
    state_words: str
    draft: bool
    when: str
    parts_words: str
    figures: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class MinePage:
    """All own bundles."""

    rows: Sequence[OwnBundle]
    new_url: str
    help_url: str
    faults: Mapping[str, str]
    bring_url: str
    export_url: str
    kept: Sequence[OwnBundle]
    offers: Sequence[tuple[str, str, str]] = ()


def _board_choices() -> list[tuple[str, str, str]]:
    lang = current_lang()
    return [(row.slug, row.name_de if lang == "de" else row.name_en,
             ", ".join(str(slot[lang]) for slot in row.slots)) for row in boards()] + [
                 (FREELY, _("Laid freely"), _("pictures on an empty board, as you like"))]


def _page(form: NewBundleForm, faults: Mapping[str, str], status: int = 200) -> Response:
    typed = {name: str(bound.data or "") for name, bound in form._fields.items()}
    page = NewBundlePage(url_for("bundles.new_post"), typed, faults, _board_choices(),
                         url_for("bundles.mine"), url_for("dialogue.new", about="/bundles"))
    return answer("bundles/new.html", page, status)


@pages.get("/bundles/new")
@signed_in
def new() -> Response:
    """Choose a board."""
    return _page(NewBundleForm(), {})


@pages.post("/bundles/new", endpoint="new_post")
@signed_in
@limiter.limit("60 per hour")
def new_post() -> Response:
    """Begin a private draft and go on to fill it."""
    form = NewBundleForm(sent())
    ids = {row.slug: row.id for row in boards()}
    try:
        form.demand()
        with committing():
            chosen = str(form.template.data)
            row = actions.start(person_id(), None if chosen == FREELY else ids.get(chosen, 0),
                                str(form.title.data), current_lang())
    except Invalid as fault:
        return _page(form, fault.faults, 422)
    return see_other(url_for("bundles.edit", slug=row.slug))


def state_words(state: str, visibility: str) -> str:
    """Who sees a bundle, in words."""
    if state != "published":
        return _("draft, only you see it")
    return {"public": _("everybody sees it"), "members": _("members see it"),
            "link": _("who has the link sees it"), "group": _("your group sees it"),
            "private": _("only you see it")}[visibility]


@pages.get("/account/bundles")
@signed_in
def mine() -> Response:
    """Own drafts and published bundles, newest change first."""
    return mine_page({})


def mine_page(faults: Mapping[str, str], status: int = 200) -> Response:
    """The page of own bundles, with what is wrong with a file that was handed in."""
    rows = drafts_of(person_id())
    kept = saved_by(person_id())
    goods = cards({one for row in (*rows, *kept) for one in shown_goods(row)}, current_lang())
    seen = seen_counts("view.bundle", "bundle", [row.id for row in rows])
    bought = sold_of([row.slug for row in rows], person_id())
    page = MinePage([_own(row, goods, seen.get(row.id, 0), bought.get(row.slug, Sold()))
                     for row in rows], url_for("bundles.new"),
                    url_for("dialogue.new", about="/account/bundles"), faults,
                    url_for("bundles.bring"), url_for("storefront.bundle_export"),
                    [_own(row, goods) for row in kept],
                    [(one.title, state_of(one), url_for("bundles.own_offer", offer_id=one.id))
                     for one in offers_of_author(person_id())])
    return answer("bundles/mine.html", page, status)


def _own(row: BundleRow, goods: Mapping[int, Any], seen: int = 0, bought: Sold = Sold()
         ) -> OwnBundle:
    draft = row.state != "published"
    edit_url = url_for("bundles.edit", slug=row.slug)
    return OwnBundle(
        row.title, edit_url if draft else row.url, edit_url, picture_of(row, goods),
        state_words(row.state, row.visibility), draft, day(row.changed_at),
        ngettext("%(num)s part", "%(num)s parts", len(row.items)),
        [] if draft else [(_("looked at"), seen), (_("for it"), row.up),
                          (_("against it"), row.down), (_("comments"), row.comments),
                          (_("remembered"), row.saves), (_("variants"), row.remixes),
                          (_("into a basket"), row.added), (_("purchases"), bought.orders),
                          (_("goods sold"), bought.units), (_("bought again"), bought.again)])
