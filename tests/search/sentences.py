# ruff: noqa: E501 - a sentence and its chips stand in one line
"""A hundred wishes as people say them, half of them in German, with what is to be understood.

Written by hand; `kind:value`, "not " before what is unwanted, "+ words" for what stays as text.
"""

from __future__ import annotations

GERMAN = """
Weißwein unter 12 Euro | category:wine/white price:-1200
ein trockener Riesling bis 15 € | category:wine/white/riesling attribute:taste=dry price:-1500
Rotwein für 6 Personen | category:wine/red people:6
Schokolade ohne Nüsse | category:chocolate not attribute:with=nuts
vegane Schokolade | category:chocolate attribute:diet=vegan
Ich hätte gern einen milden Käse | category:cheese attribute:taste=mild
Honig aus dem Allgäu | category:honey region:allgaeu
Wein von der Mosel zu Fisch | category:wine region:mosel occasion:fish
Weißwein zu Spargel, höchstens 10 Euro | category:wine/white occasion:asparagus price:-1000
etwas zu Lachs | occasion:salmon
ein Geschenk bis 30 Euro | gift:gift price:-3000
Geschenk für meinen Vater, Rotwein | gift:gift category:wine/red
Rotwein zwischen 8 und 14 Euro | category:wine/red price:800-1400
zwei Flaschen Weißwein | amount:2 flaschen category:wine/white
Kaffee ab 10 Euro | category:coffee price:1000-
500 g Kaffee | size:500 g category:coffee
Honig, 250 g, bis 8 Euro | size:250 g category:honey price:-800
roter Pullover in Größe L | attribute:colour=red category:knit size:l
Pullover unter 90 Euro, nicht rot | category:knit price:-9000 not attribute:colour=red
Wein, nicht süß | category:wine not attribute:taste=sweet
Käse und Wein | category:cheese category:wine
Wein, Käse und Honig für 4 | category:wine category:cheese category:honey people:4
Tischdecke, Tassen und Honig zu Weihnachten | category:cloth category:cup category:honey occasion:christmas
etwas Süßes ohne Gluten | attribute:taste=sweet not word:gluten
glutenfreie Schokolade bis 5 Euro | attribute:free=gluten category:chocolate price:-500
Biowein | category:wine attribute:organic=yes
Bio Honig | category:honey attribute:organic=yes
ungefähr 20 Euro für Rotwein | price:1600-2400 category:wine/red
Rotwein um die 10 Euro | category:wine/red price:800-1200
Wein vom Weingut Kaltbach | category:wine producer:kaltbach
Wein für heute Abend | category:wine date:2026-11-02
Käse bis Samstag | category:cheese date:2026-11-07
Schokolade für zehn Leute | category:chocolate people:10
Weihnachten: Rotwein und Schokolade | occasion:christmas category:wine/red category:chocolate
keine Schokolade, lieber Honig | not category:chocolate category:honey
Riesling trocken | category:wine/white/riesling attribute:taste=dry
sechs Tassen | amount:6 tassen category:cup
Kaffee nicht über 12,50 € | category:coffee price:-1250
Honig für meine Oma | category:honey gift:gift
ich brauche Weißwein für zwölf Gäste | category:wine/white people:12
Wein aus Sizilien, rot | region:sicily category:wine attribute:colour=red
Käse zum Wein | category:cheese + Wein
süße Schokolade, aber ohne Nüsse | attribute:taste=sweet category:chocolate not attribute:with=nuts
Rotwein mindestens 15 Euro | category:wine/red price:1500-
Kaffee am Freitag | category:coffee date:2026-11-06
1 kg Honig | size:1 kg category:honey
Weißwein 0,75 l | category:wine/white size:0.75 l
Tasse für Kaffee | category:cup category:coffee
Wein zu Käse und Fisch | category:wine occasion:cheese occasion:fish
trockener Weißwein der Mosel unter 14 Euro zu Spargel für 6 | attribute:taste=dry category:wine/white region:mosel price:-1400 occasion:asparagus people:6
"""
ENGLISH = """
white wine under 12 euros | category:wine/white price:-1200
a dry riesling up to 15 euros | attribute:taste=dry category:wine/white/riesling price:-1500
red wine for 6 people | category:wine/red people:6
chocolate without nuts | category:chocolate not attribute:with=nuts
vegan chocolate | attribute:diet=vegan category:chocolate
I would like a mild cheese | attribute:taste=mild category:cheese
wine from Sicily | category:wine region:sicily
white wine with salmon, at most 10 euros | category:wine/white occasion:salmon price:-1000
something to go with fish | occasion:fish
a gift under 30 euros | gift:gift price:-3000
a present for my mother, red wine | gift:gift category:wine/red
red wine between 8 and 14 euros | category:wine/red price:800-1400
two bottles of white wine | amount:2 bottles category:wine/white
coffee from 10 euros | category:coffee price:1000-
500 g coffee | size:500 g category:coffee
honey, 250 g, below 8 euros | size:250 g category:honey price:-800
red sweater size L | attribute:colour=red category:knit size:l
sweater under 90 euros, not red | category:knit price:-9000 not attribute:colour=red
wine, not sweet | category:wine not attribute:taste=sweet
cheese and wine | category:cheese category:wine
wine, cheese and honey for 4 | category:wine category:cheese category:honey people:4
something sweet without gluten | attribute:taste=sweet not word:gluten
gluten-free chocolate below 5 euros | attribute:free=gluten category:chocolate price:-500
around 20 euros for red wine | price:1600-2400 category:wine/red
red wine about 10 euros | category:wine/red price:800-1200
wine for tonight | category:wine date:2026-11-02
cheese by Saturday | category:cheese date:2026-11-07
chocolate for ten people | category:chocolate people:10
no chocolate, rather honey | not category:chocolate category:honey
dry riesling | attribute:taste=dry category:wine/white/riesling
six mugs | amount:6 category:cup
coffee no more than 12.50 € | category:coffee price:-1250
honey for my grandmother | category:honey gift:gift
I need white wine for twelve guests | category:wine/white people:12
sweet chocolate but without nuts | attribute:taste=sweet category:chocolate not attribute:with=nuts
red wine at least 15 euros | category:wine/red price:1500-
coffee by Friday | category:coffee date:2026-11-06
1 kg honey | size:1 kg category:honey
wine with cheese and fish | category:wine occasion:cheese occasion:fish
a dry white wine with fish and cheese | attribute:taste=dry category:wine/white occasion:fish occasion:cheese
wine less than 9 euros | category:wine price:-900
chocolate and coffee for my sister | category:chocolate category:coffee gift:gift
a red sweater, size M, up to 100 euros | attribute:colour=red category:knit size:m price:-10000
sweet wine | attribute:taste=sweet category:wine
3 jars of honey | amount:3 jars category:honey
nut-free chocolate | not attribute:with=nuts category:chocolate
cheese for eight guests, mild | category:cheese people:8 attribute:taste=mild
white wine 10 to 15 euros | category:wine/white price:1000-1500
coffee, cheaper than 9 euros | category:coffee price:-900
"""


def sentences() -> list[tuple[str, frozenset[str], str]]:
    """Each wish with its chips, and the words that stay as text ("" for none named)."""
    rows = []
    for line in (GERMAN + ENGLISH).strip().splitlines():
        typed, _bar, said = line.partition(" | ")
        said, _plus, text = said.partition(" + ")
        chips, words = set(), said.split()
        while words:
            word = words.pop(0)
            if word == "not":
                word = f"not {words.pop(0)}"
            while words and ":" not in words[0] and words[0] != "not":
                word += " " + words.pop(0)
            chips.add(word)
        rows.append((typed, frozenset(chips), text))
    return rows
