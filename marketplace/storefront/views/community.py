"""Groups and bundles: directories and pages, composed of several rooms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from marketplace.bundles import queries as bundles
from marketplace.bundles.queries import BundleRow
from marketplace.catalog import queries as catalog
from marketplace.catalog.queries.cards import PriceView
from marketplace.checkout.actions import clicked
from marketplace.dialogue.queries import comments_of
from marketplace.dialogue.queries.cards import comment_posts
from marketplace.journal.actions import count
from marketplace.people.queries import lines
from marketplace.storefront.queries.cards import (
    bundle_cards,
    bundle_vote,
)
from marketplace.storefront.queries.community import (
    BundlePage,
    bundle_rows,
    bundle_total,
)
from marketplace.storefront.views import pages
from marketplace.web.access import basket_key, viewer_id
from marketplace.web.answers import answer
from marketplace.web.formats import day, money
from marketplace.web.languages import current_lang
from marketplace.web.links import arrived_by, mint
from marketplace.web.page_cache import visitor_page
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import (
    Composer,
    Facets,
    OrderLine,
    PagerView,
    nobody,
    pager,
    share,
)

A_PAGE = 12


@dataclass(frozen=True, slots=True)
class BundlesPage:
    """The directory of bundles."""

    title: str
    count: int
    chips: Sequence[tuple[str, str, bool]]
    order: OrderLine
    facets: Facets
    cards: Sequence[Any]
    pager: PagerView
    new_url: str
    empty_words: str
    help_url: str
    challenge: Any = None
    feed_url: str = ""


@pages.get("/bundles", endpoint="bundles")
@visitor_page
def bundles_list() -> Response:
    """Bundles by votes or by date."""
    lang, me, number = current_lang(), viewer_id(), asked_page(500)
    order = request.args.get("order", "best")
    order = order if order in ("best", "new") else "best"
    known = {o.slug: o for o in catalog.occasions().values()}
    occasion = known.get(request.args.get("occasion", ""))
    followed = request.args.get("from") == "followed" and me is not None
    rows, total = bundles.listed(me, order, (number - 1) * A_PAGE, A_PAGE,
                                 occasion.id if occasion else None, followed=followed)
    chips = [(occasion.name(lang), url_for("storefront.bundles", order=order), True)] \
        if occasion else []
    page = BundlesPage(
        _("Bundles"), total, chips, OrderLine(
            _("votes") if order == "best" else _("newest"),
            [(_("votes"), url_for("storefront.bundles"), order == "best"),
             (_("newest"), url_for("storefront.bundles", order="new"), order == "new")],
            url_for("storefront.ranking"), "", False),
        Facets("/bundles", False, [("order", order)], _bundle_facets(lang, me, followed, occasion)),
        bundle_cards(rows, lang, me), pager(Pages(rows, number, A_PAGE, total)),
        url_for("bundles.new"), _("Nothing for this yet. Make the first one."),
        url_for("dialogue.new", about="/bundles"))
    return answer("bundles/directory.html", page)


def _bundle_facets(lang: str, me: int | None, followed: bool, chosen: Any) -> list[Any]:
    rows = [(o.slug, o.name(lang), None, chosen is not None and o.id == chosen.id)
            for o in list(catalog.occasions().values())[:14]]
    found: list[Any] = [(_("For what"), "occasion", rows)]
    if me:
        found.append((_("By whom"), "from", [("followed", _("people I follow"), None, followed)]))
    return found


@pages.get("/bundles/<slug>")
@visitor_page
def bundle(slug: str) -> Response:
    """One bundle: parts, prices, votes, comments, everything into the basket in one step."""
    lang, me = current_lang(), viewer_id()
    row = bundles.bundle_for(slug, me)
    count("view.bundle", "bundle", row.id)
    source = arrived_by()
    if source is not None:
        clicked((source.kind, source.ref), [i.product_id for i in row.items], me, basket_key())
    return answer("bundles/bundle.html", _bundle_page(row, lang, me))


def _bundle_page(row: BundleRow, lang: str, me: int | None) -> BundlePage:
    own_url = url_for("storefront.bundle", slug=row.slug)
    parts = bundle_rows(row, lang)
    people = lines([row.author_id] if row.author_id else [], me)
    occasion = catalog.occasions().get(row.occasion_id or 0)
    names = {"colour": _("colour"), "price": _("price"), "occasion": _("occasion"),
             "style": _("style"), "fits": _("fits together"),
             "does_not_fit": _("does not fit"), "choice": _("choice")}
    whole = all(item.available for item in row.items)
    return BundlePage(
        title=row.title, text=row.words, lang=row.lang, labels=(),
        occasion=occasion.name(lang) if occasion else "",
        author=people.get(row.author_id or 0, nobody()),
        when=day(row.published_at) if row.published_at else _("draft"),
        picture=parts[0].picture if parts else None, alt="", state=None, rows=parts,
        credits=[part.picture.credit for part in parts[:1] if part.picture and part.picture.credit],
        total=bundle_total(row, parts),
        basket_url=url_for("bundles.into_basket", slug=row.slug),
        basket_words=_("Everything into the basket") if whole else _("Choose what goes in"),
        source=mint("bundle", row.slug[:40]), vote=bundle_vote(row, me),
        reasons=[(names[reason], n) for reason, n in bundles.vote_reasons(row.id).items()],
        comments=comment_posts(comments_of(row.id), me),
        composer=Composer(url_for("dialogue.comment", slug=row.slug), _("Your comment"),
                          _("Say it"), locked="" if me else _("Sign in to comment.")),
        edit_url=url_for("bundles.edit", slug=row.slug) if me and me == row.author_id else "",
        recommend_url=url_for("recommend.recommend", thing="bundle", slug=row.slug)
        if row.state == "published" and row.visibility == "public" else "",
        share=share(row.title),
        report_url=url_for("moderation.report", kind="bundle", ref=row.slug),
        help_url=url_for("dialogue.new", about=own_url),
        price_words=money(row.price_minor), price=PriceView(row.price_minor, "EUR", None, "",
                                                            False))
