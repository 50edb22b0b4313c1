"""What people call the things of a shelf, beside its name: a pullover stands under knitwear."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

# One block per shelf: its slug, then German and English words; four blanks continue a line.
_TABLE: Final = """
wine
  vino, tropfen
  vino
white-wine
  vino bianco, vino blanco
  vino bianco, vino blanco
red-wine
  vino rosso, vino tinto
  vino rosso, vino tinto
rose-wine
  roséwein, rosado, rosato
  pink wine, rosado, rosato
sparkling-wine
  schaumwein, winzersekt, prosecco, crémant, champagner, cava, schampus, champus, prickelndes,
    prickelwasser, blubberwasser
  sparkling, champagne, prosecco, cava, crémant, bubbly, fizz, bubbles, sparkling wine
dessert-wine
  dessertwein, likörwein, portwein, sherry
  port wine, sherry, port
spirits
  schnaps, likör, obstbrand, obstler, gin, whisky, wodka, grappa, digestif, verdauungsschnaps,
    kräuterlikör, aquavit
  liqueur, schnapps, gin, whisky, whiskey, vodka, brandy, digestif, booze
food
  lebensmittel, feinkost, delikatessen, leckereien, essbares, schmankerl
  groceries, delicacies, nibbles, treats
oil-vinegar
  balsamico
  balsamic
preserves
  eingelegtes, eingewecktes, konserven
  pickles, pickled vegetables, preserved vegetables, canned goods
bread
  brötchen, kuchen, kekse, plätzchen, lebkuchen, stollen, knäckebrot, bauernbrot, baguette,
    semmeln, zwieback
  cookies, biscuits, cake, bread rolls, pastries, gingerbread, crispbread, loaf of bread,
    sourdough, baguette, buns
jam
  konfitüre, gelee, aufstrich, fruchtaufstrich, brotaufstrich
  marmalade, jelly, spread, apple butter, fruit butter, fruit spread
fruit-nuts
  trockenfrüchte, dörrobst, studentenfutter, trockenobst, nussmischung
  dried fruit, trail mix, nut mix
mustard
  soße, sauce, gewürze, ketchup, chutney, pesto, relish
  sauce, spices, ketchup, chutney, seasoning, pesto, relish
coffee
  espresso, kaffeebohnen, espressobohnen, filterkaffee, käffchen, mokka
  espresso, coffee beans, espresso beans, filter coffee, brew, java, ground coffee
chocolate
  pralinen, süßigkeiten, naschereien, schoki, schoko, schokoladentafel
  pralines, truffles, candy, choc, chocs, choccy, chocolate bar
coffee-gear
  kaffeemühle, handfilter, kaffeefilter
  coffee grinder, coffee filter, dripper
fashion
  mode, klamotten
  clothing
knitwear
  pullover, pulli, pullis, strickjacke, strickjacken, strickpullover, schlabberpulli,
    kuschelpulli, strickpulli, wollpullover
  sweater, jumper, cardigan, pullover, knitted jumper, cardi
shirts
  hemd, bluse, t-shirt, oberteil, polohemd
  blouse, t-shirt, polo shirt, tee shirt
trousers
  hose, rock, jeans, chino, leggings
  pants, skirt, jeans, chinos, slacks
accessories
  mütze, schal, handschuhe, stirnband, halstuch, strümpfe, wollmütze, fäustlinge
  beanie, gloves, mittens, headband, bobble hat, woolly hat, shawl
belts-bags
  handtasche, rucksack, geldbörse, portemonnaie, umhängetasche
  handbag, backpack, rucksack, wallet, purse, tote, belt, shoulder bag
ceramics
  geschirr, töpferware
  pottery, tableware, crockery
mugs
  kaffeebecher, kaffeepott, henkelbecher, espressotasse
  cup, teacup, coffee mug, beaker
bowls
  müslischale, salatschüssel, suppenschüssel
  cereal bowl, salad bowl, soup bowl
plates
  essteller, kuchenteller, servierplatte
  platter, dinner plate, side plate
vases
  blumenvase
  flower vase
pots-jugs
  krug, teekanne, kaffeekanne, karaffe, milchkännchen
  jug, pitcher, teapot, carafe, milk jug
wood
  schneidebrett, brettchen, holzbrett, kochlöffel, nudelholz
  cutting board, chopping board, wooden spoon, rolling pin
books-paper
  notizbuch, kalender, postkarten, grußkarten, kochbuch, tagebuch, briefpapier, skizzenbuch
  notebook, calendar, postcards, greeting cards, cookbook, diary, stationery, sketchbook,
    writing paper
candles
  teelichter, stumpenkerze, duftkerze
  tealights, pillar candle, scented candle
brushes
  handfeger
  hand brush
furniture
  hocker, stuhl, beistelltisch, regal, schemel, nachttisch, kommode
  stool, chair, side table, bookshelf, bench, nightstand, bedside table, chest of drawers
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
