"""A file of somebody else's goods and ratings becomes a market in which one can buy."""

from __future__ import annotations

from pathlib import Path

from click.testing import Result
from flask import Flask

from marketplace.foundation.database import db
from marketplace.foundation.jobs import run_due
from tests.cast import Cast

GOODS = """no,name,made by,colour,dishes,where
1,Bergwind Pinot Noir,Gut Bergwind,Red,"['Rich Fish', 'Lamb']",Baden
2,Talgrund Silvaner,Hof Talgrund,White,"['Lean Fish']",Franken
3,Nachtblau Merlot,Gut Nachtblau,Red,['Beef'],Pfalz
4,Ohne Farbe,Gut Bergwind,Blue,[],Baden
"""
RATINGS = "id,who,no,points\n" + "".join(
    f"{person * 10 + wine},{person},{wine},{points}\n"
    for person, said in ((1, (5, 1, 4)), (2, (5, 1, 5)), (3, (4, 2, 5)), (4, (5, 1)))
    for wine, points in enumerate(said, start=1)) + "99,5,77,3\n98,5,1,9\n"
GOODS_MAP = """
kind = "products"
source = "Test"
prefix = "T-"
lists = ["dishes"]
occasions = "dishes"
[columns]
sku = "no"
title = "name"
producer = "made by"
category = "colour"
region = "where"
[constants]
price = "9,90"
stock = 7
amount = 750
unit = "ml"
not_for_en = "Nobody said."
country = "DE"
[values.category]
Red = "red-wine"
White = "white-wine"
[texts]
place_of_making = "{where}"
[facts]
kind = "colour"
origin = "where"
[fixed_facts]
alcohol = "12.5"
allergens = "sulphites"
vintage = "2021"
[shop]
iban = "DE89370400440532013000"
countries = ["DE"]
shipping_minor = 590
"""
RATINGS_MAP = """
kind = "ratings"
source = "Test"
prefix = "T-"
scale = [1, 5]
[columns]
ref = "id"
person = "who"
product = "no"
value = "points"
"""


def run(app: Flask, *words: str) -> Result:
    """One command, as typed."""
    return app.test_cli_runner().invoke(args=list(words))


def files(folder: Path) -> dict[str, str]:
    """The four files on disk."""
    made = {}
    for name, text in (("goods.csv", GOODS), ("goods.toml", GOODS_MAP),
                       ("ratings.csv", RATINGS), ("ratings.toml", RATINGS_MAP)):
        (folder / name).write_text(text, encoding="utf-8")
        made[name] = str(folder / name)
    return made


def count(table: str) -> int:
    """Rows of a table."""
    db.session.rollback()
    return int(db.session.scalar(db.text(f"SELECT count(*) FROM {table}")) or 0)


def test_files_become_a_market(app: Flask, cast: Cast, tmp_path: Path) -> None:
    """Import, search, suggestions with reasons, basket; catalog-21 (rows and repeat)."""
    named = files(tmp_path)
    before = count("products")
    goods = ("import", "products", named["goods.csv"], "--map", named["goods.toml"])
    looked = run(app, *goods, "--check")
    assert "row 5, colour" in looked.output
    assert count("products") == before
    assert "3 saved" in run(app, *goods).output
    assert count("products") == before + 3
    assert "0 saved" in run(app, *goods).output
    rated = ("import", "ratings", named["ratings.csv"], "--map", named["ratings.toml"])
    first = run(app, *rated)
    assert "11 saved" in first.output
    assert "There is no product 77" in first.output
    assert "0 saved" in run(app, *rated).output
    assert count("ratings") == 0, "ratings from elsewhere stay outside the verified answers"
    run_due()
    told = run(app, "recommend", "for", "test-4").output
    assert "Nachtblau Merlot" in told
    assert "mit ähnlichem Geschmack" in told
    found = app.test_client().get("/search?q=Pinot Noir zu Lachs").get_data(as_text=True)
    assert "Bergwind Pinot Noir" in found
    assert "Nachtblau" not in found.split("<main")[1].split("facet")[0]
    buyer = cast.browser("cleo")
    wine = cast.goods("bergwind-pinot-noir")
    put = cast.post(buyer, "/basket/lines", variant=wine.variant_id, qty=2)
    assert put.status_code == 303
    assert "Bergwind Pinot Noir" in buyer.get("/basket").get_data(as_text=True)
