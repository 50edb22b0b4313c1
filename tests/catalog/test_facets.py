"""catalog-27: what a shelf's particulars say can be filtered by, and is read out of a wish."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from marketplace.catalog.actions import change_facts
from marketplace.catalog.models import FactValue, FactWord, Product, Variant
from marketplace.catalog.queries import attribute_words, shelves
from marketplace.catalog.rules.facets import filter_words
from marketplace.catalog.rules.templates import TEMPLATES
from marketplace.catalog.rules.typed import Both
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.search.jobs import rebuild
from marketplace.search.queries import Asked, find
from tests.cast import Cast

WINE, RED, HAT = "riesling-vom-schiefer", "spaetburgunder-dorfkern", "muetze-deichwind"
FIELDS = {(name, one.key): one for name, fields in TEMPLATES.items() for one in fields}


def found(app: Flask, path: str) -> list[str]:
    """Titles of the goods of a list, in order."""
    app.extensions.pop("kept", None)
    answer = app.test_client().get(path)
    assert answer.status_code == 200, path
    html = answer.get_data(as_text=True)
    return re.findall(r'class="card-title"[^>]*><a href="[^"]*">([^<]*)</a>', html)


def indexed(app: Flask) -> None:
    """The index is up to date, and nothing of the old one is kept."""
    run_due()
    rebuild()
    for name in ("kept", "spellings"):
        app.extensions.pop(name, None)
    db.session.rollback()


@pytest.mark.parametrize(("template", "key", "german", "english", "expected"), [
    ("wine", "grape", "Riesling", "", [("riesling", "Riesling", "Riesling")]),
    ("wine", "grape", "60 % Riesling, 40 % Silvaner", "",
     [("riesling", "Riesling", "Riesling"), ("silvaner", "Silvaner", "Silvaner")]),
    ("wine", "grape", ["Riesling", "Riesling"], "", [("riesling", "Riesling", "Riesling")]),
    ("wine", "sweetness", "extra brut", "extra brut", [("extra-brut",) + ("extra brut",) * 2]),
    ("wine", "sweetness", "trocken", "dry", [("trocken", "trocken", "dry")]),
    ("wine", "vintage", "ohne", "none", []),
    ("crafts", "materials", "Esche und Leinöl", "ash and linseed oil",
     [("esche", "Esche", "ash"), ("leinoel", "Leinöl", "linseed oil")]),
    ("fashion", "fibre", "75 % Schurwolle, 25 % Polyamid", "75 % virgin wool, 25 % polyamide",
     [("schurwolle", "Schurwolle", "virgin wool"), ("polyamid", "Polyamid", "polyamide")]),
    ("wine", "allergens", "Sulfite", "sulphites", []),
    ("tableware", "glaze", "x" * 41, "", [])])
def test_particulars_become_words_to_filter_by(
    template: str, key: str, german: object, english: object, expected: list[tuple[str, str, str]]
) -> None:
    """catalog-27: parts without their shares, each once; nothing by which nobody filters."""
    made = filter_words(FIELDS[template, key], german, english)
    assert [tuple(one) for one in made] == expected


def test_lists_filter_by_attribute(app: Flask, cast: Cast) -> None:
    """catalog-27: grape and sweetness; two of one particular are "or", of two particulars "and"."""
    indexed(app)
    shelf = "/categories/wine"
    assert len(found(app, shelf)) == 3
    assert found(app, f"{shelf}?attribute=grape%3Driesling") == ["Riesling vom Schiefer"]
    both = found(app, f"{shelf}?attribute=grape%3Driesling&attribute=grape%3Dpinot-noir")
    assert set(both) == {"Riesling vom Schiefer", "Spätburgunder Dorfkern"}
    assert found(app, f"{shelf}?attribute=grape%3Dpinot-noir&attribute=sweetness%3Dtrocken") == []
    for other in ("?attribute=nonsense", "?attribute=grape%3D%27%22", "?attribute==="):
        assert found(app, f"/products{other}") == []


def test_the_list_offers_what_its_goods_say(app: Flask, cast: Cast) -> None:
    """catalog-27: grape with its counts beside the wines, in the reader's language; the chosen one
    stands above the list and can be taken away; nothing of wine beside knitwear.
    """
    indexed(app)
    visitor = app.test_client()
    html = visitor.get("/categories/wine?lang=en").get_data(as_text=True)
    grapes = html.split("<legend>Grape</legend>")[1].split("</fieldset>")[0]
    assert 'value="grape=riesling"' in grapes and 'class="facet-count">1<' in grapes
    chosen = visitor.get("/categories/wine?lang=en&attribute=sweetness%3Dtrocken"
                         ).get_data(as_text=True)
    assert "Sweetness: dry" in chosen
    assert "Geschmack: trocken" in visitor.get(
        "/categories/wine?lang=de&attribute=sweetness%3Dtrocken").get_data(as_text=True)
    assert "unknown: grape=nonsense" in visitor.get(
        "/products?lang=en&attribute=grape%3Dnonsense").get_data(as_text=True)
    assert "<legend>Grape" not in visitor.get("/categories/knitwear?lang=en").get_data(
        as_text=True)


def test_sizes_of_variants_are_found(app: Flask, cast: Cast) -> None:
    """catalog-27: a size that can be chosen is a filter too."""
    with committing():
        db.session.execute(db.update(Variant).where(
            Variant.id == cast.goods(HAT).variant_id).values(options={"size": "XL"}))
    indexed(app)
    assert found(app, "/products?attribute=size%3Dxl") == ["Mütze Deichwind"]
    assert "Größe: XL" in app.test_client().get("/products?attribute=size%3Dxl").get_data(
        as_text=True)


def test_a_wish_reads_attributes(app: Flask, cast: Cast) -> None:
    """catalog-27: "trockener Weißwein" and "dry white wine" mean sweetness=trocken; alone, "dry"
    narrows nothing; "nicht trocken" leaves the dry one out.
    """
    indexed(app)
    assert attribute_words()["sweetness=trocken"] == ("trocken", "dry")
    db.session.rollback()
    wine, red, litre = (cast.goods(slug).product_id for slug in (
        WINE, RED, "literwein-fuer-alle-tage"))
    db.session.rollback()
    for words in ("trockener Weißwein", "dry white wine"):
        answer = find(Asked(words), 10)
        assert [chip.value for chip in answer.chips if chip.kind == "attribute"] == [
            "sweetness=trocken"], words
        assert list(answer.ids) == [wine], words
    assert not [chip for chip in find(Asked("trocken"), 10).chips if chip.kind == "attribute"]
    without = find(Asked("Wein nicht trocken"), 10)
    assert wine not in without.ids and {red, litre} <= set(without.ids)
    html = app.test_client().get("/search?q=trockener+Wei%C3%9Fwein").get_data(as_text=True)
    assert ">trocken<" in html or "trocken</" in html


def test_words_follow_what_is_said(cast: Cast) -> None:
    """catalog-27: both languages at once, then another value; an English word replaces a German
    one that stood for both.
    """
    product_id = cast.goods(RED).product_id
    shelf = shelves()[db.session.scalar(
        db.select(Product.category_id).where(Product.id == product_id)) or 0]
    db.session.rollback()
    with committing():
        change_facts(product_id, shelf, {"body": "kräftig"}, "de")
    word = db.session.get_one(FactWord, ("body", "kraeftig"))
    assert (word.de, word.en) == ("kräftig", "kräftig")
    db.session.rollback()
    with committing():
        change_facts(product_id, shelf, {"body": Both("kräftig", "full")}, "de")
    word = db.session.get_one(FactWord, ("body", "kraeftig"), populate_existing=True)
    assert (word.de, word.en) == ("kräftig", "full")
    db.session.rollback()
    with committing():
        change_facts(product_id, shelf, {"body": "leicht"}, "de")
    codes = db.session.scalars(db.select(FactValue.value_code).where(
        FactValue.product_id == product_id, FactValue.key == "body")).all()
    assert codes == ["leicht"]


def test_filters_work_while_there_is_no_index(app: Flask, cast: Cast) -> None:
    """catalog-27: without an index the database answers, by the same filters."""
    from marketplace.search.queries.goods import _from_database

    indexed(app)
    asked = Asked(chosen={"attribute": ["grape=riesling"], "region": ["Mosel"]})
    assert list(_from_database(asked, 10, 0).ids) == [cast.goods(WINE).product_id]
    db.session.rollback()
