"""How answers are checked and counted: written from the numbers in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from marketplace.catalog import queries as catalog
from marketplace.foundation import clock
from marketplace.reviews.queries import (
    LotVerdict,
    VerdictView,
    formula_history,
    formula_in_force,
    verdict_with_lots,
)
from marketplace.reviews.queries.words import parameter_words
from marketplace.reviews.rules.flags import POINTS
from marketplace.reviews.rules.formula import SHIPPED, Formula, changed
from marketplace.reviews.rules.score import Prior, posterior
from marketplace.storefront.views import pages
from marketplace.web.answers import answer
from marketplace.web.formats import day, exact, month
from marketplace.web.languages import current_lang
from marketplace.web.page_cache import visitor_page

EXAMPLES = ((0, 0), (3, 3), (9, 10), (33, 37), (180, 200))


@dataclass(frozen=True, slots=True)
class FormulaChange:
    """A version of the formula: from when, what, why; `coming` before it takes effect."""

    when: str
    coming: bool
    changes: Sequence[str]
    why: str


@dataclass(frozen=True, slots=True)
class OneProduct:
    """One product's own figures, all that its place in lists comes from."""

    title: str
    url: str
    facts: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """How answers are checked and counted; with one product's own figures if asked."""

    product: OneProduct | None
    prior: str
    prior_words: str
    example: Sequence[tuple[int, int, str, str]]
    worked: str
    signs: Sequence[tuple[str, str]]
    aside_days: str
    aside_points: str
    parameters: Sequence[tuple[str, str]]
    changes: Sequence[FormulaChange]


@pages.get("/how-reviews-are-checked")
@visitor_page
def how_checked() -> Response:
    """Who may answer, what is counted, what is never done; worked through with figures."""
    slug, formula = request.args.get("product", ""), formula_in_force()
    goods = catalog.product_view(slug, current_lang()) if slug else None
    prior = Prior(0.8, formula.prior_weight)
    rows = [(k, n, exact(posterior(prior, k, n).mean), exact(posterior(prior, k, n).q10))
            for k, n in EXAMPLES]
    return answer("storefront/how_checked.html", CheckedPage(
        _product(goods) if goods else None, beta(prior),
        _("%(share)s yes with the weight of %(n)s answers", share=exact(prior.mu),
          n=exact(prior.m)), rows, _worked(prior), sign_rows(), exact(formula.aside_days),
        exact(formula.aside_from_points), parameter_rows(formula), change_rows()))


def beta(prior: Prior) -> str:
    """A belief as mathematicians write it."""
    return f"Beta({exact(prior.alpha)}; {exact(prior.beta)})"


def _worked(prior: Prior) -> str:
    """One example step by step."""
    k, n = 33, 37
    found = posterior(prior, k, n)
    return _("33 yes of 37 answers: (%(alpha)s + 33) / (%(m)s + 37) = %(mean)s; with nine chances "
             "in ten the share lies above %(q10)s.", alpha=exact(prior.alpha), m=exact(prior.m),
             mean=exact(found.mean), q10=exact(found.q10))


def sign_rows() -> list[tuple[str, str]]:
    """What is looked at, with the points of each."""
    words = {
        "burst": _("far more answers on one day than usual"),
        "co_review": _("the same people answer about the same goods within a week"),
        "ring": _("producers' people praise one another in a circle"),
        "duplicate": _("words copied from another answer"),
        "address_match": _("the parcel went to the producer's own address"),
        "pre_delivery": _("answered before the goods were sent"),
        "refund_after_yes": _("yes, and given back within 14 days"),
        "same_network": _("several answers from one network within a day"),
        "fresh_account": _("ordered within a day of opening the account"),
        "own_history": _("quite unlike all earlier answers of the same person"),
    }
    return [(words[name], str(points)) for name, points in POINTS.items()]


def parameter_rows(formula: Formula) -> list[tuple[str, str]]:
    """Every parameter in force."""
    words, values = parameter_words(), asdict(formula)
    return [(words[name], exact(values[name])) for name in words]


def change_rows() -> list[FormulaChange]:
    """All versions, the newest first; what is coming is said before it takes effect."""
    words, now, german = parameter_words(), clock.now(), current_lang() == "de"
    history = list(formula_history())
    olders = ([one[1] for one in history] + [SHIPPED])[1:]
    return [FormulaChange(
        day(valid_from), valid_from > now,
        [f"{words[name]}: {exact(old)} → {exact(new)}"
         for name, (old, new) in changed(older, formula).items()], why_de if german else why_en)
        for (valid_from, formula, why_de, why_en), older in zip(history, olders, strict=True)]


def _product(goods: Any) -> OneProduct:
    said, lots = verdict_with_lots(goods.id, goods.slug)
    rows = [(_("would buy it again"), _("%(k)s of %(n)s", k=said.k, n=said.n)),
            (_("buyers asked"), str(said.buyers)), *_period(said),
            (_("believed before the first answer"), beta(Prior(said.mu, said.m))),
            (_("careful estimate"), exact(said.q10))]
    return OneProduct(goods.title, url_for("storefront.product", slug=goods.slug),
                      rows + [_lot_row(one) for one in lots])


def _period(said: VerdictView) -> list[tuple[str, str]]:
    if not (said.since and said.until):
        return []
    return [(_("period"), _("%(since)s to %(until)s", since=month(said.since),
                            until=month(said.until)))]


def _lot_row(lot: LotVerdict) -> tuple[str, str]:
    said = _("%(k)s of %(n)s", k=lot.said.k, n=lot.said.n)
    if lot.estimated:
        said = _("%(said)s, estimated from the lot before", said=said)
    return lot.label, f"{said} · {exact(lot.said.q10)}"
