"""Words that steer the reading of a wish, folded as in the index."""

from __future__ import annotations

from functools import lru_cache

from marketplace.search.rules.analysis import fold, stem
from marketplace.search.rules.function_words import listed

NEGATIONS = listed(
    """
    anstatt anstelle instead kein keine keinem keinen keiner nicht nichts no non nor
    not nothing ohne statt without
    """
)
SOFTENERS = listed("added allzu any besonders particularly really sehr so too very zu")
VAGUE = listed("dear expensive pricey teuer teure teuren teurer")
"""Nobody writes these of their goods, so "not too expensive" leaves none out."""
GOES_WITH = listed("for fur pairs passend with zu zum zur")
JOINERS = listed("and noch oder or plus sowie und")
EITHER = listed("oder or")
GIFTS = listed(
    """
    aufmerksamkeit dankeschon geschenk geschenke geschenkidee gift gifts mitbringsel present
    presents thank-you verschenken
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
SEXES = listed("frau mann")
"""A present is for "meinen Mann"; a scarf "für Mann" is one that men wear."""
MINE = listed(
    """
    dein deine deinem deinen deiner ihre ihrem ihren ihrer mein meine meinem meinen meiner my
    seine seinem seinen seiner unsere unserem unseren unserer
    """
)
FILLERS = listed(
    """
    alles altogether any anything bekommen best beste besten bester bitte bottle bottles
    brauche brauchen bucks budget buy cost costs darf dass dazu direkt drink drinks each
    empfehlen empfehlt empfehlung etwas euch everything find finden flasche flaschen gehen
    geht gern gerne gesucht get glaser go goes good great gut gute guten guter gutes habt
    hallo hast hatte hello hi idea ideas idee ideen insgesamt jar jars kannst kaufen kosten
    kostet kriegen least leckere leckeres lieber liebsten liebt like likes look looking
    lovely loves made mag magst meinem meinen meiner mindestens mir mochte moechte mogen
    ne need nem nen nice packung packungen pair paired pairing pairs party passen passende passendem
    passenden passender passendes passt pcs per piece pieces please preferably preis price
    pro product products produkt produkte rather recommend sachen sagt schoen schon schones
    serve show some something straight stuck suchen tasty things together total trinke
    trinken trinkt want was welchen wunsche wurde zeig zeige zusammen
    """
)
MEANT_EXACTLY = listed("wollen")
"""Fillers that share their stem with a thing: "Wolle" is none."""
BREAKS = frozenset((",", ";", ".", "|", "aber", "but", "sondern", "dafur", "bitte", "please"))
ABOUT = listed("about nach regarding uber")
"""What a book or a course is about follows, and is not what one wants to have."""
BESIDE = listed("passend with zu zum zur")
"""After these a shelf is what something goes with: cheese "zu Rotwein"."""
FREE = listed("frei free")
WHOLE = listed("ganze ganzen ganzer whole")
"""Before beans: how they are sold, not what they go with."""
FORMS = listed("bean beans bohne bohnen")
"""How goods come, after what they are: "Kaffeebohnen" are coffee, and no vegetables."""
ADJECTIVES = listed(
    "asian asiatisch indian indisch scharf spicy thai vegan vegetarian vegetarisch"
)
"""Dishes only after "zu" or "with": a "scharfer Senf" is not one that goes with hot food."""
PRESENT = "geschenk"
ENGLISH_NOT = listed("instead no non not without")
"""After these two words may be one thing: "without palm oil"."""
SAID_AGAIN = {
    "roast": listed("gerostet gerostete gerosteter gerosteten roasted rostung"),
    "milk": listed("milch")}
"""Words that say once more which particular was meant, as its own name does: "dark roast"."""
LANGUAGES = {"deutsch": "de", "deutsche": "de", "german": "de", "englisch": "en", "english": "en"}


@lru_cache(maxsize=1)
def _filler_stems() -> frozenset[str]:
    return frozenset(stem(fold(word)) for word in FILLERS)


@lru_cache(maxsize=1)
def _adjective_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in ADJECTIVES)


def is_adjective(word: str) -> bool:
    """Tell whether a folded word says how a thing is, though it can be a dish."""
    return stem(word) in _adjective_stems()


def is_filler(word: str) -> bool:
    """Tell whether a folded word only wraps a wish ("suche", "gern", "something nice")."""
    return word in MEANT_EXACTLY or stem(word) in _filler_stems()
