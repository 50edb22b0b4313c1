"""The slot board: filling it, ordering it, saying what it is for, showing it to others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, flash, request, url_for
from flask_babel import gettext as _

from marketplace.bundles import actions
from marketplace.bundles.forms import WordsForm
from marketplace.bundles.queries import BundleRow, board_of, bundle_row, parent_licence
from marketplace.bundles.queries.words import licence_name
from marketplace.bundles.rules import Board, Slot, licences_for, missing_slots
from marketplace.bundles.views import pages
from marketplace.bundles.views.board import STEPS, keep, wish
from marketplace.bundles.views.making import state_words
from marketplace.catalog.queries import ProductCard, cards, occasions, shelf_path
from marketplace.catalog.queries.cards import PriceView
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Conflict, Invalid, NotFound
from marketplace.groups.queries import of_person
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import moment
from marketplace.web.forms import clean, sent
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter

A_SEARCH, MOST_SUGGESTED = 8, 3
Found = tuple[str, str, Any, Any, str]


@dataclass(frozen=True, slots=True)
class SlotView:
    """One place of the board, filled or open; `last` is the last filled one."""

    pos: int
    all: int
    last: int
    name: str
    needed: bool
    url: str
    item: tuple[str, str, Any, str, int, str] | None
    add_url: str
    suggestions: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class EditPage:
    """The editor of a bundle."""

    title_words: str
    faults: Mapping[str, str]
    typed: Mapping[str, str]
    version: int
    url: str
    saved_words: str
    slots: Sequence[SlotView]
    picture: Any
    occasions: Sequence[tuple[str, str]]
    visibilities: Sequence[tuple[str, str]]
    search_url: str
    search_kept: Sequence[tuple[str, str]]
    search_words: str
    found: Sequence[Found]
    query: str
    total: PriceView | None
    missing_words: str
    see_url: str
    help_url: str
    mode: str = "board"
    modes: Sequence[Any] = ()
    seasons: Sequence[tuple[str, str]] = ()
    licences: Sequence[tuple[str, str]] = ()
    remembered: Sequence[Found] = ()


def _own(slug: str) -> BundleRow:
    """One's own bundle. Raises NotFound for all others."""
    row = bundle_row(slug, person_id())
    if row is None or row.author_id != person_id():
        raise NotFound(_("There is no such bundle here."))
    return row


@pages.get("/bundles/<slug>/edit")
@signed_in
def edit(slug: str) -> Response:
    """The board with its slots, and finding something for one of them."""
    row = _own(slug)
    return _page(row, _saved(row), {})


def _saved(row: BundleRow) -> dict[str, str]:
    """The words as they were saved last."""
    known = occasions().get(row.occasion_id or 0)
    groups = {group.id: group.slug for group in of_person(person_id(), "de", person_id())}
    seen = row.visibility if row.state == "published" else ""
    if seen == "group":
        seen = f"group:{groups.get(row.group_id or 0, '')}"
    return {"title": row.title, "text": row.words, "occasion": known.slug if known else "",
            "visibility": seen, "licence": row.licence, "remix": "yes" if row.may_remix else "no"}


def _page(row: BundleRow, typed: Mapping[str, str], faults: Mapping[str, str], status: int = 200
          ) -> Response:
    lang, board = current_lang(), board_of(row.template_id)
    goods = cards([item.product_id for item in row.items], lang)
    slots = _slots(row, board, goods, lang)
    empty = missing_slots(board, {item.slot for item in row.items}) if board else []
    into, words = request.args.get("slot", "")[:30], (clean(request.args.get("q")) or "")[:120]
    name = next((slot.de if lang == "de" else slot.en for slot in board.slots
                 if slot.key == into), "") if board else ""
    page = EditPage(
        row.title, faults, typed, row.version, url_for("bundles.edit_post", slug=row.slug),
        _("saved %(when)s, %(who)s", when=moment(row.changed_at),
          who=state_words(row.state, row.visibility)),
        slots, next((goods[i.product_id].picture for i in row.items if i.product_id in goods),
                    None),
        _occasions(lang), _visibilities(lang), url_for("bundles.edit", slug=row.slug),
        [(key, request.args[key][:30]) for key in ("slot", "swap") if request.args.get(key)],
        _("For: %(name)s", name=name) if name else "", _found(row, words, into, lang), words,
        PriceView(row.price_minor, "EUR", None, "", False) if row.price_minor else None,
        _("Still missing: %(names)s.", names=", ".join(
            slot.de if lang == "de" else slot.en for slot in empty)) if empty else "",
        row.url if row.state == "published" else "",
        url_for("dialogue.new", about="/bundles"), licences=_licences(row))
    return answer("bundles/edit.html", page, status)


def _licences(row: BundleRow) -> list[tuple[str, str]]:
    """What may be chosen until it is published; a variant keeps to its origin."""
    if row.published_at is not None:
        return []
    return [(one, licence_name(one)) for one in licences_for(parent_licence(row))]


def _slots(row: BundleRow, board: Board | None, goods: Mapping[int, ProductCard], lang: str
           ) -> list[SlotView]:
    """Filled places in their order, then the open ones of the board."""
    places = {slot.key: slot for slot in board.slots} if board else {}
    filled = {item.slot for item in row.items}
    still = [slot for key, slot in places.items() if key not in filled]
    count, url = len(row.items), url_for("bundles.edit_post", slug=row.slug)
    views = []
    for pos, item in enumerate(row.items, start=1):
        place, card = places.get(item.slot), goods.get(item.product_id)
        name = (place.de if lang == "de" else place.en) if place else _("Extra")
        shown = (card.title if card else _("gone"), card.url if card else "/products",
                 card.picture if card else None, card.seller.name if card else "", item.qty,
                 item.note)
        views.append(SlotView(pos, count + len(still), count, name, True, url, shown, ""))
    fits = _fitting(row, lang) if still else []
    for pos, slot in enumerate(still, start=count + 1):
        views.append(SlotView(
            pos, count + len(still), count, slot.de if lang == "de" else slot.en, slot.needed,
            url, None, url_for("bundles.edit", slug=row.slug, slot=slot.key, _anchor="add"),
            _for_slot(row, slot, fits)))
    return views


def _fitting(row: BundleRow, lang: str) -> list[tuple[ProductCard, str]]:
    """Goods that members say go with those on the board, best first, and why.

    A question to a later room, put in by the wiring.
    """
    on_board = [item.product_id for item in row.items]
    fitting: Callable[[Sequence[int]], Sequence[tuple[int, str]]] = \
        current_app.extensions["fitting_products"]
    found = fitting(on_board) if on_board else []
    goods = cards([product_id for product_id, _words in found], lang)
    return [(goods[i], words) for i, words in found if i in goods and goods[i].in_stock]


def _for_slot(row: BundleRow, slot: Slot, fits: Sequence[tuple[ProductCard, str]]
              ) -> list[tuple[str, str, str]]:
    """At most three that belong into a place, each with the way to add it."""
    fit = [(card, words) for card, words in fits if not slot.shelf or slot.shelf in {
        shelf.slug for shelf in shelf_path(card.category_id)}]
    return [(card.title, words, url_for("bundles.edit", slug=row.slug, slot=slot.key,
                                        q=card.title, _anchor="add"))
            for card, words in fit[:MOST_SUGGESTED]]


def _found(row: BundleRow, words: str, into: str, lang: str) -> list[Found]:
    """Goods for the words; a question to a later room, put in by the wiring."""
    find: Callable[[str, int], Sequence[int]] = current_app.extensions["find_products"]
    ids = find(words, A_SEARCH) if words else []
    goods, instead = cards(ids, lang), request.args.get("swap", "")[:4]
    place: dict[str, Any] = {"slot": into} if into else {}
    place |= {"swap": instead} if instead else {}
    return [(card.title, card.url, card.picture, card.price,
             url_for("bundles.edit_post", slug=row.slug, step="add", product=card.id, **place))
            for card in (goods[i] for i in ids if i in goods) if card.price]


def _occasions(lang: str) -> list[tuple[str, str]]:
    return [("", _("no answer")), *((o.slug, o.name(lang)) for o in occasions().values())]


def _visibilities(lang: str) -> list[tuple[str, str]]:
    """Who may see it; nothing is chosen in advance."""
    me = person_id()
    return [("", _("please choose")), ("public", _("Everybody")), ("members", _("Members")),
            ("link", _("Who has the link")),
            *((f"group:{g.slug}", _("Only %(name)s", name=g.name))
              for g in of_person(me, lang, me))]


@pages.post("/bundles/<slug>/edit", endpoint="edit_post")
@signed_in
@limiter.limit("600 per hour")
def edit_post(slug: str) -> Response:
    """One step: save, up, down, swap, remove, add, publish."""
    row, step = _own(slug), request.values.get("step", "save")
    if step == "swap":
        return _swap(row)
    form = WordsForm(sent())
    typed = {name: str(form[name].data or "") for name in (
        "title", "text", "occasion", "visibility", "licence", "remix")}
    on_board = step in STEPS or "pos" in request.form
    try:
        with committing():
            if on_board:
                _change_board(row, step)
            else:
                _change_words(row, form, step)
    except (Invalid, Conflict) as fault:
        faults = fault.faults if isinstance(fault, Invalid) else {"title": fault.sentence}
        kept = _saved(row) if on_board else typed
        return _page(_own(slug), kept, _named(faults), fault.status)
    if step == "publish":
        flash(_("It is out. Others decide now whether it fits."), "good")
        return see_other(row.url)
    return see_other(url_for("bundles.edit", slug=slug, _anchor="slots" if on_board else "words"))


def _named(faults: Mapping[str, str]) -> dict[str, str]:
    """Faults under the names of the form's fields."""
    return {{"words": "text"}.get(name, name): words for name, words in faults.items()}


def _swap(row: BundleRow) -> Response:
    """Look for something else in the place of an item."""
    items, pos = row.items, request.form.get("pos", "")
    here = next((i for n, i in enumerate(items, start=1) if str(n) == pos), None)
    if here is None:
        raise NotFound(_("This part is not in the bundle any more."))
    return see_other(url_for("bundles.edit", slug=row.slug, slot=here.slot or None, swap=pos,
                             _anchor="add"))


def _change_board(row: BundleRow, step: str) -> None:
    items = STEPS.get(step, keep)(row)
    actions.fill(row.id, person_id(), row.version, {}, items)


def _change_words(row: BundleRow, form: WordsForm, step: str) -> None:
    """Save words, and with step publish show the bundle. Raises Invalid, Conflict."""
    form.demand()
    known = {o.slug: o.id for o in occasions().values()}
    fields = {"title": form.title.data, "words": form.text.data or "",
              "occasion_id": known.get(str(form.occasion.data or ""))}
    if form.licence.data:
        fields["licence"] = str(form.licence.data)
    if form.remix.data:
        fields["may_remix"] = form.remix.data != "no"
    actions.fill(row.id, person_id(), form.version.data or row.version, fields,
                 [wish(item) for item in row.items])
    if step == "publish":
        level, _colon, slug = str(form.visibility.data or "").partition(":")
        groups = {g.slug: g.id for g in of_person(person_id(), "de", person_id())}
        actions.publish(row.id, person_id(), level, groups.get(slug))
