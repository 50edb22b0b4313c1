"""The product page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from marketplace.bundles.queries import with_product
from marketplace.bundles.queries.asking import PollView
from marketplace.catalog import queries as catalog
from marketplace.catalog.queries import ProductView
from marketplace.catalog.queries.cards import PriceView, SellerLine
from marketplace.checkout.actions import clicked
from marketplace.dialogue.queries import lively
from marketplace.dialogue.queries.cards import thread_cards
from marketplace.foundation.kept import kept
from marketplace.people.queries import sizes_of
from marketplace.producers import queries as producers
from marketplace.recommend.queries import opened_by
from marketplace.reviews import queries as reviews
from marketplace.reviews.queries import VerdictView
from marketplace.storefront.queries.cards import (
    bundle_cards,
    producer_card,
    product_cards,
)
from marketplace.storefront.queries.product import (
    Answers,
    answers_of,
    around_product,
    goes_with,
    hours_view,
    price_points,
    recommended_view,
    similar_ids,
)
from marketplace.storefront.queries.reviews import quote_of, review_views
from marketplace.storefront.views import pages
from marketplace.storefront.views.product_blocks import BuyBar, SellerBlock, json_ld, seller_block
from marketplace.storefront.views.product_imported import imported_views
from marketplace.storefront.views.product_states import (
    Told,
    breadcrumb_of,
    gone,
    labels_of,
    own_draft,
    stock_words,
    told_of,
    tombstone_of,
)
from marketplace.storefront.views.product_voices import (
    Compared,
    asked_lot,
    compared,
    filter_links,
    hear,
    lot_rows,
    tap_pair,
)
from marketplace.storefront.views.product_ways import ways
from marketplace.storefront.views.said import SaidRow
from marketplace.web.access import basket_key, viewer_id
from marketplace.web.answers import answer
from marketplace.web.languages import current_lang
from marketplace.web.links import arrived_by, mint
from marketplace.web.page_cache import visitor_page
from marketplace.web.readers import looked_at
from marketplace.web.shapes import (
    Label,
    Link,
    PagerView,
    Quote,
    Share,
    Tombstone,
    Vote,
    plain_words,
    share,
)


@dataclass(frozen=True, slots=True)
class ProductPage:
    """One product, composed of several rooms."""

    lang: str
    title: str
    description: str
    labels: Sequence[Label]
    breadcrumb: Sequence[Link]
    picture: Any
    gallery: Sequence[Any]
    seller: SellerLine
    age_class: int
    state: Tombstone | None
    recommended: Any
    verdict: VerdictView
    supporting: Quote | None
    critical: Quote | None
    voices_url: str
    voices_words: str
    buy: BuyBar
    producer_name: str
    producer_words: str
    words_lang: str
    answers: Answers | None
    filters: Sequence[tuple[str, str, bool]]
    reviews: Sequence[Any]
    pager: PagerView
    imported: Sequence[Any]
    imported_from: str
    questions: Sequence[Any]
    ask_url: str
    occasions: Sequence[tuple[str, int, str]]
    bundles: Sequence[Any]
    told: Told
    particulars_url: str
    lots: Sequence[tuple[str, str, str, str]]
    price_points: Sequence[tuple[str, float, str]]
    price_url: str
    producer: Any
    hours: Any
    promises: Sequence[Any]
    similar: Sequence[Any]
    similar_reason: str
    seller_block: SellerBlock
    recommend_url: str
    report_url: str
    help_url: str
    share: Share
    json_ld: Markup
    ask_owner_url: str = ""
    owners_words: str = ""
    pairings: Sequence[Any] = ()
    paired_occasions: Sequence[tuple[str, str]] = ()
    pairings_url: str = ""
    compare_url: str = ""
    feed_url: str = ""
    tap: Vote | None = None
    compared: Sequence[Compared] = ()
    share_words: str = ""
    id: int = 0
    keep_url: str = ""
    elsewhere: tuple[str, str] | None = None
    said_elsewhere: Sequence[SaidRow] = ()
    polls: Sequence[PollView] = ()
    sets: Sequence[tuple[str, str, str]] = ()
    should_i_url: str = ""


@pages.get("/products/<slug>")
@visitor_page
def product(slug: str) -> Response:
    """What buyers say, then what the producer says, then everything the law wants known."""
    lang, me = current_lang(), viewer_id()
    goods = catalog.product_view(slug, lang) or own_draft(slug, lang, me)
    if goods is None:
        now = catalog.former_slug(slug)
        if now:
            return redirect(url_for("storefront.product", slug=now), 301)  # type: ignore[return-value]
        raise gone(slug)
    looked_at("view.product", "product", goods.id)
    source = arrived_by()
    if source is not None:
        clicked((source.kind, source.ref), [goods.id], me, basket_key())
    opened = opened_by(source, me)
    if opened is not None:
        looked_at("view.recommendation", "recommendation", opened)
    return answer("storefront/product.html", _page(goods, lang, me))


def _from_elsewhere(product_id: int) -> tuple[Any, Sequence[Any]]:
    """What was rated elsewhere: the counts, and the words. Loads: at most 2 statements a minute."""
    imported = kept(("imported", product_id), lambda: reviews.imported_count(product_id))
    words = kept(("imported words", product_id),
                 lambda: reviews.imported_words(product_id)) if imported else ()
    return imported, words


def _page(goods: ProductView, lang: str, me: int | None) -> ProductPage:
    seller, block = kept(("seller", goods.producer_id, lang),
                         lambda: producers.card_and_seller(goods.producer_id, lang))
    heard = hear(goods, lang, me)
    said, threads, bundles = heard.said, lively(5, goods.id), with_product(goods.id, me)
    similar = similar_ids(goods)
    around = around_product(goods, similar, bundles, heard.all, threads, lang, me)
    people, own_url = around.people, url_for("storefront.product", slug=goods.slug)
    near = product_cards(similar, lang, me, mint("product", goods.code), around=around)
    beside = goes_with(goods.id, lang)
    imported, elsewhere = _from_elsewhere(goods.id)
    return ProductPage(
        lang=goods.lang, title=goods.title, description=plain_words(goods.teaser, 158),
        labels=labels_of(goods, lang), breadcrumb=breadcrumb_of(goods, lang),
        picture=goods.pictures[0] if goods.pictures else None,
        gallery=[(p, p.url, p.alt) for p in goods.pictures[1:]],
        seller=SellerLine(seller.name, seller.url, f"{seller.place}, {seller.region}",
                          seller.trader, f"{seller.url}/imprint"),
        age_class=goods.age_class, state=tombstone_of(goods), verdict=said,
        recommended=recommended_view(around.speakers.get(goods.id, []), lang, people, own_url),
        supporting=quote_of(heard.yes, people), critical=quote_of(heard.no, people),
        voices_url=own_url + "#verdict",
        voices_words=ngettext("%(num)s voice in words", "All %(num)s voices in words", heard.total),
        buy=_buy(goods, seller.state), producer_name=seller.name,
        producer_words=plain_words(goods.teaser, 200), words_lang=goods.lang,
        answers=answers_of(goods, said, heard.lots, asked_lot()),
        filters=filter_links(goods, me), imported=imported_views(elsewhere),
        imported_from=_imported(imported),
        reviews=review_views(heard.rows, me, people), pager=heard.pager,
        questions=thread_cards(threads, me, people),
        ask_url=url_for("dialogue.new", about=own_url),
        occasions=_occasions(goods, lang, said),
        bundles=bundle_cards(bundles, lang, me, around),
        told=told_of(goods, lang), particulars_url=own_url + "/particulars",
        lots=lot_rows(heard.lots, own_url),
        price_points=price_points(goods), price_url=own_url + "/price",
        producer=producer_card(seller, kept(
            ("producer verdict", goods.producer_id),
            lambda: reviews.producer_verdict(goods.producer_id))),
        hours=hours_view(goods.producer_id, own_url), promises=[],
        similar=near, compared=compared(said, near),
        similar_reason=_("From the same shelf, by what buyers would buy again."),
        seller_block=seller_block(block, goods),
        recommend_url=url_for("recommend.recommend", thing="product", slug=goods.slug),
        report_url=url_for("moderation.report", kind="product", ref=goods.slug),
        help_url=url_for("dialogue.new", about=own_url), share=share(goods.title),
        json_ld=json_ld(goods, said, seller.name), tap=tap_pair(goods, me),
        pairings=beside.goods, paired_occasions=beside.occasions,
        pairings_url=url_for("recommend.pairings", slug=goods.slug), **ways(goods, seller.name, me))


def _buy(goods: ProductView, producer_state: str) -> BuyBar:
    own, told = _own_sizes(goods), _("your size")
    rows = [(v.id, " · ".join(filter(None, (v.label, v.lot, told if v.id in own else ""))),
             PriceView(v.price_minor, "EUR", v.unit_minor, v.unit, False, v.deposit_minor,
                       url_for("storefront.page", slug="shipping"), v.reduction), stock_words(v))
            for v in goods.variants]
    first = next((v.id for v in sorted(goods.variants, key=lambda v: v.id not in own)
                  if v.can_be_had),
                 goods.variants[0].id if goods.variants else 0)
    closed = ""
    if goods.state != "published" or producer_state != "selling":
        closed = _("The producer pauses; nothing can be ordered just now.")
    elif not any(v.can_be_had for v in goods.variants):
        closed = _("Sold out just now.")
    watch_url = url_for("catalog.watch", slug=goods.slug) if goods.state == "published" else ""
    return BuyBar(url_for("checkout.add"), rows, first, request.args.get("e", "")[:80], closed,
                  watch_url, "EUR")


def _own_sizes(goods: ProductView) -> set[int]:
    """Variants of the size a member told once. Loads: 1 statement where there is a choice."""
    me = viewer_id()
    if me is None or len(goods.variants) < 2:
        return set()
    sizes = sizes_of(me)
    return {v.id for v in goods.variants if sizes & set(v.label.casefold().split())}


def _occasions(goods: ProductView, lang: str, said: VerdictView) -> list[tuple[str, int, str]]:
    """What it was used for; counted anew after each answer and each minute."""
    counts = kept(("occasions", goods.id, said.n, said.until),
                  lambda: reviews.occasion_counts(goods.id)) if said.n else {}
    known = catalog.occasions()
    ids = [*counts, *(i for i in goods.occasion_ids if i not in counts)]
    return [(known[i].name(lang), counts.get(i, 0),
             url_for("storefront.products", occasion=known[i].slug)) for i in ids if i in known]


def _imported(found: tuple[int, float, str] | None) -> str:
    if found is None:
        return ""
    n, mean, source = found
    return ngettext("%(num)s rating taken over from %(source)s, without proof of purchase; "
                    "on average %(mean)s%% of the scale. It counts in no figure here.",
                    "%(num)s ratings taken over from %(source)s, without proof of purchase; "
                    "on average %(mean)s%% of the scale. They count in no figure here.",
                    n, source=source, mean=round(100 * mean))


