"""The file `zuruf-bundle`: equal bundles are equal bytes, and what cannot be taken is named."""

from __future__ import annotations

import json
import random
from copy import deepcopy
from hashlib import sha256
from typing import Any

import pytest

from marketplace.bundles.actions import bring, read_document
from marketplace.bundles.models import Bundle, BundleItem
from marketplace.bundles.queries import bundle_row
from marketplace.bundles.queries.documents import document_of
from marketplace.bundles.rules import LICENCES
from marketplace.bundles.rules.documents import DocumentFault, opened, packed, rejoined
from marketplace.foundation.database import committing, db
from tests.bundles.test_views_bundles import HAT, RED, WINE
from tests.cast import Cast

SPEC = (
    '{"alt":"Wein links, Käse rechts.","background":"#F7F3EA","format":"zuruf-bundle","items":['
    '{"crop":[0,0,10000,10000],"h":7600,"note":"gut kühlen","picture":"p1","pos":1,"product":'
    '"silvaner-2025","qty":2,"rot":-35,"slot":"wine","variant":"075","w":2800,"x":600,"y":900,'
    '"z":2},{"crop":[500,0,9000,10000],"h":3600,"note":"","picture":"p2","pos":2,"product":'
    '"bergkaese","qty":1,"rot":0,"slot":"cheese","variant":"250g","w":4000,"x":5200,"y":3100,'
    '"z":1}],"lang":"de","licence":"CC-BY-SA-4.0","mode":"collage","occasion":"dinner","parent":'
    'null,"remix":true,"season":"spring","template":null,"text":"Für sechs.","title":'
    '"Spargelabend","version":1}').encode()


def test_the_document_of_the_spec_has_its_digest() -> None:
    """bundles-2: 642 bytes, and the stated SHA-256, before and after being read."""
    stated = "782674e5898bea2f440118b116dea183e53c9b9f0f81571c12a6269542443546"
    assert (len(SPEC), sha256(SPEC).hexdigest()) == (642, stated)
    assert packed(opened(SPEC)) == SPEC


def some_bundle(dice: random.Random, products: list[str]) -> dict[str, Any]:
    """Anything the format allows."""
    count = dice.randint(2, 12)
    layers = dice.sample(range(1, count + 1), count)
    items = []
    for pos in range(1, count + 1):
        w, h, cw, ch = (dice.randint(100, 9000) for _side in range(4))
        items.append({
            "crop": [dice.randint(0, 10_000 - cw), dice.randint(0, 10_000 - ch), cw, ch],
            "h": h, "note": dice.choice(["", "gut kühlen", "„so“ \\ 🧀\n"]), "picture": f"p{pos}",
            "pos": pos, "product": products[(pos - 1) % len(products)] if pos <= 2 * len(products)
            else f"elsewhere-{pos}", "qty": dice.randint(1, 99), "rot": dice.randint(-1800, 1799),
            "slot": dice.choice(["", "wine"]), "variant": None, "w": w,
            "x": dice.randint(0, 10_000 - w), "y": dice.randint(0, 10_000 - h),
            "z": layers[pos - 1]})
    return {"alt": "", "background": f"#{dice.randrange(16**6):06X}", "format": "zuruf-bundle",
            "items": items, "lang": dice.choice(["de", "en"]), "licence": dice.choice(LICENCES[:3]),
            "mode": "collage", "occasion": dice.choice([None, "fish", "no-such-thing"]),
            "parent": dice.choice([None, "https://example.org/bundles/x"]),
            "remix": dice.random() < .5, "season": dice.choice([None, "winter"]),
            "template": None, "text": "Für sechs.\nUnd mehr.", "title": "Ein Abend 🌿",
            "version": 1}


def test_import_then_export_gives_the_same_bytes(cast: Cast) -> None:
    """bundles-2: 500 random bundles through reading and writing, 25 of them through the tables
    with goods of this market and strangers among them.
    """
    dice, author = random.Random(2), cast.id("cleo")
    slugs = [WINE, HAT, RED]
    db.session.rollback()
    for number in range(500):
        body = packed(some_bundle(dice, slugs))
        assert packed(opened(body)) == body
        if number % 20 == 0:
            with committing():
                slug = bring(author, read_document(body)).slug
            row = bundle_row(slug, author)
            assert row is not None
            assert packed(document_of(row)) == body
            db.session.rollback()


def test_parts_that_are_not_here_are_kept_as_text(cast: Cast) -> None:
    """bundles 6: of the spec's document nothing is on sale here: a draft without parts to buy,
    private, that gives the same file again.
    """
    author = cast.id("cleo")
    db.session.rollback()
    with committing():
        row = bring(author, read_document(SPEC))
    assert (row.state, db.session.scalar(db.select(BundleItem.id))) == ("draft", None)
    found = bundle_row(row.slug, author)
    assert found is not None and packed(document_of(found)) == SPEC
    shown = cast.browser("cleo").get(f"/bundles/{row.slug}").get_data(as_text=True)
    assert "silvaner 2025" in shown.lower() and "gibt es hier nicht" in shown


def test_layers_and_places_come_back_around_strangers() -> None:
    """Of a, b, c with layers 3, 1, 2 only b and c are here, with layers 1, 2."""
    here = [{"pos": 1, "z": 1, "n": "b"}, {"pos": 2, "z": 2, "n": "c"}]
    assert [(one["n"], one["pos"], one["z"]) for one in rejoined(
        here, [{"pos": 1, "z": 3, "n": "a"}])] == [("a", 1, 3), ("b", 2, 1), ("c", 3, 2)]


def broken(**changes: Any) -> bytes:
    """The spec's document with something else in it; `item__` names a key of the second part."""
    found = deepcopy(json.loads(SPEC))
    for name, value in changes.items():
        at = found["items"][1] if name.startswith("item__") else found
        key = name.removeprefix("item__")
        if value is ...:
            del at[key]
        else:
            at[key] = value
    return json.dumps(found).encode()


@pytest.mark.parametrize(("body", "code", "name", "number"), [
    (b"\xff\xfe", "json", "", 0), (b"[" * 9000, "json", "", 0), (b"[]", "format", "", 0),
    (b"x" * 32_769, "size", "", 0), (broken(format="x"), "format", "", 0),
    (broken(version=2), "version", "2", 0), (broken(colour="red"), "unknown", "colour", 0),
    (broken(remix=...), "missing", "remix", 0), (broken(title="ab"), "value", "title", 0),
    (broken(licence="mine"), "value", "licence", 0), (broken(items=[]), "count", "items", 0),
    (broken(item__href="http://x"), "unknown", "href", 2),
    (broken(item__x=1.5), "value", "x", 2), (broken(item__x=9000), "value", "x", 2),
    (broken(item__qty=10**40), "value", "qty", 2), (broken(item__z=2), "value", "z", 2),
    (broken(item__pos=1), "value", "pos", 2), (broken(item__crop=[0, 0, 1]), "value", "crop", 2),
    (broken(item__crop=[True, 0, 1, 1]), "value", "crop", 2),
    (broken(item__note="a\x00b"), "value", "note", 2),
    (SPEC.replace(b'"version":1', b'"version":1,"version":1'), "twice", "version", 0),
    (SPEC.replace(b'"qty":2', b'"qty":NaN'), "value", "qty", 1),
])
def test_what_cannot_be_taken_is_named(body: bytes, code: str, name: str, number: int) -> None:
    """bundles-2, 3.1: unknown keys and versions by name, floats, absurd numbers, keys twice."""
    with pytest.raises(DocumentFault) as fault:
        opened(body)
    assert (fault.value.code, fault.value.name, fault.value.number) == (code, name, number)


def test_an_origin_that_is_here_is_taken_up(cast: Cast) -> None:
    """bundles-7: a file names a bundle of this market: parent, root and its licence hold."""
    from tests.bundles.test_views_bundles import published

    slug = published(cast, cast.browser("eva"), WINE, HAT).rsplit("/", 1)[1]
    author = cast.id("cleo")
    db.session.rollback()
    with committing():
        row = bring(author, {**json.loads(SPEC), "parent": slug, "licence": "CC0-1.0"})
    parent = db.session.scalar(db.select(Bundle.id).where(Bundle.slug == slug))
    assert (row.parent_id, row.root_id, row.depth, row.licence) == (
        parent, parent, 1, "CC-BY-SA-4.0")
