"""Filters of a list of goods: those set, those one can set, and their addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from marketplace.catalog.queries import (
    Shelf,
    attribute_name,
    attribute_word,
    occasions,
    shelves,
    title_of,
)
from marketplace.producers.queries import names
from marketplace.recommend.queries.words import chip_words
from marketplace.search.queries import Answer, Asked
from marketplace.search.rules.needs import AGAIN_LEVELS, ALLERGENS
from marketplace.storefront.queries.cards import Card
from marketplace.web.formats import country_name, money
from marketplace.web.shapes import Facets

NEEDS = ("allergies", "size", "delivers")
"""What a member told once, by the name under which it is taken off a list."""
MOST_VALUES, MOST_GROUPS = 8, 5
"""Values of one particular, and particulars, that a list offers to filter by."""


def with_(**changes: Any) -> str:
    """This page's address with some values changed; None takes one away."""
    values: dict[str, Any] = request.args.to_dict(flat=False)
    values.pop("page", None)
    for name, value in changes.items():
        if value is None:
            values.pop(name, None)
        else:
            values[name] = value
    return url_for(request.endpoint or "storefront.products", **{**values,
                                                                **(request.view_args or {})})


def understood(found: Answer, lang: str) -> list[tuple[str, str]]:
    """Chips read from the words; each link searches the words as plain text."""
    rows = []
    for chip in found.chips:
        words = chip_words(chip, lang)
        if words:
            rows.append((words, with_(plain="1")))
    return rows


def chips(asked: Asked, shelf: Shelf | None, lang: str) -> list[tuple[str, str, bool]]:
    """Set filters as chips whose link takes them away; unknown values are said to be so."""
    names: Mapping[str, Mapping[str, str]] = {
        "category": {s.slug: s.name(lang) for s in shelves().values()},
        "occasion": {o.slug: o.name(lang) for o in occasions().values()}}
    rows = []
    for facet, values in asked.chosen.items():
        for value in values:
            if shelf is not None and facet == "category" and value == shelf.slug:
                continue
            rest = [v for v in values if v != value]
            known = facet not in names or value in names[facet]
            words = names.get(facet, {}).get(value, value)[:60]
            if facet == "attribute":
                known, words = _attribute(value, lang)
            elif facet == "delivers":
                known = len(value) == 2 and value.isalpha() and value.isupper()
                words = _("sent to %(country)s", country=country_name(value)) if known else words
            rows.append((words if known else _("unknown: %(value)s", value=words),
                         with_(**{facet: rest or None}), known))
    if asked.low_minor is not None or asked.high_minor is not None:
        low = money(asked.low_minor or 0)
        words = f"{low} - {money(asked.high_minor)}" if asked.high_minor else f"{low} +"
        rows.append((words, with_(low=None, high=None), True))
    sources = {"followed": _("recommended by people I follow"),
               "groups": _("picked or listed by my groups")}
    who = sources.get(request.args.get("from", ""))
    if asked.only is not None and who:
        rows.append((who, with_(**{"from": None}), True))
    beside = request.args.get("with", "")[:120]
    if beside:
        title = title_of(beside, lang)
        rows.append((_("goes with %(title)s", title=title) if title
                     else _("unknown: %(value)s", value=beside[:60]),
                     with_(**{"with": None}), bool(title)))
    return rows


def own_needs(asked: Asked) -> list[tuple[str, str, bool]]:
    """What the reader told once and this list keeps to; each link takes it off."""
    off, needs, rows = request.args.getlist("off"), asked.needs, []
    if needs.without:
        names = allergen_words()
        rows.append((_("without %(what)s", what=", ".join(
            names[one] for one in sorted(needs.without))), with_(off=[*off, "allergies"]), True))
    if needs.sizes:
        rows.append((_("my size: %(sizes)s", sizes=", ".join(
            attribute_word(f"size={one}", "") for one in sorted(needs.sizes))),
            with_(off=[*off, "size"]), True))
    if needs.country:
        rows.append((_("sent to %(country)s", country=country_name(needs.country)),
                     with_(off=[*off, "delivers"]), True))
    return rows


def allergen_words() -> dict[str, str]:
    """The fourteen groups of a label in words."""
    return dict(zip(ALLERGENS, (
        _("gluten"), _("crustaceans"), _("eggs"), _("fish"), _("peanuts"), _("soya"), _("milk"),
        _("nuts"), _("celery"), _("mustard"), _("sesame"), _("sulphites"), _("lupin"),
        _("molluscs")), strict=True))


def _levels(asked: Asked, found: Answer) -> list[Any]:
    """From which share of buyers on who would buy it again, carefully estimated."""
    chosen = asked.chosen.get("attribute", ())
    counts = {one.value: one.count for one in found.counts.get("attribute", ())}
    rows = [(f"again={level}", _again(level), counts.get(f"again={level}", 0),
             f"again={level}" in chosen) for level in AGAIN_LEVELS]
    shown = [row for row in rows if row[3] or 0 < row[2] < found.total]
    return [(_("Would buy it again"), "attribute", shown)] if shown else []


def _again(level: int) -> str:
    return _("at least %(n)s of 100", n=level)


def _destinations(asked: Asked, found: Answer) -> list[Any]:
    """Countries to which some of these goods are sent, but not all."""
    chosen = asked.chosen.get("delivers", ())
    rows = [(one.value, country_name(one.value), one.count, one.value in chosen)
            for one in found.counts.get("delivers", ())
            if one.value in chosen or one.count < found.total][:MOST_VALUES]
    return [(_("Sent to"), "delivers", sorted(rows, key=lambda row: row[1]))] if rows else []


def _bands(asked: Asked, found: Answer) -> list[tuple[str, str, int]]:
    """Prices of these goods cut into quarters; none where one was chosen already."""
    if asked.low_minor is not None or asked.high_minor is not None or len(found.bands) < 2:
        return []
    return [(_("%(low)s to %(high)s", low=money(one.low), high=money(one.high)),
             with_(low=_typed(one.low), high=_typed(one.high)), one.count)
            for one in found.bands]


def _attribute(value: str, lang: str) -> tuple[bool, str]:
    """Whether a chosen particular is known, and what the chip says."""
    key, _mark, code = value.partition("=")
    if key == "again" and code in map(str, AGAIN_LEVELS):
        words = _("Would buy it again")
        return True, f"{words}: {_again(int(code))}"
    name, word = attribute_name(value.partition("=")[0], lang), attribute_word(value, lang)
    return (True, f"{name}: {word}") if name and word else (False, value[:60])


def _attribute_groups(asked: Asked, found: Answer, lang: str) -> list[Any]:
    """Particulars that a good part of these goods state, and those already chosen."""
    chosen = asked.chosen.get("attribute", ())
    keys: dict[str, list[tuple[str, str, int, bool]]] = {}
    for one in sorted(found.counts.get("attribute", ()), key=lambda c: (-c.count, c.value)):
        word = attribute_word(one.value, lang)
        rows = keys.setdefault(one.value.partition("=")[0], [])
        if word and one.count and (len(rows) < MOST_VALUES or one.value in chosen):
            rows.append((one.value, word[:1].upper() + word[1:], one.count, one.value in chosen))
    keys["vintage"] = sorted(keys.get("vintage", ()), reverse=True)
    ranked = sorted(keys.items(), key=lambda part: -sum(row[2] for row in part[1]))
    groups: list[Any] = []
    for key, rows in ranked:
        taken = any(row[3] for row in rows)
        said = sum(row[2] for row in rows)
        if taken or (len(rows) > 1 and 4 * said >= found.total and len(groups) < MOST_GROUPS):
            groups.append((attribute_name(key, lang), "attribute", rows))
    return [group for group in groups if group[0]]


def facets_of(asked: Asked, found: Answer, shelf: Shelf | None, lang: str, words: str,
            mine: Mapping[str, int] | None) -> Facets:
    """Counted choices; shelves below the present one, occasions, producers. mine: how many goods
    the people of a member recommend.
    """
    counts = {facet: {c.value: c.count for c in rows} for facet, rows in found.counts.items()}
    groups = []
    below = [s for s in shelves().values() if s.parent_id == (shelf.id if shelf else None)]
    rows = [(s.slug, s.name(lang), counts.get("category", {}).get(s.slug),
             s.slug in asked.chosen.get("category", ())) for s in below
            if counts.get("category", {}).get(s.slug)]
    if rows:
        groups.append((_("Shelf"), "category", rows))
    known = {o.slug: o.name(lang) for o in occasions().values()}
    ranked = sorted(counts.get("occasion", {}).items(), key=lambda c: -c[1])[:10]
    rows = [(slug, known[slug], n, slug in asked.chosen.get("occasion", ()))
            for slug, n in ranked if slug in known]
    if rows:
        groups.append((_("For what"), "occasion", rows))
    makers = names()
    ranked = sorted(counts.get("producer", {}).items(), key=lambda c: (-c[1], c[0]))[:10]
    rows = [(slug, makers[slug], n, slug in asked.chosen.get("producer", ()))
            for slug, n in ranked if slug in makers]
    if rows:
        groups.append((_("Producer"), "producer", rows))
    groups += _levels(asked, found)
    groups += _attribute_groups(asked, found, lang)
    ranked = sorted(counts.get("region", {}).items(), key=lambda c: (-c[1], c[0]))[:MOST_VALUES]
    rows = [(region, region, n, region in asked.chosen.get("region", ()))
            for region, n in ranked if region]
    if len(rows) > 1 or any(row[3] for row in rows):
        groups.append((_("Region"), "region", rows))
    groups += _destinations(asked, found)
    if mine is not None and current_user.is_authenticated:
        groups.append((_("Recommended by"), "from", [
            (who, said, mine[who], request.args.get("from") == who) for who, said in (
                ("followed", _("people I follow")), ("groups", _("my groups")))]))
    kept = [("q", words)] if words else []
    kept += [("with", one) for one in (request.args.get("with", "")[:120],) if one]
    kept += [("off", one) for one in request.args.getlist("off") if one in NEEDS]
    kept += [("beside", one) for one in chosen_to_compare()]
    price = (_typed(asked.low_minor), _typed(asked.high_minor))
    return Facets(request.path, bool(asked.chosen) and shelf is None, kept, groups, price,
                  _bands(asked, found))


def _typed(minor: int | None) -> str:
    return "" if minor is None else f"{minor / 100:g}"


def chosen_to_compare() -> list[str]:
    """Addresses of goods chosen in this list to stand side by side."""
    return list(dict.fromkeys(slug[:90] for slug in request.args.getlist("beside") if slug))


def comparable(card: Card) -> Card:
    """A card with the link that chooses it to be compared or takes it out again, and keeping."""
    slug, chosen = card.url.split("?")[0].rsplit("/", 1)[1], chosen_to_compare()
    if current_user.is_authenticated:
        card = replace(card, keep_url=url_for("storefront.keep", slug=slug))
    if slug in chosen:
        return replace(card, compare=(_("chosen"), with_(
            beside=[one for one in chosen if one != slug] or None), True))
    return replace(card, compare=(_("Compare"), with_(beside=[*chosen, slug]), False))


def compare_bar() -> tuple[str, str, str] | None:
    """How many are chosen, the way to see them side by side, and to none."""
    chosen = chosen_to_compare()
    if not chosen:
        return None
    return (ngettext("%(num)s product chosen", "%(num)s products chosen", len(chosen)),
            url_for("storefront.compare", p=chosen), with_(beside=None))
