"""What regions and what comes from there are called, for reading wishes: the Moselle is the Mosel,
an East Frisian tea one from Ostfriesland.
"""

from __future__ import annotations

from typing import Final

_TABLE: Final = """
Mosel, Moselle
Baden, badisch
Allgäu, Allgäuer
Rhön, Rhöner
Lausitz, Lusatia, Lausitzer, Lusatian
Westerwald, Westerwälder
Sachsen, Saxony, sächsisch, Saxon
Ostfriesland, East Frisia, ostfriesisch, East Frisian
Nordfriesland, North Frisia, nordfriesisch, North Frisian
Lüneburger Heide, Lüneburg Heath
Bayern, Bavaria, bayerisch, bayrisch, Bavarian
Franken, Franconia, fränkisch, Franconian
Pfalz, Palatinate, pfälzisch, Pfälzer
Rheinland, Rhineland, rheinisch
Hessen, Hesse, hessisch, Hessian
Thüringen, Thuringia, Thüringer, Thuringian
Schwarzwald, Black Forest, Schwarzwälder
Schwaben, Swabia, schwäbisch, Swabian
Bodensee, Lake Constance
Niedersachsen, Lower Saxony, niedersächsisch
Nordrhein-Westfalen, North Rhine-Westphalia
Westfalen, Westphalia, westfälisch, Westphalian
Steiermark, Styria, steirisch, Styrian
Kärnten, Carinthia, Kärntner, Carinthian
Tirol, Tyrol, Tiroler, Tyrolean
Südtirol, South Tyrol, Südtiroler, South Tyrolean
Niederösterreich, Lower Austria
Wien, Vienna
Wallis, Valais
Waadt, Vaud
Graubünden, Grisons, Bündner
Tessin, Ticino
Elsass, Alsace, elsässisch, Alsatian
Burgund, Burgundy
Toskana, Tuscany, toskanisch, Tuscan
Piemont, Piedmont, piemontesisch, Piedmontese
Sizilien, Sicily, sizilianisch, Sicilian
Apulien, Puglia, apulisch, Apulian
Navarra, Navarre
Katalonien, Catalonia, katalanisch, Catalan
Andalusien, Andalusia, andalusisch, Andalusian
"""
NAMES: Final = {name: tuple(row.split(", ")) for row in _TABLE.strip().split("\n")
                for name in row.split(", ")}
"""All names by each of them."""


def names_of(region: str) -> tuple[str, ...]:
    """All names of a region, its own first."""
    return region, *(name for name in NAMES.get(region, ()) if name != region)
