"""The formula in the hands of those who run the market: bounds, a reason, a look before it counts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.catalog.queries import cards
from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.reviews import actions
from marketplace.reviews.actions.formulas import formula_from
from marketplace.reviews.queries import formula_in_force
from marketplace.reviews.queries.beliefs import Moved, effect_of
from marketplace.reviews.queries.words import parameter_words
from marketplace.reviews.rules.formula import RANGES, Formula, changed
from marketplace.reviews.rules.score import Prior, posterior
from marketplace.reviews.views import pages
from marketplace.web.access import operators_only, person_id
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import exact
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang

EXAMPLES = ((0, 0), (3, 3), (9, 10), (33, 37), (180, 200))
MOST_MOVED = 12
IN_DAYS = 2
GROUPS = {
    "belief": ("prior_weight", "prior_weight_low", "prior_weight_high", "moments_from_products",
               "category_weight", "mean_low", "mean_high", "lot_weight", "half_life_days"),
    "shown": ("stars_weight", "drift_chance", "helpful_votes", "helpful_days", "newcomer_share"),
    "checks": ("aside_from_points", "aside_days", "duplicate_from")}


@dataclass(frozen=True, slots=True)
class ParameterField:
    """One parameter to type: name, words, value as typed, bounds in words."""

    name: str
    words: str
    value: str
    bounds: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do: changes, worked examples, the goods that move most."""

    changes: Sequence[str]
    examples: Sequence[tuple[int, int, str, str]]
    moved: Sequence[tuple[str, str, str, str, str, str]]
    still_words: str


@dataclass(frozen=True, slots=True)
class FormulaPage:
    """Changing the formula."""

    url: str
    groups: Sequence[tuple[str, Sequence[ParameterField]]]
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    labels: Mapping[str, str]
    first_day: str
    preview: Preview | None
    public_url: str
    help_url: str


@pages.get("/operator/formula")
@operators_only
def formula() -> Response:
    """Every parameter in force with its bounds."""
    return _page({}, {})


@pages.post("/operator/formula", endpoint="formula_post")
@operators_only
def formula_post() -> Response:
    """Look at what a change would do, or announce it with its reason."""
    typed = {name: clean(value) or "" for name, value in request.form.items()}
    values, faults = typed_values(typed)
    begin = first_moment(typed.get("valid_from", ""))
    if begin is None:
        faults["valid_from"] = _("Please choose a day.")
    if begin is None or faults or typed.get("step") != "announce":
        new, wrong = formula_from(values, begin or clock.now())
        faults = {**wrong, **faults}
        return _page(typed, faults, 422 if faults else 200, None if faults else new)
    try:
        with committing():
            actions.change_formula(person_id(), values, begin, typed.get("why_de", ""),
                                   typed.get("why_en", ""))
    except Invalid as fault:
        new, wrong = formula_from(values, begin)
        return _page(typed, fault.faults, 422, None if wrong else new)
    flash(_("Announced: it stands on the page now and takes effect on its day."), "good")
    return see_other(url_for("storefront.how_checked") + "#changes")


def typed_values(typed: Mapping[str, str]) -> tuple[dict[str, float], dict[str, str]]:
    """The parameters that differ from what the page showed, and those that are no figures."""
    values: dict[str, float] = {}
    faults: dict[str, str] = {}
    for name, now in asdict(formula_in_force()).items():
        text = typed.get(name, plain(now)).replace(",", ".")
        if text == plain(now):
            continue
        try:
            values[name] = float(text)
        except ValueError:
            faults[name] = _("Please write a figure.")
    return values, faults


def plain(value: float) -> str:
    """A figure as it is typed: four digits behind the point at most."""
    return f"{round(value, 4):g}" if math.isfinite(value) else ""


def shown(value: float) -> str:
    """The same with the sign of the page's language."""
    return plain(value).replace(".", "," if current_lang() == "de" else ".")


def first_moment(text: str) -> datetime | None:
    """The begin of a day in Berlin, written as 2026-11-30; None for what is no day."""
    try:
        return datetime.combine(date.fromisoformat(text), time(), ZoneInfo("Europe/Berlin"))
    except ValueError:
        return None


def _page(typed: Mapping[str, str], faults: Mapping[str, str], status: int = 200,
          new: Formula | None = None) -> Response:
    words, now = parameter_words(), asdict(formula_in_force())
    heads = {"belief": _("What is believed, and how it fades"),
             "shown": _("What is shown, and from when on"), "checks": _("What is looked at")}
    groups = [(heads[name], [ParameterField(
        one, words[one], typed.get(one, shown(now[one])),
        _("%(low)s to %(high)s, now %(value)s", low=exact(RANGES[one][0]),
          high=exact(RANGES[one][1]), value=exact(now[one]))) for one in GROUPS[name]])
        for name in GROUPS]
    day = (clock.today() + timedelta(days=IN_DAYS)).isoformat()
    return answer("reviews/formula.html", FormulaPage(
        url_for("reviews.formula_post"), groups, {"valid_from": day, **typed}, faults,
        {**words, "valid_from": _("In force from"), "why_de": _("Why, in German"),
         "why_en": _("Why, in English")}, day, _preview(new) if new else None,
        url_for("storefront.how_checked"), url_for("dialogue.new", about="/operator/formula")),
        status)


def _preview(new: Formula) -> Preview:
    now, words = formula_in_force(), parameter_words()
    effect = effect_of(new)
    moved = [one for one in effect if one.place != one.new_place
             or abs(one.q10 - one.new_q10) >= 0.0005]
    old_prior, new_prior = Prior(0.8, now.prior_weight), Prior(0.8, new.prior_weight)
    return Preview(
        [f"{words[name]}: {exact(old)} → {exact(value)}"
         for name, (old, value) in changed(now, new).items()],
        [(k, n, exact(posterior(old_prior, k, n).q10), exact(posterior(new_prior, k, n).q10))
         for k, n in EXAMPLES], _moved(moved[:MOST_MOVED]),
        _("Looked at: the %(all)s goods with most answers. %(moved)s of them change their place or "
          "their careful estimate.", all=len(effect), moved=len(moved)))


def _moved(rows: Sequence[Moved]) -> list[tuple[str, str, str, str, str, str]]:
    """Title, address, count, places and careful estimates, before and after."""
    goods = cards([row.product_id for row in rows], current_lang())
    return [(goods[row.product_id].title, goods[row.product_id].url,
             _("%(k)s of %(n)s", k=row.k, n=row.n), f"{row.place} → {row.new_place}",
             exact(row.q10), exact(row.new_q10)) for row in rows if row.product_id in goods]
