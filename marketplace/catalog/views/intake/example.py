"""A small file to begin with."""

from __future__ import annotations

from flask import Response, make_response

from marketplace.catalog.views import pages
from marketplace.web.access import signed_in
from marketplace.web.languages import current_lang


@pages.get("/studio/import/example.csv")
@signed_in
def import_example() -> Response:
    """A small file to begin with, as this page's language writes it."""
    german = current_lang() == "de"
    rows = EXAMPLE_DE if german else EXAMPLE_EN
    given = make_response("\ufeff" + "\r\n".join(rows) + "\r\n")
    given.mimetype = "text/csv"
    name = "zuruf-beispiel.csv" if german else "zuruf-example.csv"
    given.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return given


EXAMPLE_DE = (
    "Artikelnummer;Produkt;Titel;Kurz gesagt;Regal;Preis;Menge;Einheit;Bestand;EAN;Wahlmöglichkeit;"
    "Für wen nicht;Wo es gemacht wird;Material;Maße",
    "SCHALE-K;schale;Schale Ebbe;Flach, für Salz und Ringe;Schalen & Schüsseln;18,00;1;Stück;12;"
    "4006381333931;klein;Nicht für die Spülmaschine.;Norden;Steinzeug;Ø 9 cm",
    "SCHALE-G;schale;;;;29,00;1;Stück;6;;groß;;;;",
    "BECHER-1;;Becher Flut;Liegt gut in kalten Händen;Becher & Tassen;22,50;1;Stück;20;;;"
    "Zu klein für große Milchkaffees.;Norden;Steinzeug;Ø 8 cm, 250 ml",
)
EXAMPLE_EN = (
    "Item number,Product,Name,In short,Shelf,Price,Amount,Unit,Stock,EAN,Choice,"
    "For whom it is not,Where it is made,Material,Measurements",
    "BOWL-S,bowl,Ebb bowl,\"Shallow, for salt and rings\",Bowls,18.00,1,piece,12,4006381333931,"
    "small,Not for the dishwasher.,Norden,Stoneware,Ø 9 cm",
    "BOWL-L,bowl,,,,29.00,1,piece,6,,large,,,,",
    "MUG-1,,Flood mug,Sits well in cold hands,Mugs & cups,22.50,1,piece,20,,,"
    "Too small for big milky coffees.,Norden,Stoneware,\"Ø 8 cm, 250 ml\"",
)
