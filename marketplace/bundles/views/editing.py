"""The slot board: filling it, ordering it, saying what it is for, showing it to others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.bundles import actions
from marketplace.bundles.forms import WordsForm
from marketplace.bundles.queries import BundleRow, ItemRow, board_of, own_bundle, parent_licence
from marketplace.bundles.queries.words import licence_name, season_words
from marketplace.bundles.rules import (
    PUSHES,
    Board,
    licences_for,
    missing_slots,
)
from marketplace.bundles.views import pages
from marketplace.bundles.views.board import STEPS, keep
from marketplace.bundles.views.finding import Found, fitting, for_slot, found_for
from marketplace.bundles.views.laying import (
    CollageView,
    collage_view,
    colours,
    picture_choices,
    push_words,
    shown_picture,
    shown_place,
    wishes,
)
from marketplace.bundles.views.making import state_words
from marketplace.bundles.views.photo_form import PhotoForm, photo_form
from marketplace.catalog.queries import ProductCard, cards, occasions
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

MODES = {"lay-freely": "collage", "in-a-list": "board"}


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
    place: Sequence[tuple[str, str, str]] = ()
    pushes: Mapping[str, str] = field(default_factory=dict)
    open: bool = False
    pictures: Sequence[tuple[str, str]] = ()
    shown: str = ""


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
    collage: CollageView | None = None
    seasons: Sequence[tuple[str, str]] = ()
    backgrounds: Sequence[tuple[str, str]] = ()
    licences: Sequence[tuple[str, str]] = ()
    remembered: Sequence[Found] = ()
    photos: PhotoForm | None = None


@pages.get("/bundles/<slug>/edit")
@signed_in
def edit(slug: str) -> Response:
    """The board with its slots, and finding something for one of them."""
    row = own_bundle(slug, person_id())
    return _page(row, _saved(row), {})


def _saved(row: BundleRow) -> dict[str, str]:
    """The words as they were saved last."""
    known = occasions().get(row.occasion_id or 0)
    groups = {group.id: group.slug for group in of_person(person_id(), "de", person_id())}
    seen = row.visibility if row.state == "published" else ""
    if seen == "group":
        seen = f"group:{groups.get(row.group_id or 0, '')}"
    return {"title": row.title, "text": row.words, "occasion": known.slug if known else "",
            "season": row.season or "", "alt": row.alt, "background": row.background,
            "visibility": seen, "licence": row.licence, "remix": "yes" if row.may_remix else "no"}


def photo_page(row: BundleRow, typed: Mapping[str, str], faults: Mapping[str, str]) -> Response:
    """The editor with what is wrong with a photo that was handed in."""
    return _page(row, _saved(row), {}, 422, photo_form(row, typed, faults))


def _page(row: BundleRow, typed: Mapping[str, str], faults: Mapping[str, str], status: int = 200,
          photos: PhotoForm | None = None) -> Response:
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
                    None) if row.mode == "board" else None,
        _occasions(lang), _visibilities(lang), url_for("bundles.edit", slug=row.slug),
        [(key, request.args[key][:30]) for key in ("slot", "swap") if request.args.get(key)],
        _("For: %(name)s", name=name) if name else "", found_for(row, words, into, lang), words,
        PriceView(row.price_minor, "EUR", None, "", False) if row.price_minor else None,
        _("Still missing: %(names)s.", names=", ".join(
            slot.de if lang == "de" else slot.en for slot in empty)) if empty else "",
        row.url if row.state == "published" else "",
        url_for("dialogue.new", about="/bundles"), row.mode,
        collage_view(row, goods, [slot.name for slot in slots if slot.item])
        if row.mode == "collage" else None,
        [("", _("no answer")), *season_words().items()],
        colours(row.background) if row.mode == "collage" else (), _licences(row),
        photos=photos or photo_form(row, {}, {}))
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
        name = (place.de if lang == "de" else place.en) if place else \
            _("Extra") if board else _("Part")
        shown = (card.title if card else _("gone"), card.url if card else "/products",
                 shown_picture(row, item, card), card.seller.name if card else "", item.qty,
                 item.note)
        views.append(SlotView(pos, count + len(still), count, name, True, url, shown, "", (),
                              *_lying(row, item), request.args.get("at") == str(pos),
                              picture_choices(row), item.picture_key))
    fits = fitting(row, lang) if still else []
    for pos, slot in enumerate(still, start=count + 1):
        views.append(SlotView(
            pos, count + len(still), count, slot.de if lang == "de" else slot.en, slot.needed,
            url, None, url_for("bundles.edit", slug=row.slug, slot=slot.key, _anchor="add"),
            for_slot(row, slot, fits)))
    return views


def _lying(row: BundleRow, item: ItemRow) -> tuple[Any, Any]:
    """The fields and buttons of a part on a free board."""
    if row.mode != "collage" or item.place is None:
        return (), {}
    return shown_place(item.place), push_words()


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
    row, step = own_bundle(slug, person_id()), request.values.get("step", "save")
    if step == "swap":
        return _swap(row)
    form = WordsForm(sent())
    typed = {name: str(form[name].data or "") for name in (
        "title", "text", "occasion", "season", "background", "alt", "visibility", "licence",
        "remix")}
    on_board = step in STEPS or step in MODES or "pos" in request.form
    try:
        with committing():
            if step in MODES:
                actions.fill(row.id, person_id(), row.version, {"mode": MODES[step]}, wishes(row))
            elif on_board:
                _change_board(row, step)
            else:
                _change_words(row, form, step)
    except (Invalid, Conflict) as fault:
        faults = fault.faults if isinstance(fault, Invalid) else {"title": fault.sentence}
        kept = _saved(row) if on_board else typed
        return _page(own_bundle(slug, person_id()), kept, _named(faults), fault.status)
    if step == "publish":
        flash(_("It is out. Others decide now whether it fits."), "good")
        return see_other(row.url)
    pos = request.form.get("pos", "")[:3]
    if step in PUSHES and pos.isdecimal():
        return see_other(url_for("bundles.edit", slug=slug, at=pos, _anchor=f"slot-{pos}"))
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
    for name in ("season", "background", "alt"):
        if form[name].data is not None:
            fields[name] = form[name].data or None if name == "season" else form[name].data
    if form.licence.data:
        fields["licence"] = str(form.licence.data)
    if form.remix.data:
        fields["may_remix"] = form.remix.data != "no"
    actions.fill(row.id, person_id(), form.version.data or row.version, fields,
                 wishes(row))
    if step == "publish":
        level, _colon, slug = str(form.visibility.data or "").partition(":")
        groups = {g.slug: g.id for g in of_person(person_id(), "de", person_id())}
        actions.publish(row.id, person_id(), level, groups.get(slug))
