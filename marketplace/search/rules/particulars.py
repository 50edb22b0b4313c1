"""What particulars of goods are called beside their labels, for reading wishes: a Pinot noir is a
Spätburgunder, what is woollen is of wool, a Kenyan coffee comes from Kenya.

Source of the grapes' names: Vitis International Variety Catalogue, main names and synonyms.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from marketplace.search.rules.analysis import fold

_TABLE: Final = """
Wolle, wool, woollen, woolly, wooly, woolen, Schurwolle
Baumwolle, cotton
Leinen, linen
Seide, silk, silken
Leder, leather, ledern
Hanf, hemp
Eiche, oak, Eichenholz, oak wood, oaken
Buche, beech, Buchenholz, beechwood
Nussbaum, walnut, Nussbaumholz, walnut wood, Walnussholz
Ulme, elm, Ulmenholz, elm wood
Esche, ash wood, Eschenholz
Ahorn, maple, Ahornholz, maple wood
Kiefer, pine, Kiefernholz, pine wood
Olivenholz, olive wood
Steinzeug, stoneware
Steingut, earthenware
Porzellan, porcelain
Bienenwachs, beeswax
Messing, brass
Rosshaar, horsehair
Kuh, cow, cows, Kuhmilch, cow's milk
Ziege, goat, goats, Ziegenmilch, goat's milk
Schaf, sheep, sheeps, Schafsmilch, Schafmilch, sheep's milk, ewe's milk
Büffel, buffalo, Büffelmilch
decaf, decaffeinated, entkoffeiniert, koffeinfrei, caffeine free
feinherb, off-dry, halbtrocken, medium dry
lieblich, medium sweet, restsüß
Spätburgunder, Pinot noir, Pinot nero, Blauburgunder
Grauburgunder, Pinot gris, Pinot grigio, Ruländer
Weißburgunder, Pinot blanc, Pinot bianco
Frühburgunder, Pinot noir précoce
Schwarzriesling, Pinot meunier, Müllerrebe
Müller-Thurgau, Rivaner
Silvaner, Sylvaner
Gutedel, Chasselas, Fendant
Gewürztraminer, Traminer
Blaufränkisch, Lemberger, Kékfrankos
Trollinger, Vernatsch, Schiava
Sankt Laurent, St. Laurent
Muskateller, Muscat, Moscato, Muskat
Moscatel, Muscatel
Garnacha, Grenache, Cannonau
Tempranillo, Tinto fino, Tinta de Toro
Viura, Macabeo
Carignan, Cariñena, Mazuelo
Monastrell, Mourvèdre
Syrah, Shiraz
Primitivo, Zinfandel
Deutschland, Germany, deutsch, German
Österreich, Austria, österreichisch, Austrian
Schweiz, Switzerland, Schweizer, Swiss
Italien, Italy, italienisch, Italian
Frankreich, France, französisch, French
Spanien, Spain, spanisch, Spanish
Portugal, portugiesisch, Portuguese
Griechenland, Greece, griechisch, Greek
Türkei, Turkey, türkisch, Turkish
Ungarn, Hungary, ungarisch, Hungarian
Polen, Poland, polnisch, Polish
Dänemark, Denmark, dänisch, Danish
Schweden, Sweden, schwedisch, Swedish
Niederlande, Netherlands, holländisch, niederländisch, Dutch
Belgien, Belgium, belgisch, Belgian
Irland, Ireland, irisch, Irish
Schottland, Scotland, schottisch, Scottish
England, englisch, English
Äthiopien, Ethiopia, äthiopisch, Ethiopian
Kenia, Kenya, kenianisch, Kenyan
Ruanda, Rwanda, ruandisch, Rwandan
Burundi, burundisch, Burundian
Tansania, Tanzania, tansanisch, Tanzanian
Uganda, ugandisch, Ugandan
Madagaskar, Madagascar, madagassisch, Malagasy
Südafrika, South Africa, südafrikanisch, South African
Kolumbien, Colombia, kolumbianisch, Colombian
Peru, peruanisch, Peruvian
Ecuador, ecuadorianisch, Ecuadorian
Bolivien, Bolivia, bolivianisch, Bolivian
Brasilien, Brazil, brasilianisch, Brazilian
Guatemala, guatemaltekisch, Guatemalan
Honduras, honduranisch, Honduran
Costa Rica, Costa Rican
Nicaragua, nicaraguanisch, Nicaraguan
El Salvador, salvadorianisch, Salvadoran
Mexiko, Mexico, mexikanisch, Mexican
Argentinien, Argentina, argentinisch, Argentinian
Chile, chilenisch, Chilean
Indien, India, indisch, Indian
Sri Lanka, Ceylon, ceylonesisch
Nepal, nepalesisch, Nepalese
China, chinesisch, Chinese
Japan, japanisch, Japanese
Taiwan, taiwanisch, Taiwanese
Vietnam, vietnamesisch, Vietnamese
Indonesien, Indonesia, indonesisch, Indonesian
Australien, Australia, australisch, Australian
Neuseeland, New Zealand, neuseeländisch
"""
_ROWS: Final = [tuple(row.split(", ")) for row in _TABLE.strip().split("\n")]
_BY_NAME: Final[Mapping[str, tuple[str, ...]]] = {
    fold(name): row for row in _ROWS for name in row}


def names_of(label: str) -> tuple[str, ...]:
    """What people call a particular with this label; nothing for one that is not known.

    Of a longer label each word counts: "Eiche massiv" is Eiche.
    """
    whole = _BY_NAME.get(fold(label))
    if whole is not None:
        return whole
    return tuple(name for word in re.findall(r"[^\W\d_]{4,}", label)
                 for name in _BY_NAME.get(fold(word), ()))
