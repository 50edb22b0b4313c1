"""The closed list of occasions: what a thing is for, with the words that mean it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Occasion:
    """What something is for. `words_*` are lower-case words and phrases that mean it.

    The words hold inflected forms, so that whole-word matching is enough
    ("zum Grillen", "zu gegrilltem Lachs"), and the dish names of wine data.
    """

    slug: str
    de: str
    en: str
    words_de: tuple[str, ...]
    words_en: tuple[str, ...]


# One block per occasion: slug, then German and English "name: words"; four blanks continue a line.
_TABLE: Final = """
asparagus
  Zu Spargel: spargel, spargelessen, spargelzeit, hollandaise
  With asparagus: asparagus, hollandaise
fish
  Zu Fisch: fisch, fische, fischen, lachs, räucherlachs, forelle, forellen, zander, saibling,
    kabeljau, dorsch, scholle, hering, matjes, thunfisch, makrele, karpfen, dorade, fettem
    fisch, magerem fisch, sushi
  With fish: fish, salmon, trout, cod, codfish, pike-perch, char, herring, tuna, mackerel,
    plaice, carp, bream, sole, rich fish, lean fish, sushi, sashimi
seafood
  Zu Meeresfrüchten: meeresfrüchte, meeresfrüchten, muscheln, miesmuscheln, austern, garnelen,
    krabben, scampi, tintenfisch, hummer, krebs, paella
  With seafood: seafood, shellfish, mussels, oysters, prawns, shrimp, shrimps, crab, lobster,
    squid, octopus, clams, scallops, paella
meat
  Zu Fleisch: fleisch, braten, sonntagsbraten, schmorbraten, frikadellen, buletten, hackbraten
  With meat: meat, roast, sunday roast, meatballs, meatloaf, meat stew
beef
  Zu Rind: rind, rindfleisch, rinderbraten, steak, steaks, gulasch, roulade, rouladen,
    tafelspitz, sauerbraten, kalb, kalbfleisch, schnitzel, burger
  With beef: beef, steak, steaks, goulash, brisket, veal, schnitzel, burger, burgers
lamb
  Zu Lamm: lamm, lammkeule, lammbraten, lammfleisch, hammel
  With lamb: lamb, mutton, leg of lamb
pork
  Zu Schwein: schwein, schweinebraten, schweinefleisch, kotelett, kassler, haxe, bratwurst,
    würstchen, wurst, sülze
  With pork: pork, pork chop, pork chops, sausage, sausages, ham hock, bacon
poultry
  Zu Geflügel: geflügel, huhn, hähnchen, hühnchen, brathähnchen, pute, ente, gans, gänsebraten,
    coq au vin
  With poultry: poultry, chicken, turkey, duck, goose, coq au vin, curry chicken
game
  Zu Wild: wild, wildgerichte, reh, rehrücken, hirsch, wildschwein, hase, kaninchen, fasan
  With game: game, game meat, venison, wild boar, hare, rabbit, pheasant
cold-cuts
  Zur Brotzeit: brotzeit, vesper, abendbrot, schinken, wurstbrot, aufschnitt, salami, jause,
    brettl
  With cold cuts: cold cuts, cured meat, ham, salami, charcuterie, ploughman's lunch, cold
    supper
cheese
  Zu Käse: käse, käseplatte, käsebrett, bergkäse, ziegenkäse, blauschimmel, weichkäse, hartkäse,
    raclette, fondue
  With cheese: cheese, cheeseboard, cheese board, soft cheese, hard cheese, blue cheese, goat
    cheese, maturated cheese, medium-cured cheese, mild cheese, raclette, fondue
pasta
  Zu Nudeln: nudeln, pasta, spaghetti, lasagne, ravioli, spätzle, maultaschen, gnocchi,
    tomatensauce, tomatengerichte
  With pasta: pasta, spaghetti, lasagne, ravioli, noodles, gnocchi, tagliatelle, tomato dishes,
    yakissoba
pizza
  Zu Pizza: pizza, flammkuchen, quiche
  With pizza: pizza, tarte flambée, quiche
vegetables
  Zu Gemüse: gemüse, ofengemüse, gemüsepfanne, vegetarisch, vegetarischem, vegan, aubergine,
    kürbis, kohl, ratatouille, kartoffeln, bratkartoffeln, risotto, linsen, bohnen
  With vegetables: vegetables, vegetarian, vegan, roast vegetables, eggplant, aubergine,
    pumpkin, squash, cabbage, ratatouille, potato, potatoes, baked potato, french fries,
    risotto, lentils, beans
salad
  Zu Salat: salat, salate, salaten, kartoffelsalat, feldsalat, rohkost
  With salad: salad, salads, potato salad, slaw
soup
  Zu Suppe & Eintopf: suppe, suppen, eintopf, eintöpfe, brühe, kürbissuppe
  With soup & stew: soup, soups, stew, stews, light stews, broth, chowder
mushrooms
  Zu Pilzen: pilze, pilzen, pilzpfanne, pfifferlinge, pfifferlingen, steinpilze, champignons,
    trüffel
  With mushrooms: mushroom, mushrooms, chanterelles, porcini, truffle
spicy
  Zu Scharfem: scharf, scharfem, scharfes, curry, thai, asiatisch, asiatischem, indisch, chili
  With spicy food: spicy, spicy food, curry, thai, asian, asian food, indian, chilli, chili
dessert
  Zum Dessert: dessert, nachtisch, nachspeise, kuchen, torte, süßspeise, obstkuchen, schokolade,
    eis, pfannkuchen, waffeln, backen, zum backen
  With dessert: dessert, desserts, sweet dessert, fruit dessert, citric dessert, cake, cakes,
    cookies, cream, pudding, ice cream, pancakes, waffles, chocolate, fruit, dried fruits,
    baking
appetizer
  Zur Vorspeise: vorspeise, vorspeisen, antipasti, tapas, häppchen, snack, snacks, knabbern
  As a starter: starter, starters, appetizer, appetizers, snack, snacks, tapas, antipasti,
    nibbles, canapés
aperitif
  Als Aperitif: aperitif, apero, sektempfang, empfang, anstoßen, zum anstoßen
  As an aperitif: aperitif, apéritif, pre-dinner, reception, toast, to toast
grilling
  Zum Grillen: grillen, gegrilltem, gegrilltes, grill, grillabend, grillfest, grillt,
    bbq
  For the barbecue: barbecue, barbecues, bbq, grill, grilling, grilled, cookout
picnic
  Fürs Picknick: picknick, ausflug, park, decke, draußen
  For a picnic: picnic, picnics, park, outdoors, day out
breakfast
  Zum Frühstück: frühstück, frühstücken, brunch, müsli, porridge, morgens, brot
  For breakfast: breakfast, brunch, muesli, porridge, morning, mornings, toast and jam
coffee-table
  Zur Kaffeetafel: kaffeetafel, kaffeeklatsch, nachmittagskaffee, kaffee und kuchen, teestunde
  For coffee and cake: afternoon tea, coffee and cake, teatime, tea time
everyday
  Für jeden Tag: alltag, jeden tag, täglich, zwischendurch, feierabend, unter der woche
  For every day: everyday, every day, daily, weekday, weeknight, midweek, after work
gift
  Als Geschenk: geschenk, geschenke, verschenken, schenken, mitbringsel, geburtstag,
    geburtstagsgeschenk, muttertag, vatertag
  As a gift: gift, gifts, present, presents, birthday, mother's day, father's day, to give
dinner-guests
  Wenn Gäste kommen: gäste, gästen, besuch, dinner, abendessen, einladung, menü, festessen
  For dinner guests: guests, dinner, dinner party, company, supper, menu, visitors
housewarming
  Zum Einzug: einzug, einweihung, umzug, neue wohnung, richtfest
  For a housewarming: housewarming, moving in, new flat, new home
wedding
  Zur Hochzeit: hochzeit, hochzeiten, trauung, verlobung, hochzeitstag, jubiläum,
    heiratet, heiraten
  For a wedding: wedding, weddings, engagement, anniversary, getting married, marries
office
  Fürs Büro: büro, arbeit, schreibtisch, homeoffice, kollegen, besprechung
  For the office: office, work, desk, home office, colleagues, meeting
travel
  Für unterwegs: reise, reisen, unterwegs, bahn, zug, wandern, rucksack, urlaub, camping,
    fahrrad, zugfahrt, autofahrt
  For travelling: travel, travelling, traveling, on the go, train, hiking, holiday, camping,
    bike, road trip, for the road, journey
party
  Fürs Fest: fest, feier, feiern, party, silvester, fasching, sommerfest
  For a party: party, parties, celebration, new year's eve, summer party
christmas
  Für Weihnachten: weihnachten, advent, adventszeit, nikolaus, heiligabend, weihnachtsgeschenk,
    plätzchen
  For Christmas: christmas, advent, christmas eve, xmas, stocking filler
winter
  Für kalte Tage: winter, kalte tage, kälte, herbst, kaminabend, kamin, frost
  For cold days: winter, cold days, autumn, fall, fireside
summer
  Für heiße Tage: sommer, hitze, heiße tage, terrasse, balkon, garten, strand
  For hot days: summer, heat, hot days, terrace, balcony, garden, beach
children
  Mit Kindern: kinder, kindern, kind, familie, enkel, schulbrot
  With children: children, kids, child, family, grandchildren, lunchbox
quiet-evening
  Für den ruhigen Abend: ruhiger abend, sofa, lesen, allein, alleine, buch, feierabendglas,
    entspannen
  For a quiet evening: quiet evening, sofa, reading, alone, book, unwind, night in
"""


def _named_words(line: str) -> tuple[str, tuple[str, ...]]:
    """Name and words of one line of the table."""
    name, _, words = line.partition(":")
    return name.strip(), tuple(word.strip() for word in words.split(","))


def _occasions(table: str) -> tuple[Occasion, ...]:
    """The occasions of the table, in its order, which is the order shown."""
    lines = table.strip().replace("\n    ", " ").split("\n")
    found = []
    for slug, german, english in zip(lines[::3], lines[1::3], lines[2::3], strict=True):
        (de, words_de), (en, words_en) = _named_words(german), _named_words(english)
        found.append(Occasion(slug, de, en, words_de, words_en))
    return tuple(found)


OCCASIONS: Final = _occasions(_TABLE)
