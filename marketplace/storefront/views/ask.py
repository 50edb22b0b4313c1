"""A wish in plain words: what was understood as chips, five goods, a bundle, or the people."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, g, request, url_for
from flask_babel import gettext as _

from marketplace.bundles.actions.wishing import draft_from
from marketplace.catalog.queries import attribute_word, occasions, shelves
from marketplace.catalog.queries.facets import attribute_words
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid
from marketplace.recommend.queries.words import chip_words
from marketplace.recommend.rules.asking import MOST_WISH
from marketplace.search.queries import vocabulary
from marketplace.search.queries.wishes import PartFound, goods_for, read_wish
from marketplace.search.rules.wishes import Chip, Wish, name_of
from marketplace.storefront.queries.cards import Card, product_cards
from marketplace.storefront.views import pages
from marketplace.storefront.views.asked import LONGEST, minor
from marketplace.storefront.views.filters import with_
from marketplace.web.access import person_id, signed_in, viewer_id
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import plain_money
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter
from marketplace.web.links import mint
from marketplace.web.page_cache import visitor_page

BEST, A_SLOT, MOST_CHANGES, MOST_CHOICES = 5, 3, 20, 300
CHANGE = "as:"


@dataclass(frozen=True, slots=True)
class Change:
    """A chip as a field: one of `choices` (value, words), or a span of prices."""

    name: str
    label: str
    value: str
    choices: Sequence[tuple[str, str]] = ()
    span: tuple[str, str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One part of a wish: its words, what fits, and which chip is in the way."""

    words: str
    count: int
    cards: Sequence[Card]
    loosened: Sequence[tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class AskPage:
    """The field, what was understood, what fits."""

    query: str
    examples: Sequence[tuple[str, str]]
    chips: Sequence[tuple[str, str]]
    changes: Sequence[Change]
    kept: Sequence[tuple[str, str]]
    sentence: str
    slots: Sequence[Slot]
    bundle_url: str
    bundle_ready: bool
    cut: bool
    people_url: str
    search_url: str
    help_url: str


def examples() -> list[str]:
    """Wishes to begin with."""
    return [_("a dry white wine with asparagus, up to 15 euros"),
            _("a present with cheese for 4, without nuts"),
            _("red wine, cheese and honey for 4 people")]


@pages.get("/ask")
@visitor_page
@limiter.limit("240 per minute")
def ask() -> Response:
    """Say what you wish for."""
    typed = clean(request.args.get("q", "")) or ""
    wish = _wish(typed)
    parts = goods_for(wish, A_SLOT if wish.is_bundle else BEST) if typed else []
    g.search_hits = max((part.found.total for part in parts), default=0)
    lang, me = current_lang(), viewer_id()
    cards = {card.id: card for card in product_cards(
        [i for part in parts for i in part.found.ids], lang, me, mint("search", "wish"))}
    slots = [_slot(part, wish, cards, lang) for part in parts]
    drawn = AskPage(
        typed[:LONGEST], [(words, url_for("storefront.ask", q=words)) for words in examples()],
        _chips(wish, lang), [_change(chip, lang) for chip in wish.all_chips() if _can(chip)],
        [(key, value) for key, value in request.args.items(multi=True) if key == "drop"],
        _sentence(wish, lang) if typed else "", slots,
        url_for("storefront.ask_bundle") if wish.is_bundle else "",
        sum(bool(slot.cards) for slot in slots) > 1, len(typed) > LONGEST,
        url_for("recommend.new_ask", wish=typed[:MOST_WISH] or None),
        url_for("storefront.search", q=typed[:LONGEST] or None),
        url_for("dialogue.new", about="/ask"))
    return answer("storefront/ask.html", drawn)


def _wish(typed: str) -> Wish:
    without = request.values.getlist("drop")[:MOST_CHANGES]
    return read_wish(typed, frozenset(without), _instead(request.values))


def _instead(values: Mapping[str, str]) -> dict[str, str]:
    """What fields say that chips mean instead, by the chips' names."""
    found = {}
    for key in list(values)[:3 * MOST_CHANGES]:
        if not key.startswith(CHANGE):
            continue
        name, _mark, bound = key[len(CHANGE):].partition("|")
        if not bound:
            found[name] = values[key]
        elif bound == "low":
            low, high = minor(values[key]), minor(values.get(f"{CHANGE}{name}|high", ""))
            found[name] = f"{'' if low is None else low}-{'' if high is None else high}"
    return found


def _chips(wish: Wish, lang: str) -> list[tuple[str, str]]:
    """What was understood; each link takes it away."""
    dropped = request.args.getlist("drop")
    return [(chip_words(chip, lang), with_(drop=[*dropped, _read_name(chip)]))
            for chip in wish.all_chips()]


def _read_name(chip: Chip) -> str:
    """By what the chip was read: what it was before somebody changed it."""
    changes = _instead(request.args)
    return next((name for name, value in changes.items()
                 if value == chip.value and not chip.typed), name_of(chip))


def _can(chip: Chip) -> bool:
    return chip.kind in ("category", "attribute", "occasion", "region", "producer", "price")


def _change(chip: Chip, lang: str) -> Change:
    name, label = _read_name(chip), _kind_words()[chip.kind]
    if chip.kind == "price":
        low, high = (plain_money(one) if one is not None else "" for one in (chip.low, chip.high))
        return Change(name, label, "", span=(f"{CHANGE}{name}|low", low, f"{CHANGE}{name}|high",
                                             high))
    choices = _choices(chip, lang)
    if chip.value not in dict(choices):
        choices = [(chip.value, chip_words(chip, lang)), *choices]
    return Change(f"{CHANGE}{name}", _("without") if chip.negated else label, chip.value, choices)


def _kind_words() -> dict[str, str]:
    return {"category": _("Shelf"), "attribute": _("Particular"), "occasion": _("Occasion"),
            "region": _("Region"), "producer": _("Producer"), "price": _("Price")}


def _choices(chip: Chip, lang: str) -> list[tuple[str, str]]:
    """What a chip may mean instead, by name."""
    known = vocabulary()
    if chip.kind == "category":
        rows = [(s.slug, s.name(lang)) for s in shelves().values()]
    elif chip.kind == "occasion":
        rows = [(o.slug, o.name(lang)) for o in occasions().values()]
    elif chip.kind == "attribute":
        key = chip.value.partition("=")[0]
        rows = [(one, attribute_word(one, lang)) for one in attribute_words()
                if one.partition("=")[0] == key]
    else:
        words = known.regions if chip.kind == "region" else known.producers
        rows = [(value, said) for said, value in words.items()]
    return sorted(rows, key=lambda row: row[1].casefold())[:MOST_CHOICES]


def _sentence(wish: Wish, lang: str) -> str:
    """What was understood, in one sentence."""
    chips = list(dict.fromkeys(filter(None, (chip_words(one, lang) for one in wish.all_chips()))))
    text = ", ".join(_("“%(words)s”", words=part.text) for part in wish.parts if part.text)
    if chips and text:
        return _("I understood: %(chips)s. %(text)s is looked for as text.",
                 chips=", ".join(chips), text=text)
    if chips:
        return _("I understood: %(chips)s.", chips=", ".join(chips))
    return _("Nothing of it was understood as more than text; %(text)s is looked for as it "
             "stands.", text=text or _("“%(words)s”", words=wish.typed[:60]))


def _slot(part: PartFound, wish: Wish, cards: Mapping[int, Card], lang: str) -> Slot:
    own = [one for one in part.chips if one not in wish.chips] or list(part.chips)
    words = ", ".join(filter(None, [chip_words(one, lang) for one in own] + [part.text]))
    dropped = request.args.getlist("drop")
    return Slot(
        words, part.found.total, [cards[i] for i in part.found.ids if i in cards],
        [(chip_words(chip, lang), with_(drop=[*dropped, _read_name(chip)]), count)
         for chip, count in part.loosened[:4]])


@pages.post("/ask/bundle", endpoint="ask_bundle")
@signed_in
@limiter.limit("60 per hour")
def bundle() -> Response:
    """Put what was chosen for each part into a private draft; parts without goods stay named."""
    typed, me, lang = clean(request.form.get("q", "")) or "", person_id(), current_lang()
    parts = goods_for(_wish(typed), A_SLOT)
    chosen, still_open = _picked(parts, request.form, lang)
    people = next((int(chip.value) for part in parts for chip in part.chips
                   if chip.kind == "people" and chip.value.isdecimal()), 0)
    title = typed[:1].upper() + typed[1:70] if len(typed) >= 3 else _("My wish")
    db.session.rollback()
    try:
        with committing():
            row = draft_from(me, title, lang, [(one, 1) for one in chosen], still_open)
            slug = row.slug
    except Invalid as fault:
        flash(fault.sentence, "warn")
        return see_other(url_for("storefront.ask", q=typed))
    flash(_("It is a private draft now. Swap, add, and show it when you like."), "good")
    if people:
        flash(_("You said %(n)s people: look at the quantities.", n=people), "info")
    return see_other(url_for("bundles.edit", slug=slug))


def _picked(parts: Sequence[PartFound], form: Mapping[str, str], lang: str
            ) -> tuple[list[int], list[str]]:
    """The chosen product of each part, and the words of parts that have none."""
    chosen, still_open = list[int](), list[str]()
    for n, part in enumerate(parts):
        said = form.get(f"slot{n}", "")
        ids: Collection[int] = part.found.ids
        own = int(said) if said.isdecimal() and len(said) < 18 else 0
        if own in ids:
            chosen.append(own)
        else:
            still_open.append(_part_words(part, lang))
    return chosen, still_open


def _part_words(part: PartFound, lang: str) -> str:
    shelf: list[Any] = [one for one in part.chips if one.kind == "category" and not one.negated]
    return chip_words(shelf[0], lang) if shelf else part.text
