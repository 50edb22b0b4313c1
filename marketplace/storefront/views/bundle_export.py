"""All own bundles as one file to take along, to be read without this site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from json import dumps
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from flask import Response, render_template
from flask_babel import gettext as _

from marketplace.adapters.doors import doors
from marketplace.bundles.queries import BundleRow, drafts_of, family_of
from marketplace.bundles.queries.documents import document_of
from marketplace.bundles.queries.previews import layout_words, picture_credits
from marketplace.bundles.queries.rows import origins_elsewhere, waiting_photos
from marketplace.bundles.queries.words import LICENCE_URLS, licence_name
from marketplace.bundles.rules.credits import credits_packed, photo_file
from marketplace.bundles.rules.documents import packed
from marketplace.catalog.queries import ProductCard, cards
from marketplace.dialogue.queries import comments_of
from marketplace.foundation import clock
from marketplace.people.queries import lines
from marketplace.storefront.views import pages
from marketplace.storefront.views.bundle_files import site
from marketplace.web.access import person_id, signed_in
from marketplace.web.formats import day
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter
from marketplace.web.shapes import nobody

MOST = 2_000


@pages.get("/account/bundles/export.zip")
@signed_in
@limiter.limit("30 per hour")
def bundle_export() -> Response:
    """Each bundle as JSON and as a page, its picture, and what others said, without names."""
    me, body = person_id(), BytesIO()
    rows = drafts_of(me, MOST)
    goods = cards({item.product_id for row in rows for item in row.items}, current_lang())
    with ZipFile(body, "w", ZIP_DEFLATED) as packing:
        for row in rows:
            _pack(packing, row, goods, me)
        packing.writestr("index.html", render_template("bundles/export_index.html", page={
            "lang": current_lang(), "when": day(clock.now()), "site": site(),
            "rows": [(row.title, row.lang, f"{row.slug}/index.html") for row in rows]}))
    given = Response(body.getvalue(), mimetype="application/zip")
    given.headers["Content-Disposition"] = 'attachment; filename="zuruf-bundles.zip"'
    return given


def _pack(packing: ZipFile, row: BundleRow, goods: Mapping[int, ProductCard], me: int) -> None:
    """The folder of one bundle."""
    packing.writestr(f"{row.slug}/bundle.json", packed(document_of(row)))
    talk = _comments(row.id, me)
    packing.writestr(f"{row.slug}/comments.json", dumps(talk, ensure_ascii=False, indent=1))
    for width, name in (row.preview or {}).get("files", ()):
        try:
            packing.writestr(f"{row.slug}/preview-{width}.webp", doors().storage.open(name))
        except FileNotFoundError:  # its page says the same in words
            continue
    for number, photo in enumerate(row.photos, start=1):
        _pack_photo(packing, f"{row.slug}/{photo_file(number)}", photo)
    chain = _chain(row, me)
    packing.writestr(f"{row.slug}/credits.json", credits_packed(
        chain, [*row.photos, *waiting_photos(row)]))
    packing.writestr(f"{row.slug}/index.html", render_template(
        "bundles/export_page.html", page=_page(row, goods, talk, chain)))


def _pack_photo(packing: ZipFile, path: str, photo: Mapping[str, Any]) -> None:
    """The largest of an own photo, if its file is there."""
    name = [name for kind, _width, name in photo["files"] if kind == "webp"][-1]
    try:
        packing.writestr(path, doors().storage.open(name))
    except FileNotFoundError:  # taken out meanwhile
        return


def _comments(bundle_id: int, me: int) -> list[dict[str, str]]:
    """What was said, each person by a number of this bundle; oneself is named so."""
    known: dict[int | None, str] = {me: _("I")}
    found = []
    for _thread, post in comments_of(bundle_id):
        name = known.setdefault(post.author_id, _("Member %(number)s", number=len(known)))
        found.append({"by": name, "at": post.at.isoformat(), "words": post.words})
    return found


def _chain(row: BundleRow, me: int) -> list[Mapping[str, str]]:
    """What it was made of, here and before that elsewhere, newest first: title, author, url."""
    chain = family_of(row, me).chain
    people = lines({kin.author_id for kin in chain if kin.author_id}, me)
    return [*({"title": kin.title, "author": str(people.get(kin.author_id or 0, nobody()).name),
               "url": site() + kin.url} for kin in chain if kin.shown), *origins_elsewhere(row)]


def _page(row: BundleRow, goods: Mapping[int, ProductCard], talk: Sequence[Mapping[str, str]],
          chain: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    return {
        "lang": row.lang, "title": row.title, "text": row.words, "url": site() + row.url,
        "picture": "preview-800.webp" if row.preview else "", "alt": layout_words(row, goods),
        "licence": licence_name(row.licence), "licence_url": LICENCE_URLS.get(row.licence, ""),
        "credits": picture_credits(row, goods), "talk": talk,
        "chain": [(one["title"], one["author"], one["url"]) for one in chain],
        "photos": [(photo_file(number), photo["alt"]) for number, photo in enumerate(
            row.photos, start=1)],
        "rows": [(item.qty, goods[item.product_id].title, goods[item.product_id].seller.name,
                  item.note, site() + goods[item.product_id].url)
                 for item in row.items if item.product_id in goods]}
