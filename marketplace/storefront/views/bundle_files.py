"""A bundle beyond its page: on paper, as a file, in a feed, inside other pages, for machines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Response, current_app, jsonify, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from marketplace.bundles import queries as bundles
from marketplace.bundles.queries import BundleRow
from marketplace.bundles.queries.documents import document_of
from marketplace.bundles.queries.previews import (
    layout_words,
    picture_credits,
    picture_of,
    shown_goods,
)
from marketplace.bundles.queries.words import LICENCE_URLS, author_of, licence_name
from marketplace.bundles.rules.documents import packed
from marketplace.catalog.queries import ProductCard, cards
from marketplace.foundation import clock
from marketplace.foundation.errors import NotFound
from marketplace.people.queries import lines
from marketplace.storefront.views import pages
from marketplace.web.access import viewer_id
from marketplace.web.answers import answer, machine, parts_of
from marketplace.web.formats import day, money
from marketplace.web.languages import current_lang
from marketplace.web.page_cache import visitor_page

IN_FEED = 20


def site() -> str:
    """The address under which people reach the site."""
    return str(current_app.config["ZURUF_URL"])


def feed_url() -> str:
    """Where the newest public bundles are as a feed."""
    return url_for("storefront.bundle_feed")


def machine_links(row: BundleRow, goods: Mapping[int, ProductCard]) -> dict[str, Any]:
    """Ways from a bundle's page to its other forms; other sites are offered public ones alone."""
    if row.state != "published":
        return {"file_url": url_for("storefront.bundle_file", slug=row.slug)}
    public = row.visibility == "public"
    return {
        "print_url": url_for("storefront.bundle_print", slug=row.slug),
        "file_url": url_for("storefront.bundle_file", slug=row.slug),
        "feed_url": feed_url() if public else "",
        "oembed_url": url_for("storefront.oembed", url=site() + row.url) if public else "",
        "json_ld": json_ld(row, goods) if public else ""}


def json_ld(row: BundleRow, goods: Mapping[int, ProductCard]) -> Markup:
    """ItemList of what is in it; no ratings, since nobody rated the whole."""
    data = {
        "@context": "https://schema.org", "@type": "ItemList", "name": row.title,
        "inLanguage": row.lang, "url": site() + row.url, "numberOfItems": len(row.items),
        "license": LICENCE_URLS.get(row.licence, ""),
        "itemListElement": [
            {"@type": "ListItem", "position": item.pos, "name": goods[item.product_id].title,
             "url": site() + goods[item.product_id].url}
            for item in row.items if item.product_id in goods]}
    body = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return Markup('<script type="application/ld+json">{}</script>').format(
        Markup(body))  # noqa: S704 - "<" is escaped above


def _shown(slug: str) -> BundleRow:
    """A bundle whose words may be given out. Raises NotFound."""
    row = bundles.bundle_for(slug, viewer_id())
    if row.standing in ("held", "removed"):
        raise NotFound(_("There is no such bundle here."))
    return row


def _author(row: BundleRow) -> str:
    found = lines({row.author_id} if row.author_id else set(), viewer_id())
    return str(author_of(row, found).name)


@pages.get("/bundles/<slug>/print")
def bundle_print(slug: str) -> Response:
    """For paper: what is in it, of whom, at which price today, and who made the pictures."""
    row, lang = _shown(slug), current_lang()
    goods = cards([item.product_id for item in row.items], lang)
    page = {
        "title": row.title, "lang": row.lang, "text": row.words, "author": _author(row),
        "when": day(row.published_at or row.changed_at), "url": site() + row.url,
        "picture": picture_of(row, goods) if row.preview else None,
        "credits": picture_credits(row, goods), "licence": licence_name(row.licence),
        "licence_url": LICENCE_URLS.get(row.licence, ""), "back_url": row.url,
        "total": money(row.price_minor), "on": day(clock.now()),
        "rows": [(item.qty, goods[item.product_id].title, goods[item.product_id].seller.name,
                  goods[item.product_id].seller.place, item.note,
                  money(item.price_minor * item.qty) if item.price_minor else "")
                 for item in row.items if item.product_id in goods]}
    return answer("bundles/print.html", page)


@pages.get("/bundles/<slug>/bundle.json")
@machine
def bundle_file(slug: str) -> Response:
    """The file `zuruf-bundle`, for who may see it, and where its licence allows to take it."""
    row = _shown(slug)
    if row.licence not in LICENCE_URLS and row.author_id != viewer_id():
        raise NotFound(_("Its author keeps all rights; there is no file to take."))
    given = Response(packed(document_of(row)), mimetype="application/json")
    given.headers["Content-Disposition"] = f'attachment; filename="{row.slug}.json"'
    return given


@pages.get("/bundles/feed.atom")
@visitor_page
def bundle_feed() -> Response:
    """The newest public bundles, each with author, licence and credits."""
    lang = current_lang()
    rows, _total = bundles.listed(None, "new", 0, IN_FEED)
    goods = cards({one for row in rows for one in shown_goods(row)}, lang)
    people = lines({row.author_id for row in rows if row.author_id}, None)
    page = {"lang": lang, "title": _("Bundles"), "url": site() + url_for("storefront.bundles"),
            "self": site() + feed_url(), "by": "Zuruf",
            "updated": max((row.changed_at for row in rows), default=clock.now()),
            "rows": [(row, site() + row.url, author_of(row, people).name,
                      licence_name(row.licence), LICENCE_URLS.get(row.licence, ""),
                      picture_credits(row, goods)) for row in rows]}
    return Response(render_template("bundles/feed.xml", page=page),
                    mimetype="application/atom+xml")


@pages.get("/oembed")
@machine
def oembed() -> Response:
    """How another page may show a public bundle. Source: oembed.com, version 1.0."""
    if request.args.get("format", "json") != "json":
        return Response(status=501)
    asked = parts_of(request.args.get("url", "")[:500])
    parts = [step for step in asked.path.split("/") if step]
    if asked.netloc != parts_of(site()).netloc or len(parts) != 2 or parts[0] != "bundles":
        raise NotFound(_("There is no such bundle here."))
    row = bundles.bundle_for(parts[1], None)
    if row.visibility != "public" or row.standing not in ("visible", "labelled"):
        raise NotFound(_("There is no such bundle here."))
    goods = cards([item.product_id for item in row.items], row.lang)
    return jsonify({
        "version": "1.0", "type": "link", "title": row.title, "author_name": _author(row),
        "provider_name": "Zuruf", "provider_url": site(), "url": site() + row.url,
        "license": licence_name(row.licence), "license_url": LICENCE_URLS.get(row.licence, ""),
        "credits": picture_credits(row, goods), **_thumbnail(row, goods)})


def _thumbnail(row: BundleRow, goods: Mapping[int, ProductCard]) -> dict[str, Any]:
    """The picture of a collage, as small as a width that is asked for."""
    if not row.preview:
        return {}
    most = request.args.get("maxwidth", "")
    wanted = int(most) if most.isdecimal() and len(most) < 6 else 800
    files = [(width, name) for width, name in row.preview["files"] if width <= wanted]
    if not files:
        return {}
    width, name = files[-1]
    return {"thumbnail_url": f"{site()}/files/{name}", "thumbnail_width": width,
            "thumbnail_height": width, "alt": layout_words(row, goods)}
