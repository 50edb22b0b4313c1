"""Wishes as people say them: what looks alike and is not, what is said twice, left out, or meant
otherwise. Written after the first hundred; each line once was read wrongly.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from marketplace.search.rules.wishes import Chip, Vocabulary, parse
from tests.search.phone import MARKET, TYPED
from tests.search.test_wishes import WORDS

SAID = replace(
    WORDS,
    categories={
        **WORDS.categories, "Schals": "scarf", "scarves": "scarf", "Schalen": "bowl",
        "bowls": "bowl", "Hemden": "shirt", "Öl": "oil", "oil": "oil", "Tee": "tea", "tea": "tea",
        "Bücher": "books", "books": "books", "Nüsse": "nuts", "nuts": "nuts", "Brot": "bread",
        "bread": "bread", "Senf": "mustard", "mustard": "mustard", "Rosé": "wine/rose",
        "Socken": "socks", "Kerzen": "candles", "candles": "candles", "Keramik": "ceramics",
        "ceramic": "ceramics", "Vasen": "vase", "vases": "vase", "Krug": "jug", "jug": "jug",
        "Kannen": "jug", "Hats": "hat", "mugs": "cup", "T-Shirt": "shirt", "Wood": "crafts"},
    attributes={
        "Leinen": "fibre=linen", "linen": "fibre=linen", "Ziege": "milk=goat", "goat": "milk=goat",
        "hell": "roast=light", "light": "roast=light", "dunkel": "roast=dark",
        "dark": "roast=dark", "trocken": "taste=dry"},
    occasions={
        **WORDS.occasions, "bohnen": "beans", "beans": "beans", "roast": "meat", "braten": "meat",
        "ziegenkäse": "cheese", "goat cheese": "cheese", "scharf": "spicy", "spicy": "spicy",
        "backen": "baking", "hochzeit": "wedding", "guests": "guests"},
    fits={"roast": frozenset(("coffee",)), "fibre": frozenset(("shirt", "scarf")),
          "milk": frozenset(("cheese",))},
    above={"vase": frozenset(("ceramics",))},
    english=frozenset(("wine", "coffee", "bread", "tea", "mugs", "vases", "jug", "ceramic")),
)  # fmt: skip


@pytest.mark.parametrize(("text", "chips", "left"), [
    ("einen Schal bis 80 Euro", "category:scarf price:-8000", ""),
    ("a scarf", "category:scarf", ""),
    ("eine Schale", "category:bowl", ""),
    ("Leinenhemd, blau", "attribute:fibre=linen category:shirt", "blau"),
    ("Olivenöl", "category:oil", ""),
    ("Wollsocken", "category:socks", ""),
    ("Hochzeitsgeschenk", "gift:gift occasion:wedding", ""),
    ("Ziegenkäse", "attribute:milk=goat category:cheese", ""),
    ("goat cheese", "attribute:milk=goat category:cheese", ""),
    ("Wein zu Ziegenkäse", "category:wine occasion:cheese", ""),
    ("Kaffee, dunkel geröstet, ganze Bohnen", "category:coffee attribute:roast=dark",
     "ganze Bohnen"),
    ("coffee, light roast", "category:coffee attribute:roast=light", ""),
    ("Rosé, light", "category:wine/rose", "light"),
    ("scharfer Senf", "category:mustard", "scharfer"),
    ("Senf zu Scharfem", "category:mustard occasion:spicy", ""),
    ("Brot vom Bäcker", "category:bread", "Bäcker"),
    ("Ein Buch über Wein", "category:books", "Wein"),
    ("a book about wine, under 20 euros", "category:books price:-2000", "wine"),
    ("Wein über 20 Euro", "category:wine price:2000-", ""),
    ("Tee statt Kaffee", "category:tea not category:coffee", ""),
    ("tea instead of coffee", "category:tea not category:coffee", ""),
    ("Schokolade ohne Milch und ohne Nüsse",
     "category:chocolate not word:milch not word:nusse", ""),
    ("bread without palm oil", "category:bread not word:palm oil", ""),
    ("Coffee that isn't sour", "category:coffee not word:sour", ""),
    ("I'd like mustard", "category:mustard", ""),
    ("Weißwein oder Rosé", "category:wine/white category:wine/rose", ""),
    ("einen halben Liter Öl", "size:0.5 l category:oil", ""),
    ("half a litre of oil", "size:0.5 l category:oil", ""),
    ("Wein für Samstag", "category:wine date:2026-11-07", ""),
    ("wine by Tuesday", "category:wine date:2026-11-03", ""),
    ("wine for Sunday roast", "category:wine occasion:meat", "Sunday"),
    ("cheese for 12 guests", "category:cheese people:12", ""),
    ("sweater XL", "category:knit size:xl", ""),
    ("Schal in M für meinen Mann", "category:scarf size:m gift:gift", ""),
    ("mugs, set of 4", "category:cup amount:4", ""),
    ("Käse, der zu Rotwein passt", "category:cheese", "Rotwein"),
    ("cheese that goes with red wine", "category:cheese", "red wine"),
    ("Kerze, die nach Honig riecht", "category:candles", "Honig riecht"),
    ("a candle that smells of honey", "category:candles", "smells honey"),
    ("a scarf made of linen", "category:scarf attribute:fibre=linen", ""),
    ("two jars of honey and a jar of mustard", "amount:2 jars category:honey category:mustard", ""),
    ("nichts mit Nüssen", "not word:nussen", ""),
    ("gluten free bread", "not word:gluten category:bread", ""),
    ("Tee halbtrocken", "category:tea", "halbtrocken"),
    ("€15 to €25 scarf", "price:1500-2500 category:scarf", ""),
    ("zwei Geschenke bis Freitag", "amount:2 gift:gift date:2026-11-06", ""),
    ("Rotwein, insgesamt 3 Flaschen, darf bis 15 Euro pro Flasche kosten",
     "category:wine/red amount:3 flaschen price:-1500", ""),
])  # fmt: skip
def test_what_people_say(text: str, chips: str, left: str) -> None:
    """search-7: read as it is meant; what stays as text is spelled as it was typed."""
    wish = parse(text, SAID, date(2026, 11, 2))
    said = {f"{'not ' if c.negated else ''}{c.kind}:{c.value}" for c in wish.all_chips()}
    rows, words = set(), chips.split()
    while words:
        word = words.pop(0)
        if word == "not":
            word = f"not {words.pop(0)}"
        while words and ":" not in words[0] and words[0] != "not":
            word += " " + words.pop(0)
        rows.add(word)
    assert (said, " ".join(part.text for part in wish.parts if part.text)) == (rows, left)


@pytest.mark.parametrize(("text", "chips", "left"), [
    ("Schal aus deutscher Wolle", "category:scarf", "deutscher Wolle"),
    ("Was kann man zu Lachs trinken?", "occasion:salmon", ""),
    ("a hat for my host", "category:hat gift:gift", ""),
    ("nen Wein fürs Backen", "category:wine occasion:baking", ""),
    ("Geschenkkorb für den Kollegen", "gift:gift", ""),
    ("ein Geschenk für einen Kaffeeliebhaber", "gift:gift category:coffee", ""),
    ("bread, at least 70 % rye", "category:bread", "70 rye"),
    ("Käse, mindestens 12 Monate gereift", "category:cheese", "12 Monate gereift"),
    ("jug for lemonade", "category:jug", "lemonade"),
    ("Senf mit Honig", "category:mustard", "Honig"),
    ("mustard with honey", "category:mustard", "honey"),
    ("honey for tea", "category:honey", "tea"),
    ("Was Helles zum Kaffee", "attribute:roast=light", "Kaffee"),
    ("shawl size 110", "size:110", "shawl"),
    ("wine under £15", "category:wine price:-1500", ""),
    ("ceramic vase under 50", "category:vase price:-5000", ""),
    ("a coffee mug", "category:cup", "coffee"),
    ("six wine glasses", "amount:6", "wine glasses"),
    ("bread knife", "", "bread knife"),
    ("anything but bread", "not category:bread", ""),
    ("alles außer Wein", "not category:wine", ""),
    ("a book about bread baking", "category:books", "bread baking"),
    ("a bottle of red with salmon", "category:wine/red occasion:salmon", ""),
    ("a scarf in red", "category:scarf", "red"),
    ("Wein vom Kaltbach", "category:wine producer:kaltbach", ""),
    ("Tee für die Winterhochzeit", "category:tea occasion:wedding", ""),
    ("wine for a party of 15", "category:wine people:15", ""),
    ("Wein bis Fr", "category:wine date:2026-11-06", ""),
    ("zw. 10 u. 15 € Rotwein", "price:1000-1500 category:wine/red", ""),
    ("Rotwein um 20€ rum", "category:wine/red price:1600-2400", ""),
    ("Honig, 10,- Euro", "category:honey price:-1000", ""),
    ("2x Honig 500g", "amount:2 x category:honey size:500 g", ""),
    ("Wein f. 6 Pers.", "category:wine people:6", ""),
    ("wine w/ fish", "category:wine occasion:fish", ""),
    ("wine w/o alcohol", "category:wine not word:alcohol", ""),
    ("irgendwas mit Honig", "", "Honig"),
    ("Honig zur Hochzeit, wir sind 8", "category:honey occasion:wedding people:8", ""),
    ("red or white wine for guests", "category:wine/red category:wine/white occasion:guests", ""),
    ("mustard saucer", "category:mustard", "saucer"),
    ("scarf for my mother-in-law", "category:scarf gift:gift", ""),
    ("gift for mum, 40ish", "gift:gift price:3200-4800", ""),
    ("vier Teeschalen", "amount:4 category:bowl", ""),
    ("a wooden bowl", "category:bowl", "wooden"),
    ("cheap everyday white", "category:wine/white", "cheap everyday"),
    ("honey pls", "category:honey", ""),
    ("something light with coffee", "attribute:roast=light", "coffee"),
    ("Bio-Honig", "word:bio category:honey", ""), ("Bio-Olivenöl", "word:bio category:oil", ""),
    ("wine for friends coming over", "category:wine", ""),
    ("honey for a colleague", "category:honey gift:gift", ""),
    ("Schale, ca. 30 cm", "category:bowl size:30 cm", ""),
])  # fmt: skip
def test_short_forms_and_slang(text: str, chips: str, left: str) -> None:
    """search-7: short forms, slang, and words of which the last says what is wanted."""
    test_what_people_say(text, chips, left)


@pytest.mark.parametrize(("text", "parts"), [
    ("Weißwein oder Rosé", ["wine/white wine/rose"]), ("Rotwein/Weißwein", ["wine/red wine/white"]),
    ("Rotwein Käse Honig", ["wine/red", "cheese", "honey"]), ("tea + honey", ["tea", "honey"]),
    ("coffee & chocolate", ["coffee", "chocolate"]),
    ("two bottles of red and one of white", ["wine/red", "wine/white"]),
    ("Senf mit Honig", []), ("tea for two", [])])
def test_parts_of_a_board(text: str, parts: list[str]) -> None:
    """search-7: what is asked for side by side are parts; either of two is one."""
    wish = parse(text, SAID, date(2026, 11, 2))
    if len(parts) < 2 and not any(" " in one for one in parts):
        assert not wish.is_bundle
        return
    shelves = [" ".join(c.value for c in (*part.chips, *(() if wish.is_bundle else wish.chips))
                        if c.kind == "category") for part in wish.parts]
    assert shelves == parts


def meant(text: str, known: Vocabulary = MARKET, today: date = date(2026, 11, 30)) -> str:
    """What was read, as the rows of `TYPED` say it."""
    def said(chip: Chip) -> str:
        bounds = ("" if end is None else str(end) for end in (chip.low, chip.high))
        what = "-".join(bounds) if chip.kind == "price" else chip.value
        return f"{'!' if chip.negated else ''}{chip.kind}:{what}"

    wish = parse(text, known, today)
    parts = [[*map(said, part.chips), *([f"«{part.text}»"] if part.text else ())]
             for part in wish.parts]
    return " | ".join(filter(None, [
        " ".join(map(said, wish.chips)), *map(" ".join, parts)]))


@pytest.mark.parametrize(("text", "means"), TYPED)
def test_what_is_typed_on_a_phone(text: str, means: str) -> None:
    """search-7: small letters, slips, no umlauts, several things at once: all of it, nothing else.
    """
    assert meant(text) == means


def test_a_slip_or_a_shelf_means_no_more_than_it_says() -> None:
    """search-7: one of two shelves is no bundle, both are; a wider word adds nothing; what only
    looks like a slip, an ending or a size is none.
    """
    assert meant("wein oder käse") == "category:wine category:cheese"
    assert meant("rotwein, wein") == meant("wein, rotwein") == "category:red-wine"
    assert meant("wein und sekt") == "category:wine | category:sparkling-wine"
    assert meant("schal für meinen mann") == "gift:gift category:accessories"
    assert meant("jeden samstag") == "«jeden samstag»"
    assert meant("wine for sunday roast") == "category:wine | «sunday roast»"
    assert meant("1 l öl") == "size:1 l category:oil-vinegar"
    assert meant("was geht's") == ""
    assert meant("rotwein, nicht zu teuer") == "category:red-wine"
    assert meant("rotwein so 20 euro") == "price:1600-2400 category:red-wine"
    assert meant("wine by dec 20") == "date:2026-12-20 category:wine"
    assert meant("marmelade fürs brot") == "category:jam occasion:breakfast"
