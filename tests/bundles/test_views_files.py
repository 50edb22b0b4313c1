"""A bundle on paper, in a feed, in other pages, as a file and back; sending and rights."""

from __future__ import annotations

import json
import re
from io import BytesIO
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring
from flask.testing import FlaskClient

from marketplace.bundles.models import Bundle, BundleItem
from marketplace.catalog.models import Picture, Product
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from tests.bundles.test_documents import SPEC
from tests.bundles.test_views_bundles import HAT, WINE, published
from tests.cast import Cast
from tests.databases import sent_statements

ATOM = "{http://www.w3.org/2005/Atom}"


def laid_and_credited(cast: Cast) -> str:
    """Cleo's public collage with pictures by somebody who is owed a name; its page."""
    with committing():
        db.session.execute(db.update(Picture).values(licence="cc-by", credit="Frida Foto"))
    cleo = cast.browser("cleo")
    page = published(cast, cleo, WINE, HAT)
    cast.post(cleo, f"{page}/edit", step="lay-freely")
    run_due()
    db.session.rollback()
    return page


def test_credit_stands_on_page_print_feed_and_oembed(cast: Cast, client: FlaskClient) -> None:
    """bundles-4, bundles-34: name and licence of the pictures, author and licence of the whole."""
    page = laid_and_credited(cast)
    feed = client.get("/bundles/feed.atom")
    oembed = client.get(f"/oembed?url=http://localhost{page}&maxwidth=500")
    for shown in (client.get(page), client.get(f"{page}/print"), feed, oembed):
        words = shown.get_data(as_text=True)
        assert "Frida Foto · CC BY" in words.encode().decode("unicode_escape") or \
            "Frida Foto · CC BY" in words
        assert "CC BY-SA 4.0" in words and "leo" in words
    entry = fromstring(feed.get_data()).find(f"{ATOM}entry")
    assert entry is not None and entry.findtext(f"{ATOM}title") == "Abend am Deich"
    said = oembed.get_json()
    assert (said["type"], said["version"], said["thumbnail_width"]) == ("link", "1.0", 400)


def test_page_tells_machines_the_same(cast: Cast, client: FlaskClient) -> None:
    """bundles-34: canonical, hreflang, oEmbed, feed; ItemList of both parts without a rating."""
    page = published(cast, cast.browser("cleo"), WINE, HAT)
    shown = client.get(page).get_data(as_text=True)
    assert f'rel="canonical" href="http://localhost{page}"' in shown and 'hreflang="en"' in shown
    assert "application/json+oembed" in shown and "application/atom+xml" in shown
    found = re.search(r'ld\+json">(.*?)</script>', shown)
    assert found is not None
    said = json.loads(found.group(1))
    assert (said["@type"], said["numberOfItems"]) == ("ItemList", 2)
    assert "Rating" not in found.group(1)


def test_what_is_not_public_is_in_no_feed_and_no_other_page(
    cast: Cast, client: FlaskClient
) -> None:
    """bundles-24: seen by who has the link, it is printed, but neither fed nor embedded."""
    cleo = cast.browser("cleo")
    page = published(cast, cleo, WINE, HAT)
    with committing():
        db.session.execute(db.update(Bundle).values(visibility="link"))
    assert client.get(f"{page}/print").status_code == 200
    assert "Abend am Deich" not in client.get("/bundles/feed.atom").get_data(as_text=True)
    for url in (f"http://localhost{page}", "http://elsewhere.example/bundles/x", "", "http://["):
        assert client.get("/oembed", query_string={"url": url}).status_code == 404
    with committing():
        db.session.execute(db.update(Bundle).values(visibility="members"))
    assert client.get(f"{page}/print").status_code == 404
    assert client.get(f"{page}/bundle.json").status_code == 404


def test_file_is_given_where_the_licence_allows(cast: Cast, client: FlaskClient) -> None:
    """3.5: of a bundle with all rights only its author gets the file."""
    cleo = cast.browser("cleo")
    page = published(cast, cleo, WINE, HAT, licence="all-rights")
    assert client.get(f"{page}/bundle.json").status_code == 404
    assert json.loads(cleo.get(f"{page}/bundle.json").get_data())["title"] == "Abend am Deich"


def test_export_comes_back_whole_in_an_empty_market(cast: Cast) -> None:
    """bundles-26: JSON, page, picture and comments without names; where nothing else of it is
    left, importing the ZIP gives the same file again, with its credit as text.
    """
    page = laid_and_credited(cast)
    eva, cleo = cast.browser("eva"), cast.browser("cleo")
    made = cast.post(eva, f"{page}/remix").location.removesuffix("/edit")
    cast.post(eva, f"{made}/edit", step="publish", title="Evas Abend", visibility="public")
    assert cast.post(cleo, f"{made}/comments", words="Gern mit Brot.").status_code == 303
    run_due()
    body = eva.get("/account/bundles/export.zip").get_data()
    slug = made.rsplit("/", 1)[1]
    with ZipFile(BytesIO(body)) as packed:
        names = set(packed.namelist())
        document = packed.read(f"{slug}/bundle.json")
        talk, shown = packed.read(f"{slug}/comments.json"), packed.read(f"{slug}/index.html")
    assert {"index.html", f"{slug}/preview-800.webp", f"{slug}/preview-400.webp"} <= names
    assert b"Gern mit Brot." in talk and b"cleo" not in talk.lower()
    assert "Frida Foto" in shown.decode() and "Abend am Deich" in shown.decode()
    with committing():
        for table in ("bundle_changes", "bundle_items"):
            db.session.execute(db.text(f"DELETE FROM {table}"))
        db.session.execute(db.text("UPDATE bundles SET state = 'withdrawn'"))
        db.session.execute(db.update(Product).where(Product.slug == HAT).values(state="draft"))
    done = cast.post(eva, "/account/bundles/import", file=(BytesIO(body), "zuruf-bundles.zip"))
    assert done.status_code == 303 and done.location.endswith("/edit")
    assert db.session.scalar(db.select(db.func.count(BundleItem.id))) == 1
    again = eva.get(f"{done.location.removesuffix('/edit')}/bundle.json").get_data()
    assert again == document and page.rsplit("/", 1)[1].encode() in again


def test_a_file_that_cannot_be_taken_is_told_beside_its_field(cast: Cast) -> None:
    """bundles 6: no file, a broken ZIP, an unknown key by name; nothing is brought in."""
    cleo = cast.browser("cleo")
    for body, words in ((b"", "Bitte wähle eine Datei."), (b"PK\x03\x04x", "beschädigt"),
                        (SPEC.replace(b'"alt"', b'"alto"'), "„alto“ ist nicht bekannt")):
        said = cast.post(cleo, "/account/bundles/import", file=(BytesIO(body), "bundle.json"))
        assert said.status_code == 422
        assert words in said.get_data(as_text=True)
    assert db.session.scalar(db.select(Bundle.id)) is None


def test_sending_unit_price_and_withdrawal_stand_per_seller(
    cast: Cast, client: FlaskClient
) -> None:
    """bundles-13, bundles-17: 11.40 of wine is 15.20 a litre and 6.90 to send, the hat 4.90; both
    names with their right of withdrawal before anything is bought; as many statements for it.
    """
    page = published(cast, cast.browser("cleo"), WINE, HAT)
    with committing():
        db.session.execute(db.update(Product).where(Product.slug == HAT)
                           .values(withdrawal="made_to_measure"))
    shown = client.get(page).get_data(as_text=True)
    assert "50,40" in shown and "15,20" in shown and "Versand nach Deutschland" in shown
    sent = dict(re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", shown.split("Versand nach")[1]
                           .split("Widerruf, je")[0]))
    assert {name: words.replace("\xa0", " ") for name, words in sent.items()} == {
        "Weingut Kaltbach": "6,90 €", "Nordgarn": "4,90 €"}
    rights = shown.split("Widerruf, je")[1]
    assert "binnen 14 Tagen" in rights and "kein Widerrufsrecht" in rights
    with sent_statements() as statements:
        client.get(page)
    assert len(statements) <= 10
