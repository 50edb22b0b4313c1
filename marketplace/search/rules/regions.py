"""What regions are called in the other language, for reading wishes: the Moselle is the Mosel."""

from __future__ import annotations

from typing import Final

_TABLE: Final = """
Mosel, Moselle
Sachsen, Saxony
Ostfriesland, East Frisia
Lüneburger Heide, Lüneburg Heath
Bayern, Bavaria
Franken, Franconia
Pfalz, Palatinate
Rheinland, Rhineland
Hessen, Hesse
Thüringen, Thuringia
Schwarzwald, Black Forest
Schwaben, Swabia
Bodensee, Lake Constance
Niedersachsen, Lower Saxony
Nordrhein-Westfalen, North Rhine-Westphalia
Westfalen, Westphalia
Steiermark, Styria
Kärnten, Carinthia
Tirol, Tyrol
Südtirol, South Tyrol
Niederösterreich, Lower Austria
Wien, Vienna
Wallis, Valais
Waadt, Vaud
Graubünden, Grisons
Tessin, Ticino
Elsass, Alsace
Burgund, Burgundy
Toskana, Tuscany
Piemont, Piedmont
Sizilien, Sicily
Apulien, Puglia
Navarra, Navarre
Katalonien, Catalonia
Andalusien, Andalusia
"""
NAMES: Final = {name: tuple(row.split(", ")) for row in _TABLE.strip().split("\n")
                for name in row.split(", ")}
"""Both names by each of them."""


def names_of(region: str) -> tuple[str, ...]:
    """All names of a region, its own first."""
    return region, *(name for name in NAMES.get(region, ()) if name != region)
