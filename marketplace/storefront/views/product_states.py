"""What holds of a product just now, and who says what of it: state, proof, guarantee, credits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.adapters.doors import doors
from marketplace.adapters.storage import is_whole
from marketplace.catalog import queries as catalog
from marketplace.catalog.actions.official import GUARANTEE, LEGAL_YEARS
from marketplace.catalog.queries import PictureView, ProductView, VariantView
from marketplace.catalog.queries.beside import credits_of, proofs_of
from marketplace.catalog.queries.official import OfficialView, official
from marketplace.foundation import clock
from marketplace.foundation.errors import NotFound
from marketplace.foundation.kept import kept
from marketplace.producers.queries import roles_of
from marketplace.web.formats import size_words
from marketplace.web.shapes import Label, Link, Tombstone

Alert = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a document proves: somebody else's word with a number and a day."""

    words: str
    by: str
    on: datetime
    url: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the producer says beyond the words, what is proved, and what holds just now.

    facts: name, value, foreign language. models: address, words, size of the file.
    """

    facts: Sequence[tuple[str, str, str]]
    checked: Sequence[Checked]
    credits: Sequence[tuple[str, str, str]]
    guarantee: str
    alerts: Sequence[Alert]
    not_for: str
    not_for_lang: str
    spin: Sequence[PictureView]
    models: Sequence[tuple[str, str, str]]
    label: OfficialView | None = None


def told_of(goods: ProductView, lang: str) -> Told:
    """Everything of a product that this page adds to its words. Loads: at most 3 statements."""
    return Told(
        printed_facts(goods), checked_of(goods), credit_lines(goods), guarantee_words(goods),
        alerts_of(goods, lang), goods.not_for,
        goods.not_for_lang if goods.not_for_lang != lang else "", goods.spin,
        [(f"/files/{name}", words, size_words(size)) for name, words, size in goods.models],
        guarantee_label() if (goods.guarantee_years or 0) > LEGAL_YEARS else None)


def own_draft(slug: str, lang: str, me: int | None) -> ProductView | None:
    """A draft for the people of its house, as buyers would see it. Loads: 5 statements."""
    found = catalog.product_view(slug, lang, drafts=True) if me else None
    if found is None or me is None:
        return None
    return found if found.producer_id in {role.producer_id for role in roles_of(me)} else None


def gone(slug: str) -> NotFound:
    """Nothing to see at the address of a product, and why. Loads: 1 statement."""
    if catalog.taken_away(slug):
        return NotFound(_("A decision took this product away. The moderation log says why."))
    return NotFound(_("There is no such product here."))


def labels_of(goods: ProductView, lang: str) -> list[Label]:
    """State and language, as far as they are not what one expects."""
    found: list[Label] = []
    if goods.state == "paused":
        found.append((_("paused"), "state"))
    if goods.state == "draft":
        found.append((_("draft, only you see it"), "state"))
    if goods.lang != lang:
        found.append((_("only in German") if goods.lang == "de" else _("only in English"),
                      "state"))
    return found


def tombstone_of(goods: ProductView) -> Tombstone | None:
    """Why it is sold no longer; its page and its voices stay."""
    if goods.state == "withdrawn":
        words = _("No longer offered. %(why)s The voices stay.", why=goods.withdrawn_why)
    elif goods.state == "stopped":
        words = _("Stopped: nobody can buy it. %(why)s The voices stay.", why=goods.withdrawn_why)
    else:
        return None
    return Tombstone(words, None, None, "")


def alerts_of(goods: ProductView, lang: str) -> list[Alert]:
    """Lots that were stopped, and what came after. Loads: 1 statement if something did."""
    found: list[Alert] = [
        (_("%(lot)s was stopped: %(why)s If you have it, please write to the producer.",
           lot=lot, why=why), "warn", url_for("dialogue.new", about=f"/products/{goods.slug}"),
         _("Write to the producer")) for lot, why in goods.stopped_lots]
    if goods.state == "paused" and goods.withdrawn_why:
        words = {"#proof": _("Paused: a certificate of the producer has ended."),
                 "#gaps": _("Paused: the producer still has to fill in particulars."),
                 "#lifted": _("It was stopped, then checked and released. The producer has not put "
                              "it on sale again.")}
        found.append((words.get(goods.withdrawn_why, goods.withdrawn_why), "info", "", ""))
    if goods.replaced_by is not None:
        after = catalog.cards([goods.replaced_by], lang).get(goods.replaced_by)
        if after is not None:
            found.append((_("What came after it:"), "info", after.url, after.title))
    return found


def checked_of(goods: ProductView) -> list[Checked]:
    """Documents that somebody of the market has seen. Loads: 1 statement a minute, if any."""
    if not goods.evidence:
        return []
    organic = any(fact.key == "organic" for fact in goods.facts)
    rows = kept(("proofs", goods.id, organic),
                lambda: proofs_of(goods.id, clock.today(), organic))
    words = {"organic": _("organic farming"), "origin": _("origin"), "animal": _("animal welfare"),
             "working_conditions": _("working conditions"), "craft": _("craft"),
             "other": _("certificate")}
    return [Checked(f"{words[row.kind]}, {row.number}", row.issuer, row.checked_at,
                    row.public_url or url_for("storefront.how_checked")) for row in rows]


def credit_lines(goods: ProductView) -> list[tuple[str, str, str]]:
    """Who had a part in it as (words, name, address). Loads: 1 statement a minute, if any."""
    if not goods.credited:
        return []
    words = {"idea": _("The idea came from"), "bundle": _("Put together by"),
             "design": _("Designed by")}
    return [(words[one.why], one.name, f"/members/{one.handle}")
            for one in kept(("credits", goods.id), lambda: credits_of(goods.id))]


def guarantee_label() -> OfficialView | None:
    """The EU's label, while its file is what was put in. Loads: 1 statement a minute."""
    def whole() -> OfficialView | None:
        found = official(GUARANTEE)
        good = found is not None and is_whole(doors().storage, found.file, found.sha256)
        return found if good else None

    return kept("guarantee label", whole)


def guarantee_words(goods: ProductView) -> str:
    """What the producer guarantees beyond the law, and that the law's warranty stays."""
    if not goods.guarantee_years:
        return ""
    years = ngettext("%(num)s year", "%(num)s years", goods.guarantee_years)
    what = goods.guarantee_words or _("the whole thing, at no cost to you")
    return _("The producer guarantees durability for %(years)s: %(what)s. Your statutory rights "
             "for defects stay as they are and cost nothing.", years=years, what=what)


def stock_words(variant: VariantView) -> tuple[str, str]:
    """Whether a variant can be had, in words that say only what is true."""
    if variant.stopped:
        return "out", _("stopped")
    if variant.made_to_order:
        return "made", _("made for you in %(n)s days", n=variant.lead_days or 14)
    if variant.available <= 0:
        return "out", _("sold out")
    if variant.available <= 3:
        return "few", ngettext("only %(num)s left", "only %(num)s left", variant.available)
    return "in", _("in stock")


def printed_facts(goods: ProductView) -> Sequence[tuple[str, str, str]]:
    """Name, value and foreign language of each particular."""
    return [(fact.name, fact.value, fact.lang) for fact in goods.facts]


def breadcrumb_of(goods: ProductView, lang: str) -> list[Link]:
    """The shelves above it."""
    return [(shelf.name(lang), shelf.url) for shelf in catalog.shelf_path(goods.category_id)]
