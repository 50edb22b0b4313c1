"""Words for a drawing, for those who cannot see it."""

from __future__ import annotations

from typing import Final

from marketplace.demo.content.kinds import Product, Words

# What each form shows, in German and English.
SHOWN: Final[dict[str, tuple[str, str]]] = {
    "schlegel": ("schlanke Flasche mit Etikett", "slender bottle with a label"),
    "bordeaux": ("Flasche mit hohen Schultern und Etikett", "high-shouldered bottle with a label"),
    "burgund": ("bauchige Flasche mit Etikett", "sloping bottle with a label"),
    "sparkling": ("Sektflasche mit Folie", "sparkling wine bottle with foil"),
    "oil": ("schmale Flasche", "narrow bottle"),
    "jar": ("Glas mit Schraubdeckel", "jar with a screw lid"),
    "low-jar": ("niedriges Glas mit Deckel", "low jar with a lid"),
    "pot": ("Steinguttopf mit Papierkappe", "stoneware pot with a paper cap"),
    "crock": ("Steintopf mit Henkeln", "crock with two handles"),
    "tin": ("runde Dose", "round tin"),
    "coffee-bag": ("Kaffeetüte mit Clip", "coffee bag with a clip"),
    "tea-tin": ("Teedose mit Deckel", "tea tin with a lid"),
    "bar": ("Tafel Schokolade, an einer Ecke offen", "bar of chocolate, open at one corner"),
    "carton": ("Schachtel mit Etikett", "box with a label"),
    "sack": ("zugebundenes Stoffsäckchen", "tied cloth sack"),
    "wheel": ("angeschnittener Käselaib mit Fähnchen", "cut wheel of cheese with a flag"),
    "wedge": ("Stück Käse auf Papier", "wedge of cheese on paper"),
    "loaf": ("Stapel runder Knäckebrote", "stack of round crispbread"),
    "crate": ("Kiste mit Obst", "crate of fruit"),
    "almonds": ("Schale voller Mandeln", "bowl full of almonds"),
    "sweater": ("Pullover auf einem Bügel", "sweater on a hanger"),
    "cardigan": ("Strickjacke auf einem Bügel", "cardigan on a hanger"),
    "shirt": ("Hemd auf einem Bügel", "shirt on a hanger"),
    "trousers": ("Hose an zwei Haken", "trousers on two pegs"),
    "folded": ("gefalteter Schal mit Banderole", "folded scarf with a paper band"),
    "beanie": ("Mütze auf einem Holzkopf", "cap on a wooden stand"),
    "socks": ("zwei Socken an einer Leine", "two socks on a line"),
    "tote": ("Filztasche an einem Haken", "felt bag on a peg"),
    "bowl": ("Schale", "bowl"),
    "mug": ("Henkelbecher", "mug with a handle"),
    "beaker": ("zwei Becher ohne Henkel", "two beakers without handles"),
    "vase": ("Vase mit einem Zweig", "vase with a twig"),
    "jug": ("Krug mit Henkel", "jug with a handle"),
    "teapot": ("Teekanne mit Bügel", "teapot with a cane handle"),
    "plate": ("an die Wand gelehnter Teller", "plate leaning on the wall"),
    "dripper": ("Kaffeefilter auf einer Glaskanne", "coffee dripper on a glass jug"),
    "butter-dish": ("Butterglocke auf ihrem Teller", "butter bell on its dish"),
    "board": ("Holzbrett, angelehnt", "wooden board, leaning"),
    "wooden-bowl": ("gedrechselte Holzschale", "turned wooden bowl"),
    "mill": ("Pfeffermühle aus Holz", "wooden pepper mill"),
    "candlestick": ("Leuchter mit brennender Kerze", "candlestick with a burning candle"),
    "candles": ("Kerzen, eine davon brennt", "candles, one of them burning"),
    "spoons": ("drei Kochlöffel in einem Becher", "three spoons in a beaker"),
    "rolling-pin": ("Nudelholz auf einem bemehlten Tuch", "rolling pin on a floured cloth"),
    "stool": ("Hocker mit drei Beinen", "stool with three legs"),
    "book": ("Buch mit Holzdeckeln", "book with wooden covers"),
    "brush": ("Handbürste mit dichten Borsten", "hand brush with dense bristles"),
}


def alt_of(producer: str, product: Product) -> Words:
    """What the drawing of a product shows, at most 200 characters."""
    german, english = SHOWN[product.picture.form]
    return Words(
        de=f"Zeichnung: {german}, {product.title.de}, {producer}"[:200],
        en=f"Drawing: {english}, {product.title.en}, {producer}"[:200],
    )
