"""Where a scanned code leads: four doors, small, without cookie, script or counting of persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from marketplace.catalog import queries as catalog
from marketplace.catalog.queries.codes import coded
from marketplace.catalog.rules.codes import short_code
from marketplace.reviews.queries import verdicts
from marketplace.storefront.queries.cards import NONE
from marketplace.storefront.views import pages
from marketplace.web.answers import answer
from marketplace.web.languages import current_lang
from marketplace.web.page_cache import visitor_page


@dataclass(frozen=True, slots=True)
class CodePage:
    """A product behind its code: doors as (words, what waits there, url)."""

    title: str
    lang: str
    code: str
    seller: Any
    picture: Any
    verdict: Any
    age_class: int
    doors: Sequence[tuple[str, str, str]]
    label_url: str


@dataclass(frozen=True, slots=True)
class NoCodePage:
    """A code that leads nowhere: what was typed, and where to look instead."""

    typed: str
    hint: str
    search_url: str


@pages.get("/p/<code>", endpoint="code")
@visitor_page
def code_page(code: str) -> Response:
    """Name, picture, verdict and four doors; an unknown code gets a search field."""
    known, lang = coded(code), current_lang()
    card = catalog.cards([known.id], lang).get(known.id) if known else None
    if known is None or card is None:
        hint = _("Codes have no O and no I, and neither 0 nor 1: try Q or 8, J or L.") \
            if short_code(code)[1] else ""
        return answer("storefront/no_code.html",
                      NoCodePage(code[:20], hint, url_for("storefront.search")), 404)
    product = url_for("storefront.product", slug=card.slug)
    doors = [(_("What buyers say"), _("every voice, the critical ones too"),
              f"{product}#verdict"),
             (_("Who makes it"), _("the story behind it"),
              url_for("storefront.producer", slug=known.producer_slug)),
             (_("Ask something"), _("the producer and people who have it"),
              url_for("dialogue.new", about=product)),
             (_("I bought it"), _("say whether you would again"), url_for("orders.mine"))]
    page = CodePage(card.title, card.lang, known.code, card.seller, card.picture,
                    verdicts([known.id]).get(known.id, NONE), card.age_class, doors,
                    url_for("catalog.label", code=known.code))
    return answer("storefront/code.html", page)
