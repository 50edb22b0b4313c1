"""What people call the things of a shelf, beside its name: a pullover stands under knitwear."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

# One block per shelf: its slug, then German and English words; four blanks continue a line.
_TABLE: Final = """
wine
  vino, tropfen
  vino
sparkling-wine
  schaumwein, winzersekt, prosecco, crémant, champagner, cava
  sparkling, champagne, prosecco, cava, crémant, bubbly, fizz
dessert-wine
  dessertwein, likörwein, portwein
  port wine, sherry
spirits
  schnaps, likör, obstbrand, obstler, gin, whisky, wodka, grappa
  liqueur, schnapps, gin, whisky, whiskey, vodka, brandy
food
  lebensmittel, feinkost, delikatessen, leckereien
  groceries, delicacies
oil-vinegar
  balsamico
  balsamic
preserves
  eingelegtes, eingewecktes, konserven
  pickles, pickled vegetables, canned goods
bread
  brötchen, kuchen, kekse, plätzchen, lebkuchen, stollen, knäckebrot
  cookies, biscuits, cake, bread rolls, pastries, gingerbread, crispbread
jam
  konfitüre, gelee, aufstrich
  marmalade, jelly, spread
fruit-nuts
  trockenfrüchte, dörrobst
  dried fruit
mustard
  soße, sauce, gewürze, ketchup, chutney
  sauce, spices, ketchup, chutney
coffee
  espresso, kaffeebohnen, espressobohnen, filterkaffee
  espresso, coffee beans, espresso beans, filter coffee
chocolate
  pralinen, süßigkeiten, naschereien
  pralines, truffles, candy
coffee-gear
  kaffeemühle, handfilter, kaffeefilter
  coffee grinder, coffee filter, dripper
fashion
  mode, klamotten
  clothing
knitwear
  pullover, pulli, pullis, strickjacke, strickjacken, strickpullover
  sweater, jumper, cardigan, pullover
shirts
  hemd, bluse, t-shirt
  blouse, t-shirt
trousers
  hose, rock, jeans
  pants, skirt, jeans
accessories
  mütze, schal, handschuhe, stirnband, halstuch, strümpfe
  beanie, gloves, mittens, headband
belts-bags
  handtasche, rucksack, geldbörse, portemonnaie
  handbag, backpack, rucksack, wallet, purse, tote
ceramics
  geschirr, töpferware
  pottery, tableware, crockery
mugs
  kaffeebecher
  cup
vases
  blumenvase
  flower vase
pots-jugs
  krug, teekanne, kaffeekanne
  jug, pitcher, teapot
wood
  schneidebrett, brettchen, holzbrett, kochlöffel, nudelholz
  cutting board, chopping board, wooden spoon, rolling pin
books-paper
  notizbuch, kalender, postkarten, grußkarten, kochbuch
  notebook, calendar, postcards, greeting cards, cookbook
candles
  teelichter
  tealights
brushes
  handfeger
  hand brush
furniture
  hocker, stuhl, beistelltisch, regal
  stool, chair, side table, bookshelf
"""


class Words(NamedTuple):
    """Words in German and in English."""

    de: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


NO_WORDS: Final = Words()


def _words(table: str) -> Mapping[str, Words]:
    lines = [line.strip() for line in table.strip().replace("\n    ", " ").split("\n")]
    rows = [tuple(word.strip() for word in line.split(",")) for line in lines]
    return {slug: Words(german, english)
            for (slug,), german, english in zip(rows[::3], rows[1::3], rows[2::3], strict=True)}


SHELF_WORDS: Final = _words(_TABLE)
"""Words of both languages by the slug of a shipped shelf."""
