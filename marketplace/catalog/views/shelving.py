"""The tree of shelves for those who run the market: what each decides, open or closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.catalog.actions.shelves import (
    AGES,
    ShelfWords,
    change_occasion,
    change_shelf,
    check_shelf,
    open_shelf,
)
from marketplace.catalog.queries.shelving import (
    Hits,
    ShelfRow,
    hits_of,
    occasion_rows,
    shelf_rows,
)
from marketplace.catalog.rules.templates import TEMPLATES
from marketplace.catalog.views import pages
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.web.access import operators_only, person_id
from marketplace.web.answers import answer, see_other
from marketplace.web.forms import clean, sent, whole
from marketplace.web.languages import current_lang


@dataclass(frozen=True, slots=True)
class ShelvesPage:
    """All shelves as a tree, and the list of occasions."""

    rows: Sequence[tuple[int, ShelfRow, str, str]]
    new_url: str
    occasions: Sequence[Any]
    occasion_url: str
    faults: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ShelfPage:
    """One shelf's form; with what saving would touch once that was asked for."""

    head: str
    url: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    parents: Sequence[tuple[str, str]]
    templates: Sequence[tuple[str, str]]
    taxes: Sequence[tuple[str, str]]
    ages: Sequence[tuple[str, str]]
    hits: Sequence[str]
    asked: bool
    tree_url: str


def template_words(name: str) -> str:
    """What a template is for."""
    return {"": _("none yet"), "wine": _("Wine"), "spirits": _("Spirits"), "food": _("Food"),
            "coffee_tea": _("Coffee and tea"), "fashion": _("Clothes"),
            "shoes_leather": _("Shoes and leather"), "tableware": _("Tableware"),
            "crafts": _("Crafts")}.get(name, name)


def _age_words(age: int) -> str:
    return _("from %(age)s years on", age=age) if age else _("everybody")


def _tax_words(tax: str) -> str:
    return _("reduced rate") if tax == "reduced" else _("standard rate")


@pages.get("/operator/categories")
@operators_only
def categories() -> Response:
    """The whole tree, closed shelves too, and the occasions."""
    return _tree({}, 200)


def _tree(faults: Mapping[str, str], status: int) -> Response:
    rows, lang = shelf_rows(), current_lang()
    depth: dict[int, int] = {}
    shown = []
    for row in rows:
        depth[row.id] = depth[row.parent_id] + 1 if row.parent_id in depth else 0
        words = " · ".join((template_words(row.template), _tax_words(row.tax_category),
                            _age_words(row.age_class),
                            ngettext("%(num)s product", "%(num)s products", row.goods)))
        shown.append((depth[row.id], row, row.de if lang == "de" else row.en, words))
    page = ShelvesPage(shown, url_for("catalog.new_category"), occasion_rows(),
                       url_for("catalog.occasion_post"), faults)
    return answer("catalog/categories.html", page, status)


def _row(slug: str) -> ShelfRow:
    found = next((row for row in shelf_rows() if row.slug == slug), None)
    if found is None:
        raise NotFound(_("There is nothing at this address."))
    return found


@pages.get("/operator/categories/<slug>")
@operators_only
def category(slug: str) -> Response:
    """One shelf's form."""
    row = _row(slug)
    return _form(row, {"de": row.de, "en": row.en, "template": row.template,
                       "tax_category": row.tax_category, "age_class": str(row.age_class),
                       "opinion_after_days": str(row.opinion_after_days),
                       "active": "1" if row.active else ""}, {}, 200)


@pages.get("/operator/categories/new")
@operators_only
def new_category() -> Response:
    """A shelf that does not exist yet."""
    return _form(None, {"tax_category": "standard", "age_class": "0", "opinion_after_days": "14"},
                 {}, 200)


def _form(row: ShelfRow | None, typed: Mapping[str, str], faults: Mapping[str, str], status: int,
          hits: Hits | None = None) -> Response:
    lang = current_lang()
    name = (row.de if lang == "de" else row.en) if row else _("A new shelf")
    page = ShelfPage(
        name, url_for("catalog.category_post", slug=row.slug) if row else
        url_for("catalog.new_category_post"), {"parent": "", "active": "", **typed}, faults,
        [] if row else [("", _("please choose")), *(
            (str(one.id), one.de if lang == "de" else one.en) for one in shelf_rows())],
        [(key, template_words(key)) for key in ("", *TEMPLATES)],
        [("standard", _tax_words("standard")), ("reduced", _tax_words("reduced"))],
        [(str(age), _age_words(age)) for age in AGES], _hit_words(hits) if hits else [],
        hits is not None, url_for("catalog.categories"))
    return answer("catalog/category.html", page, status)


def _hit_words(hits: Hits) -> list[str]:
    """What saving would touch, with numbers."""
    rows = [ngettext("%(num)s product stands here", "%(num)s products stand here", hits.goods)
            + ", " + ngettext("%(num)s of them on sale", "%(num)s of them on sale", hits.on_sale)]
    if hits.age:
        rows.append(ngettext("%(num)s gets another minimum age",
                             "%(num)s get another minimum age", hits.age))
    if hits.tax:
        rows.append(ngettext("%(num)s gets another tax rate", "%(num)s get another tax rate",
                             hits.tax))
    if hits.lacking:
        rows.append(ngettext("%(num)s on sale would lack a particular",
                             "%(num)s on sale would lack particulars", hits.lacking))
    if hits.below:
        rows.append(ngettext("%(num)s shelf below stays as it is",
                             "%(num)s shelves below stay as they are", hits.below))
    return rows


def _typed() -> tuple[dict[str, str], ShelfWords]:
    body = sent()
    typed = {name: (clean(str(body.get(name, ""))) or "")[:120] for name in (
        "de", "en", "template", "tax_category", "age_class", "opinion_after_days", "active",
        "parent")}
    return typed, ShelfWords(
        typed["de"], typed["en"], typed["template"], typed["tax_category"],
        whole(typed, "age_class", 0, 99, -1), whole(typed, "opinion_after_days", 0, 999, 0),
        typed["active"] == "1")


@pages.post("/operator/categories/<slug>", endpoint="category_post")
@operators_only
def category_post(slug: str) -> Response:
    """First what it would touch, then the change itself."""
    row, (typed, new), me = _row(slug), _typed(), person_id()
    try:
        check_shelf(new)
        if sent().get("step") != "save":
            return _form(row, typed, {}, 200, hits_of(row.id, new.template, new.age_class,
                                                      new.tax_category))
        db.session.rollback()
        with committing():
            change_shelf(row.id, new, me)
    except Invalid as fault:
        return _form(row, typed, fault.faults, 422)
    flash(_("Kept."), "good")
    return see_other(url_for("catalog.categories"))


@pages.post("/operator/categories/new", endpoint="new_category_post")
@operators_only
def new_category_post() -> Response:
    """A new shelf; closed unless it has a template."""
    (typed, new), me = _typed(), person_id()
    parent = typed["parent"]
    try:
        with committing():
            open_shelf(int(parent) if parent.isdecimal() and len(parent) < 16 else None, new, me)
    except Invalid as fault:
        return _form(None, typed, fault.faults, 422)
    flash(_("The shelf is made."), "good")
    return see_other(url_for("catalog.categories"))


@pages.post("/operator/occasions", endpoint="occasion_post")
@operators_only
def occasion_post() -> Response:
    """Names and words of one occasion."""
    body, me = sent(), person_id()
    words = tuple([one for one in str(body.get(name, ""))[:3_000].split(",") if one.strip()]
                  for name in ("words_de", "words_en"))
    try:
        with committing():
            change_occasion(str(body.get("slug", "")), (str(body.get("de", "")),
                                                        str(body.get("en", ""))),
                            (words[0], words[1]), me)
    except Invalid as fault:
        return _tree(fault.faults, 422)
    flash(_("Kept."), "good")
    return see_other(url_for("catalog.categories") + "#occasions")
