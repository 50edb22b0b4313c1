"""The columns of a file of goods: ours by name, and which of them a foreign column means. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from marketplace.catalog.rules.templates import TEMPLATES

FACT, LOT = "f:", "lot:"
"""Before the key of a particular: of the product, or of the row's vintage or batch."""
OTHER = "@en"
"""Behind a particular's name: what it says in English, where that differs."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of ours: its name in files, what people call it, and the words that mean it.

    `of` says whether it describes the product or one variant of it.
    """

    name: str
    de: str
    en: str
    of: str
    words: str = ""

    def label(self, lang: str) -> str:
        """What people call it."""
        return self.de if lang == "de" else self.en


COLUMNS: Sequence[Column] = (
    Column("sku", "Deine Nummer", "Your number", "variant",
           "artikelnummer artikelnr artnr artno itemnumber itemno bestellnummer variantsku "
           "produktnummer ordernumber skunummer"),
    Column("product", "Gehört zum Produkt", "Belongs to product", "product",
           "handle parent parentsku hauptartikel vaterartikel elternartikel groupid itemgroupid"),
    Column("lang", "Sprache der Texte", "Language of the texts", "product",
           "sprache language locale"),
    Column("title", "Name", "Name", "product",
           "titel titelde titlede name bezeichnung artikelbezeichnung artikelname produktname "
           "producttitle productname artikel"),
    Column("title_en", "Name auf Englisch", "Name in English", "product",
           "titelen nameen titleenglish"),
    Column("teaser", "Kurz gesagt", "In short", "product",
           "kurzbeschreibung kurztext shortdescription teaserde kurzinfo summary"),
    Column("teaser_en", "Kurz gesagt auf Englisch", "In short, in English", "product", ""),
    Column("story", "Beschreibung", "Description", "product",
           "beschreibung description langtext bodyhtml body langbeschreibung storyde details "
           "artikelbeschreibung"),
    Column("story_en", "Beschreibung auf Englisch", "Description in English", "product",
           "descriptionen beschreibungen"),
    Column("category", "Regal", "Shelf", "product",
           "kategorie kategorien categories warengruppe rubrik productcategory type producttype"),
    Column("price", "Preis", "Price", "variant",
           "preis verkaufspreis vk vkpreis bruttopreis preisbrutto variantprice regularprice "
           "regulaererpreis preiseur preisineuro priceeur vkbrutto endpreis"),
    Column("deposit", "Pfand", "Deposit", "variant", "mehrwegpfand flaschenpfand"),
    Column("amount", "Menge", "Amount", "variant",
           "menge inhalt fuellmenge nettofuellmenge content volume volumen netweight size"),
    Column("unit", "Einheit", "Unit", "variant",
           "einheit mengeneinheit masseinheit unitofmeasure"),
    Column("drained", "Abtropfgewicht in g", "Drained weight in g", "variant", "drainedweight"),
    Column("stock", "Bestand", "Stock", "variant",
           "bestand lager lagerbestand verfuegbar quantity qty variantinventoryqty "
           "inventoryquantity anzahl lagermenge onhand available"),
    Column("gtin", "Strichcode (GTIN)", "Barcode (GTIN)", "variant",
           "ean eancode barcode variantbarcode gtinupceanoderisbn gtinupceanorisbn upc ean13"),
    Column("label", "Wahlmöglichkeit", "Choice", "variant",
           "variante option option1value auswahl groesse variantenname labelde ausfuehrung"),
    Column("label_en", "Wahlmöglichkeit auf Englisch", "Choice in English", "variant", ""),
    Column("lot", "Jahrgang oder Charge", "Vintage or batch", "variant",
           "charge los losnummer batch"),
    Column("weight_g", "Gewicht zum Versand in g", "Shipping weight in g", "variant",
           "gewicht versandgewicht weight variantgrams grams gewichtg weightg"),
    Column("made_to_order", "Auf Bestellung gemacht", "Made to order", "variant",
           "aufbestellung"),
    Column("lead_days", "Tage bis zum Versand", "Days until it leaves", "variant",
           "lieferzeit leadtime lieferzeittage"),
    Column("not_for", "Für wen nicht", "For whom it is not", "product", "nichtfuer notforde"),
    Column("not_for_en", "Für wen nicht, auf Englisch", "For whom it is not, in English",
           "product", ""),
    Column("place", "Wo es gemacht wird", "Where it is made", "product",
           "herstellungsort ort placeofmaking madein"),
    Column("withdrawal", "Widerruf", "Withdrawal", "product", "widerrufsrecht"),
    Column("occasions", "Wofür", "For what", "product",
           "anlass anlaesse occasion passtzu pairing tags schlagworte"),
    Column("picture", "Bilddateien", "Picture files", "product",
           "bild bilder image images imagesrc picturefile pictures foto fotos photo"),
    Column("picture_alt", "Was die Bilder zeigen", "What the pictures show", "product",
           "alttext imagealttext bildbeschreibung alt"),
    Column("picture_alt_en", "Was die Bilder zeigen, auf Englisch",
           "What the pictures show, in English", "product", ""),
)
BY_NAME: Mapping[str, Column] = {one.name: one for one in COLUMNS}
NEEDED_FOR_NEW = ("title", "category", "price")


GERMAN = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ß"): "ss"}


def plain(name: str) -> str:
    """A column's name without case, accents, marks and blanks: `Art.-Nr.` gives artnr."""
    low = name.casefold().translate(GERMAN)
    bare = unicodedata.normalize("NFKD", low)
    return re.sub(r"[^a-z0-9]", "", "".join(sign for sign in bare if sign.isascii()))


def known_facts() -> Mapping[str, tuple[str, str]]:
    """All particulars of all templates: key -> (German, English)."""
    return {field.key: (field.de, field.en)
            for fields in TEMPLATES.values() for field in fields if field.kind != "given"}


def _meanings() -> Mapping[str, str]:
    """Plain word -> our column; the first says it."""
    found: dict[str, str] = {}
    for column in COLUMNS:
        for word in (plain(column.name), *column.words.split()):
            found.setdefault(word, column.name)
    for key, (german, english) in known_facts().items():
        for word in (plain(key), plain(german), plain(english)):
            found.setdefault(word, FACT + key)
    for column in COLUMNS:
        for word in (plain(column.de), plain(column.en)):
            found.setdefault(word, column.name)
    return found


def lot_keys() -> frozenset[str]:
    """Particulars that a vintage or batch says for itself."""
    return frozenset(field.key for fields in TEMPLATES.values() for field in fields
                     if field.per_lot and field.kind != "given")


def is_particular(name: str) -> bool:
    """Whether a column of ours holds a particular, of a product or of a lot."""
    return name.startswith((FACT, LOT))


def key_of(name: str) -> str:
    """The particular that a column holds, in whatever language."""
    return name.removeprefix(FACT).removeprefix(LOT).removesuffix(OTHER)


def is_ours(name: str) -> bool:
    """Whether a file's column has one of our names, as an export writes them."""
    if name.startswith(LOT):
        return key_of(name) in lot_keys()
    return name in BY_NAME or (name.startswith(FACT) and key_of(name) in known_facts())


def guess(header: Sequence[str], remembered: Mapping[str, str]) -> dict[str, str]:
    """Column of the file -> column of ours; what nothing is known of is left out.

    `remembered` are earlier choices of the producer by plain name, "" for a column to leave out.
    Each of ours is given once, to the first that means it; our own names come first.
    """
    meanings, found = _meanings(), {name: name for name in header if is_ours(name)}
    taken = set(found.values())
    for name in header:
        word = plain(name)
        if name in found or not word:
            continue
        meant = remembered[word] if word in remembered else meanings.get(word, "")
        if meant and meant not in taken:
            found[name] = meant
            taken.add(meant)
    return found


def all_names(header: Sequence[str] = ()) -> list[str]:
    """Every name of ours that a column can be given, in order; particulars last."""
    facts = [FACT + key for key in known_facts()]
    lots = [LOT + key for key in known_facts() if key in lot_keys()]
    second = [name for name in header if is_ours(name) and name.endswith(OTHER)]
    return [*BY_NAME, *facts, *lots, *second]


def label_of(name: str, lang: str) -> str:
    """What people call one of our columns."""
    if name in BY_NAME:
        return BY_NAME[name].label(lang)
    key = key_of(name)
    words = known_facts().get(key, (key, key))[0 if lang == "de" else 1]
    if name.startswith(LOT):
        words += " (Jahrgang oder Charge)" if lang == "de" else " (vintage or batch)"
    return f"{words} (en)" if name.endswith(OTHER) else words


def faults_of(chosen: Mapping[str, str], known: Iterable[str]) -> dict[str, str]:
    """What is wrong with a choice of columns: the file's column, or "", -> code."""
    faults: dict[str, str] = {}
    names, seen = set(known), set()
    for column, ours in chosen.items():
        if ours not in names:
            faults[column] = "unknown_column"
        elif ours in seen:
            faults[column] = "column_twice"
        seen.add(ours)
    if "sku" not in seen:
        faults[""] = "no_sku_column"
    return faults
