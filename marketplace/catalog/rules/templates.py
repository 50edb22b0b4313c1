"""What each kind of goods has to say before it is published. Pure.

Source: Reg. 1169/2011 (LMIV); Reg. 1308/2013 Art. 119; Reg. 2019/33; Reg. 2019/787; Reg. 2018/848;
Reg. 1007/2011; Dir. 94/11; Reg. 1935/2004; GPSR 2023/988 Art. 19; Dir. 2001/110 with 2024/1438.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from marketplace.catalog.rules.fields import (
    NOTHING_AROUND,
    Around,
    FactField,
    demanded,
    value_of,
)

__all__ = ["FOOD", "TEMPLATES", "FactField", "fields_of", "missing"]

FOOD: Final = frozenset({"wine", "spirits", "food", "coffee_tea"})
"""Templates of what is eaten or drunk: food law instead of product safety law."""
FIC, GPSR = "Reg. (EU) 1169/2011", "Reg. (EU) 2023/988"
CMO, WINE = "Reg. (EU) 1308/2013", "Reg. (EU) 2019/33"


def _f(key: str, de: str, en: str, *marks: str, **more: Any) -> FactField:
    """A field; marks: "!" demanded, "?" filterable, "*" of one lot."""
    return FactField(key, de, en, mandatory="!" in marks, facet="?" in marks,
                     per_lot="*" in marks, **more)


KINDS = (("Weißwein", "white wine"), ("Rotwein", "red wine"), ("Rosé", "rosé"),
         ("Schaumwein", "sparkling wine"), ("Perlwein", "semi-sparkling wine"),
         ("Süßwein", "dessert wine"), ("Likörwein", "liqueur wine"),
         ("Entalkoholisierter Wein", "de-alcoholised wine"))
SWEETNESS = (("trocken", "dry"), ("halbtrocken", "medium dry"), ("feinherb", "off-dry"),
             ("lieblich", "medium sweet"), ("süß", "sweet"), ("brut nature", "brut nature"),
             ("extra brut", "extra brut"), ("brut", "brut"), ("extra trocken", "extra dry"))
ROASTS = (("hell", "light"), ("mittel", "medium"), ("dunkel", "dark"), ("gemischt", "mixed"))
MILKS = (("Kuh", "cow"), ("Ziege", "goat"), ("Schaf", "sheep"), ("gemischt", "mixed"))
EXEMPT = (
    ("aus einer einzigen, unverarbeiteten Zutat", "a single unprocessed ingredient"),
    ("Kräuter, Gewürze oder Salz", "herbs, spices or salt"),
    ("Kaffee, Tee oder Kräutertee", "coffee, tea or herbal tea"),
    ("Essig", "vinegar"),
    ("Packung unter 25 cm²", "package below 25 cm²"),
    ("handwerklich, in kleinen Mengen direkt vom Hersteller",
     "handcrafted, small quantities directly from the maker"),
    ("Getränk mit mehr als 1,2 % vol Alkohol", "drink with more than 1.2 % vol of alcohol"))
FARMING = (("EU-Landwirtschaft", "EU agriculture"),
           ("Nicht-EU-Landwirtschaft", "non-EU agriculture"),
           ("EU-/Nicht-EU-Landwirtschaft", "EU/non-EU agriculture"))

_HELP_ADDRESS = {"hint_de": "Straße, Postleitzahl, Ort, Land", "source": "address",
                 "hint_en": "street, postcode, town, country"}
MAKER = _f("maker", "Hersteller", "Maker", source="maker")
FIRM = (
    _f("maker", "Verantwortliche Firma", "Responsible firm", "!", source="maker",
       law=f"{FIC} Art. 9 (1) h"),
    _f("maker_address", "Anschrift der Firma", "Address of the firm", "!", **_HELP_ADDRESS,
       law=f"{FIC} Art. 9 (1) h"),
)
SAFETY = (
    _f("maker", "Hersteller", "Maker", "!", source="maker", law=f"{GPSR} Art. 19 a"),
    _f("maker_address", "Anschrift des Herstellers", "Maker's address", "!", **_HELP_ADDRESS,
       law=f"{GPSR} Art. 19 a"),
    _f("maker_e_mail", "E-Mail des Herstellers", "Maker's e-mail", "!", source="e_mail",
       law=f"{GPSR} Art. 19 a"),
    _f("maker_country", "Land des Herstellers", "Maker's country", source="country",
       hint_de="zwei Buchstaben, etwa DE", hint_en="two letters, such as DE"),
    _f("eu_person", "Verantwortliche Person in der EU", "Responsible person in the EU", "!",
       only_if="outside_eu", kind="long", law=f"{GPSR} Art. 19 b",
       hint_de="Name, Anschrift, E-Mail", hint_en="name, address, e-mail"),
    _f("type_mark", "Typ oder Charge", "Type or batch", "!", "*", source="lot",
       law=f"{GPSR} Art. 19 c"),
    _f("warnings", "Warnhinweise", "Warnings", "!", kind="long", only_if="warned",
       law=f"{GPSR} Art. 19 d", hint_de="in der Sprache jedes Landes, in das verschickt wird",
       hint_en="in the language of each country it is sent to"),
    _f("no_warnings", "Warnhinweise sind nicht nötig", "No warnings needed", kind="yes_no"),
)
ORGANIC = (
    _f("organic", "Bio: Kontrollstelle", "Organic: control body", "!", only_if="organic",
       law="Reg. (EU) 2018/848 Art. 32", hint_de="etwa DE-ÖKO-003",
       hint_en="such as DE-ÖKO-003"),
    _f("organic_origin", "Bio: Herkunft der Zutaten", "Organic: where it was grown", "!",
       only_if="organic", kind="choice", choices=FARMING, law="Reg. (EU) 2018/848 Art. 32"),
)
PACKING = (
    _f("recycling", "Entsorgung der Verpackung", "Recycling of the packaging",
       hint_de="etwa „Glas: Weißglas, Kapsel: Wertstoffe“",
       hint_en="such as “glass: clear glass, cap: recyclables”"),
)
NUTRITION_LAW = f"{CMO} Art. 119 (1) h"
TEMPLATES: Mapping[str, tuple[FactField, ...]] = {
    "wine": (
        _f("kind", "Art", "Kind", "!", kind="choice", choices=KINDS, law=f"{CMO} Art. 119 (1) a"),
        _f("grape", "Rebsorte", "Grape", "?"),
        _f("vintage", "Jahrgang", "Vintage", "!", "?", "*", source="vintage",
           hint_de="Jahr, oder „ohne“", hint_en="year, or “none”"),
        _f("sweetness", "Geschmack", "Sweetness", "!", "?", kind="choice", choices=SWEETNESS,
           only_if="sparkling", law=f"{WINE} Art. 47"),
        _f("volume", "Nennfüllmenge", "Volume", "!", kind="given", source="amount",
           law=f"{FIC} Art. 9 (1) e"),
        _f("alcohol", "Alkohol", "Alcohol", "!", "*", kind="number", unit="% vol",
           law=f"{CMO} Art. 119 (1) c"),
        _f("origin", "Herkunft", "Origin", "!", law=f"{CMO} Art. 119 (1) d",
           hint_de="mit Region, etwa „Deutscher Qualitätswein, Mosel“",
           hint_en="with the region, such as “German quality wine, Mosel”"),
        _f("body", "Körper", "Body", "?"), _f("acidity", "Säure", "Acidity", "*"),
        _f("residual_sugar", "Restzucker", "Residual sugar", "*"),
        _f("allergens", "Allergene", "Allergens", "!", law=f"{FIC} Art. 9 (1) c",
           hint_de="etwa „enthält Sulfite“", hint_en="such as “contains sulphites”"),
        _f("made_before", "Vor dem 8.12.2023 hergestellt", "Made before 8 December 2023", "*",
           kind="yes_no"),
        _f("ingredients", "Zutaten", "Ingredients", "!", "*", kind="long", only_if="new_wine",
           law=f"{CMO} Art. 119 (1) i"),
        _f("nutrition", "Nährwerte", "Nutrition", "!", "*", kind="nutrition", only_if="new_wine",
           law=NUTRITION_LAW),
        _f("closure", "Verschluss", "Closure"), _f("serving", "Trinktemperatur", "Serve at"),
        _f("maker", "Erzeuger oder Abfüller", "Producer or bottler", "!", source="maker",
           law=f"{CMO} Art. 119 (1) e"),
        _f("maker_address", "Anschrift", "Address", "!", **_HELP_ADDRESS,
           law=f"{CMO} Art. 119 (1) e"),
        _f("lot_mark", "Loskennzeichen", "Lot mark", "!", "*", source="lot",
           law="Dir. 2011/91/EU"),
        *ORGANIC, *PACKING,
    ),
    "spirits": (
        _f("legal_name", "Bezeichnung", "Legal name", "!", law="Reg. (EU) 2019/787 Art. 10"),
        _f("volume", "Nennfüllmenge", "Volume", "!", kind="given", source="amount",
           law=f"{FIC} Art. 9 (1) e"),
        _f("alcohol", "Alkohol", "Alcohol", "!", "*", kind="number", unit="% vol",
           law=f"{FIC} Art. 9 (1) k"),
        _f("allergens", "Allergene", "Allergens", "!", law=f"{FIC} Art. 9 (1) c",
           hint_de="oder „keine“", hint_en="or “none”"),
        _f("origin", "Herkunft", "Origin"), _f("ingredients", "Zutaten", "Ingredients"),
        *FIRM, *ORGANIC, *PACKING,
    ),
    "food": (
        _f("legal_name", "Bezeichnung", "Legal name", "!", law=f"{FIC} Art. 9 (1) a"),
        _f("net_amount", "Füllmenge", "Net amount", "!", kind="given", source="amount",
           law=f"{FIC} Art. 9 (1) e"),
        _f("in_liquid", "Liegt in Flüssigkeit", "Lies in liquid", kind="yes_no"),
        _f("drained", "Abtropfgewicht", "Drained weight", "!", kind="given", source="drained",
           only_if="in_liquid", law=f"{FIC} Annex IX no. 5"),
        _f("ingredients", "Zutaten", "Ingredients", "!", kind="long", law=f"{FIC} Art. 9 (1) b",
           hint_de="Allergene in GROSSBUCHSTABEN", hint_en="allergens in CAPITALS"),
        _f("allergens", "Allergene", "Allergens"),
        _f("nutrition", "Nährwerte", "Nutrition", "!", kind="nutrition", only_if="no_exemption",
           law=f"{FIC} Art. 9 (1) l"),
        _f("nutrition_exempt", "Keine Nährwerte nötig, weil", "No nutrition needed because",
           kind="choice", choices=EXEMPT, law=f"{FIC} Annex V"),
        _f("storage", "Aufbewahrung", "Storage", "!", law=f"{FIC} Art. 9 (1) g"),
        _f("origin", "Herkunft", "Origin", "!", "?", law=f"{FIC} Art. 26"),
        _f("origin_shares", "Herkunftsländer mit Anteilen", "Countries with shares", "!",
           kind="percentages", only_if="honey", law="Dir. 2001/110/EC with Dir. (EU) 2024/1438",
           hint_de="etwa „Deutschland 70 %, Italien 30 %“",
           hint_en="such as “Germany 70 %, Italy 30 %”"),
        _f("milk", "Milch", "Milk", "?", kind="choice", choices=MILKS),
        _f("diet", "Ernährung", "Diet", "?"), *FIRM, *ORGANIC, *PACKING,
    ),
    "coffee_tea": (
        _f("legal_name", "Bezeichnung", "Legal name", "!", law=f"{FIC} Art. 9 (1) a"),
        _f("net_amount", "Füllmenge", "Net weight", "!", kind="given", source="amount",
           law=f"{FIC} Art. 9 (1) e"),
        _f("origin", "Herkunft", "Origin", "!", "?", law=f"{FIC} Art. 26"),
        _f("roast", "Röstung", "Roast", "?", kind="choice", choices=ROASTS),
        _f("roasted_on", "Röstdatum oder Ernte", "Roasted on, or harvest", "!", "*",
           source="made_on", only_if="no_harvest"),
        _f("harvest", "Ernte", "Harvest", "*"),
        _f("process", "Aufbereitung", "Process", "?"), _f("ingredients", "Zutaten", "Ingredients"),
        _f("storage", "Aufbewahrung", "Storage"), *FIRM, *ORGANIC, *PACKING,
    ),
    "fashion": (
        _f("fibre", "Zusammensetzung", "Fibre", "!", "?", kind="percentages",
           law="Reg. (EU) 1007/2011 Art. 16", hint_de="etwa „75 % Schurwolle, 25 % Polyamid“",
           hint_en="such as “75 % virgin wool, 25 % polyamide”"),
        _f("sizes", "Größen", "Sizes", "!", kind="long", hint_de="mit Maßen",
           hint_en="with measurements"),
        _f("colour", "Farbe", "Colour", "?"),
        _f("animal", "Enthält nichttextile Teile tierischen Ursprungs",
           "Contains non-textile parts of animal origin", "!", kind="yes_no",
           law="Reg. (EU) 1007/2011 Art. 12"),
        _f("care", "Pflege", "Care"), *SAFETY,
    ),
    "shoes_leather": (
        _f("upper", "Obermaterial", "Upper", "!", law="Dir. 94/11/EC"),
        _f("lining", "Futter", "Lining", "!", law="Dir. 94/11/EC"),
        _f("sole", "Sohle", "Sole", "!", law="Dir. 94/11/EC",
           hint_de="oder „entfällt“", hint_en="or “does not apply”"),
        _f("measurements", "Maße", "Measurements"), _f("care", "Pflege", "Care"), *SAFETY,
    ),
    "tableware": (
        _f("material", "Material", "Material", "?"),
        _f("food_contact", "Für Lebensmittel", "For food contact", "!", kind="yes_no",
           law="Reg. (EC) 1935/2004 Art. 15"),
        _f("measurements", "Maße", "Measurements", "!"), _f("glaze", "Glasur", "Glaze", "?"),
        _f("care", "Pflege", "Care", "!"), *SAFETY,
    ),
    "crafts": (
        _f("materials", "Material", "Materials", "!", "?"),
        _f("measurements", "Maße", "Measurements", "!"), _f("care", "Pflege", "Care"), *SAFETY,
    ),
}


def fields_of(template: str) -> tuple[FactField, ...]:
    """The particulars of a template, in printing order."""
    return TEMPLATES.get(template, ())


def missing(template: str, facts: Mapping[str, object], around: Around = NOTHING_AROUND
            ) -> list[FactField]:
    """The demanded particulars that say nothing."""
    return [field for field in fields_of(template)
            if demanded(field, facts, around) and not str(value_of(field, facts, around)).strip()]
