"""The page on which a producer writes a product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from marketplace.catalog.models import Picture
from marketplace.catalog.queries import PictureView, occasions, picture_view
from marketplace.catalog.queries.cards import alt_of
from marketplace.catalog.queries.readiness import claim_words, claims, obstacles
from marketplace.catalog.queries.studio import Draft
from marketplace.catalog.rules.grace import GRACE
from marketplace.catalog.views.codes import CodesBox, codes_box
from marketplace.catalog.views.facts import FactRow, fact_row, facts_shown
from marketplace.catalog.views.frame import path_words, state_words, typed_fields
from marketplace.catalog.views.goods import VariantRow, variant_row
from marketplace.catalog.views.labels import labels_of
from marketplace.catalog.views.withdrawals import withdrawal_choices
from marketplace.foundation import clock
from marketplace.web.answers import answer
from marketplace.web.formats import day, size_words
from marketplace.web.languages import current_lang

TEXTS = ("title", "teaser", "story", "not_for")


@dataclass(frozen=True, slots=True)
class Theirs:
    """What somebody else saved meanwhile in a field that I changed too, or they alone."""

    label: str
    words: str
    mine: str


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A picture with what can be said anew of it."""

    id: int
    view: PictureView | None
    kind: str
    alt_de: str
    alt_en: str
    words: str
    first: bool
    url: str


@dataclass(frozen=True, slots=True)
class ProductFormPage:
    """A product's own page in the studio.

    missing: (label, sentence, anchor). hints: field -> sentence about a claim that may stay.
    base: what the form showed, as it is sent back to tell two writers apart.
    """

    title: str
    state: str
    state_words: str
    path: Sequence[str]
    goods_url: str
    public_url: str
    version: int
    base: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    hints: Mapping[str, str]
    labels: Mapping[str, str]
    missing: Sequence[tuple[str, str, str]]
    due: str
    theirs: Sequence[Theirs]
    again: bool
    facts: Sequence[FactRow]
    told: Sequence[FactRow]
    told_open: bool
    occasions: Sequence[tuple[str, str, bool]]
    withdrawals: Sequence[tuple[str, str]]
    variants: Sequence[VariantRow]
    lots: Sequence[tuple[str, str, str]]
    pictures: Sequence[PictureRow]
    picture_kinds: Sequence[tuple[str, str]]
    licences: Sequence[tuple[str, str]]
    urls: Mapping[str, str]
    help_url: str
    codes: CodesBox | None = None


def typed_of(known: Draft) -> dict[str, str]:
    """What stands in the form when nobody has typed anything yet."""
    typed = {"place_of_making": known.place_of_making, "withdrawal": known.withdrawal,
             "guarantee_years": str(known.guarantee_years or ""),
             "guarantee_words": known.guarantee_words}
    for lang in ("de", "en"):
        title, teaser, story = known.texts.get(lang, ("", "", ""))
        typed |= {f"title_{lang}": title, f"teaser_{lang}": teaser, f"story_{lang}": story,
                  f"not_for_{lang}": known.not_for[lang]}
    return typed | facts_shown(typed_fields(known), known.facts)


def edit_page(known: Draft, typed: Mapping[str, str], faults: Mapping[str, str],
              status: int = 200, chosen: frozenset[int] | None = None,
              theirs: Sequence[Theirs] = (), again: bool = False) -> Response:
    """The page of one product; `typed` goes over what is stored."""
    from marketplace.catalog.views.keeping import packed
    from marketplace.catalog.views.pictures import kind_choices, licence_choices

    lang, stored = current_lang(), typed_of(known)
    filled = {**dict.fromkeys(("alt_de", "alt_en", "kind", "licence", "credit", "people"), ""),
              **stored, **typed}
    labels, kept = labels_of(known.category_id), known.occasion_ids if chosen is None else chosen
    rows = _rows(known, filled)
    told = [row for row in rows if row.given and not row.value]
    page = ProductFormPage(
        known.title, known.state,
        state_words(known.state, known.gathered.product.held_state is not None),
        path_words(known.category_id),
        url_for("catalog.goods"), url_for("storefront.product", slug=known.slug),
        known.version, packed(stored), filled, faults, _hints(known), labels,
        _missing(known, labels), _due(known), theirs, again,
        [row for row in rows if row not in told], told, any(row.id[2:] in faults for row in told),
        [(str(o.id), o.name(lang), o.id in kept) for o in occasions().values()],
        withdrawal_choices(),
        [variant_row(v, {}, back="1") for v in known.variants], _lots(known),
        [_picture(known, row) for row in _listed(known.pictures)], kind_choices(),
        licence_choices(), _urls(known), url_for("dialogue.new", about="/studio/products"),
        codes_box(known.id) if known.state != "draft" else None)
    return answer("catalog/product.html", page, status)


def _rows(known: Draft, filled: Mapping[str, str]) -> list[FactRow]:
    around = known.gathered.around
    return [fact_row(field, filled, known.facts, around) for field in typed_fields(known)]


def _hints(known: Draft) -> dict[str, str]:
    """Claims that may stay, and those that will stop the sale, beside their field."""
    found: dict[str, str] = {}
    for name, claim in claims(known.gathered):
        found.setdefault(name, claim_words(claim))
    return found


def _missing(known: Draft, labels: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """What stands in the way of selling it, with the place on this page where it is said."""
    if known.state in ("withdrawn", "stopped"):
        return []
    given = {"volume": "variants", "net_amount": "variants", "drained": "variants",
             "price": "variants"}
    return [(labels.get(name, name), words, given.get(name, f"f-{name}"))
            for name, words in obstacles(known.gathered).items()]


def _due(known: Draft) -> str:
    if known.gaps_since is None or known.state != "published":
        return ""
    return _("Buyers still see it. Please fill this in until %(day)s; then it pauses.",
             day=day(clock.in_zone(known.gaps_since + GRACE).date()))


def _lots(known: Draft) -> list[tuple[str, str, str]]:
    words = {"coming": _("not on sale yet"), "current": _("on sale now"), "past": _("past")}
    return [(lot.label, _("stopped") if lot.stopped_at else words[lot.state],
             url_for("catalog.lot", product_id=known.id, lot_id=lot.id)) for lot in known.lots]


def _listed(rows: Sequence[Picture]) -> list[Picture]:
    """All pictures, and of the views from all sides the first one."""
    first = next((row.id for row in rows if row.kind == "spin"), 0)
    return [row for row in rows if row.kind != "spin" or row.id == first]


def _picture(known: Draft, row: Picture) -> PictureRow:
    lang: str = current_lang()
    view: Any = picture_view(row, lang)
    words = {"spin": _("one of the views from all sides"), "model": _("model in space, %(size)s",
             size=size_words(row.size_bytes or 0))}.get(row.kind, "")
    if view is None and row.kind != "model":
        words = _("%(alt)s: small copies are being made", alt=alt_of(row, lang))
    return PictureRow(
        row.id, view, row.kind, row.alt_de, row.alt_en, words,
        row.id == known.gathered.product.main_picture_id,
        url_for("catalog.picture_change", product_id=known.id, picture_id=row.id))


def _urls(known: Draft) -> dict[str, str]:
    """Where the forms and pages of this product are."""
    places = {"words": "catalog.words_post", "picture": "catalog.picture_post",
              "sale": "catalog.sale_post", "state": "catalog.state",
              "variant": "catalog.new_variant", "lot": "catalog.new_lot",
              "credits": "catalog.credits"}
    return {name: url_for(endpoint, product_id=known.id) for name, endpoint in places.items()}
