"""Words that steer the reading of a wish, folded as in the index."""

from __future__ import annotations

from functools import lru_cache

from marketplace.search.rules.analysis import stem
from marketplace.search.rules.function_words import listed

NEGATIONS = listed("kein keine keinem keinen keiner nicht no non nor not ohne without")
SOFTENERS = listed("added allzu any besonders particularly really sehr so too very zu")
GOES_WITH = listed("for fur pairs passend with zu zum zur")
JOINERS = listed("and noch oder or plus sowie und")
GIFTS = listed(
    """
    geschenk geschenke geschenkidee gift gifts mitbringsel present presents verschenken
    """
)
RELATIVES = listed(
    """
    aunt boss boyfriend brother bruder chef chefin colleague dad father frau freund freundin
    friend girlfriend grandfather grandma grandmother grandpa husband kollege kollegin mama
    mann mom mother mum mutter nachbar nachbarin neighbor neighbour oma onkel opa papa
    schwester schwiegermutter schwiegervater sister tante uncle vater wife
    """
)
FILLERS = listed(
    """
    any anything bekommen best beste besten bester bitte bottle bottles brauche brauchen
    budget buy cost costs dass dazu empfehlen empfehlt empfehlung etwas euch find finden
    flasche flaschen gehen geht gern gerne get go goes good great gut gute guten guter gutes
    hallo hatte hello hi idea ideas idee ideen kaufen kosten kostet kriegen leckere leckeres
    liebt like likes look looking lovely loves mag magst mir mochte moechte mogen need nice
    packung packungen pair paired pairing pairs party passen passt pcs piece pieces please
    preis price recommend sagt schoen schon schones serve show some something stuck suchen
    tasty want was welchen wollen wunsche wurde zeig zeige
    """
)
BREAKS = frozenset((",", ";", ".", "|", "aber", "but", "sondern", "dafur", "bitte", "please"))
LANGUAGES = {"deutsch": "de", "deutsche": "de", "german": "de", "englisch": "en", "english": "en"}


@lru_cache(maxsize=1)
def _filler_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in FILLERS)


def is_filler(word: str) -> bool:
    """Tell whether a folded word only wraps a wish ("suche", "gern", "something nice")."""
    return stem(word) in _filler_stems()
