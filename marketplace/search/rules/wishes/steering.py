"""Words that steer the reading of a wish, folded as in the index."""

from __future__ import annotations

import re
from functools import lru_cache

from marketplace.search.rules.analysis import fold, stem
from marketplace.search.rules.function_words import listed

NEGATIONS = listed(
    """
    anstatt anstelle ausgenommen ausser except excluding instead kein keine keinem keinen keiner
    neither nicht nichts nix no non nor not nothing ohne statt weder without
    """
)
WITHOUT = listed("no ohne without")
"""After these stands what is not to be in a thing."""
SOFTENERS = listed("added allzu any besonders particularly really sehr so too very zu")
GOES_WITH = listed("for fur furs pairs passend with zu zum zur")
JOINERS = listed("and noch oder or plus sowie und")
EITHER = listed("oder or")
GIFTS = listed(
    """
    aufmerksamkeit dankeschon geschenk geschenkbox geschenke geschenkidee geschenkkorb
    geschenkset gift gifts hamper hampers mitbringsel prasent prasentkorb present presents souvenir
    thank-you verschenken
    """
)
RELATIVES = frozenset(map(fold, listed(
    """
    aunt babysitter boss boyfriend brother bruder chef chefin coach colleague colleagues cousin
    cousine dad daughter eltern erzieher erzieherin father father-in-law flatmate frau freund
    freundin friend gastgeber gastgeberin girlfriend grandfather grandma grandmother grandpa
    grandparents granny hausmeister host hosts husband in-laws kollege kollegen kollegin
    kolleginnen lehrer lehrerin mama mann mitbewohner mitbewohnerin mom mother mother-in-law mum
    mutter nachbar nachbarin nachbarn neffe neffen neighbor neighbors neighbour neighbours
    nephew nichte niece oma onkel opa papa parents partner partnerin patenkind schwager
    schwagerin schwester schwiegereltern schwiegermutter schwiegervater sister sohn son tante
    teacher tochter trainer trainerin uncle vater wife enkel enkelin enkelkind enkelkinder
    enkelkindern enkelsohn enkeltochter granddad grandad gramps grandson granddaughter grandkids
    grandchild grandchildren nana coworker coworkers co-worker co-workers brother-in-law
    sister-in-law son-in-law daughter-in-law parents-in-law schwiegersohn schwiegertochter
    verlobte verlobter verlobten fiance fiancee ehemann ehefrau schatz liebste liebster mutti
    vati papi mami omi opi stiefmutter stiefvater patenonkel patentante grosstante godmother
    godfather buddy bestie bff kumpel freunde freunden friends
    """
)))
FILLERS = listed(
    """
    alles altogether any anything arriving bekommen best beste besten bester bitte bottle
    bottles braeuchte brauche brauchen brauchte bucks budget buy cost costs darf dass dazu
    delivered delivery direkt drink drinks each empfehlen empfehlt empfehlung etwas euch
    everything find finden flasche flaschen furs gehen geht geliefert gern gerne gesamt gesucht
    get gibts glaser go goes good great gut gute guten guter gutes habt hallo hast hatte hello
    hi idea ideas idee ideen insgesamt irgendetwas irgendwas jahrgang jar jars kannst kaufen
    kosten kostet kriegen least leckere leckeres lieber liebsten liebt lieferbar lieferung like
    likes look looking lovely loves made mag magst match meinem meinen meiner mindestens mir
    mitbringen mochte moechte mogen ne need nem nen nice packung packungen pair paired pairing
    pairs party passen passende passendem passenden passender passendes passt pcs per piece
    pieces please preferably preis price priced pro product products produkt produkte rather
    recommend sachen sagt schoen schon schones serve shipped shipping show some something
    straight stuck suchen tasty things tip tipp tipps tips together total trinke trinken trinkt
    afternoon ahm aufm ausm bestellen beim bloss come coming dear einfach eventuell evtl halt hey
    hiya hm hosting invited just laib loaf loaves maybe mitm moin order perhaps sell
    servus sorry thats theres tho though uhm vielleicht whats whatever having euro euros geht got
    muss ones unser unsere unserem unseren should wenns yeah yes ja nee needed
    allergic allergisch possible moglich pack packs reicht exist home hause zuhause daheim
    ubers versand vintage want was welchen wunsche wurde zeig zeige zusammen
    """
)
EXACT_FILLERS = listed(
    "ca circa did does etwa je jede jeder jedes nur only paar ungefahr wollen wollten")
"""Of these the stem is something else: "Wolle" is worn."""
BREAKS = frozenset((",", ";", ".", "|", "aber", "but", "sondern", "dafur", "bitte", "please"))
ABOUT = listed("about nach regarding uber")
"""What a book or a course is about follows, and is not what one wants to have."""
BESIDE = listed("for fur furs mit passend with zu zum zur")
"""After these a shelf is what something goes with: cheese "zu Rotwein"."""
BESIDE_ALONE = listed("zu zum zur")
"""After these also where nothing else is named: something sweet "zum Kaffee"."""
SOMETHING = listed("anything etwas irgendetwas irgendwas something was")
"""After these and "with" stands what is in a thing: something "mit Walnuss"."""
FROM = listed("bei beim by from vom von")
ONE = listed(
    """
    a an bold cheap crisp dry ein eine einen everyday feinen fruchtigen fruity good great guten
    juicy kraftigen leichten light nen nice of schonen the trockenen
    """
)
"""Before a colour these make it a wine, where nothing else is named: "a nice red"."""
BOTTLES = listed("bottle bottles flasche flaschen glas glaser glass glasses kiste kisten")
WINE_COLOURS = {
    **dict.fromkeys(("red", "reds", "rot", "rote", "roten", "roter"), ("rotwein",)),
    **dict.fromkeys(("white", "whites", "weisse", "weissen", "weisser"), ("weisswein",))}
"""How wine is called after its colour: "a bottle of red"."""
WINES = listed("wein weine weinen wine wines")
THINGS = listed(
    """
    apron bag basket board box boxes case cloth course cutter dish glass glasses grinder holder
    jar jars kit knife knives maker machine opener pot rack set spoon stand tasting tin tray
    """
)
"""What stands before these in English is not what one wants to have: "wine glasses"."""
TOPIC_ENDS = listed("for from fur in mit unter with")
FREE = listed("frei free")
VAGUE = listed("dear expensive pricey teuer teure teuren teurer")
"""Nobody writes these of their goods, so "not too expensive" leaves none out."""
SEXES = listed("frau mann")
"""A present is for "meinen Mann"; a scarf "für Mann" is one that men wear."""
MINE = listed(
    """
    dein deine deinem deinen deiner ihre ihrem ihren ihrer mein meine meinem meinen meiner my
    seine seinem seinen seiner unsere unserem unseren unserer
    """
)
FORMS = listed("bean beans bohne bohnen")
"""How goods come, after what they are: "Kaffeebohnen" are coffee, and no vegetables."""
COOKING = listed(
    """
    back backe brate braten cook cooking eat eating essen gekocht gibt gibts grill grille having
    kochen koche koch mache make making roast roasting serve serviere servieren serving
    """
)
"""After these a dish follows that the wanted thing goes with: "am Sonntag gibt es Rehbraten"."""
GENERAL = listed("meat")
"""Dishes of which an animal beside them says more: "Wildbraten", "roast lamb"."""
ANIMALS = listed("beef game lamb pork poultry")
NAMING = listed("grape")
"""Particulars that name what is wanted without a shelf: "a Merlot and a cheese"."""
AFTER = listed("after nach")
"""After these a meal is over: "for after dinner"."""
MEALS = listed(
    "abend abende dish dishes essen evening evenings food gericht gerichte gerichten kost kuche "
    "meal meals night nights")
"""After a dish or an occasion these say nothing more: "zu scharfem Essen", "pizza night"."""
CONTAINERS = listed("bag bags beutel sack sacke")
"""After a number these say how much of a thing, though they can be wanted themselves."""
TOGETHER_WITH = listed("mit with")
"""After these somebody is no reason for a present: "dinner with friends"."""
VISITS = listed("come comes coming kommen kommt over visit visiting")
"""After somebody these make a guest of them: "friends coming over"."""
OWNS = listed(
    """
    come coming cooks drinks feiert gets grillt grills has hat heiratet is isst ist kocht komme
    kommen kommt liebt likes loves mag marries sammelt trinkt turns vertragt wants will wird
    wunscht
    """
)
"""After a relative these tell something about them."""
DIETS = {
    **dict.fromkeys(listed("vegan vegane veganem veganen veganer veganes"), ("vegan",)),
    **dict.fromkeys(listed("vegetarisch vegetarische vegetarischen vegetarischer vegetarisches "
                           "vegetarian veggie"), ("vegetarisch", "vegetarian")),
    **dict.fromkeys(listed("bio biologisch biologische biologischen biologischer organic "
                           "okologisch okologische okologischen"), ("bio", "organic")),
    **dict.fromkeys(listed("fair-trade fairtrade"), ("fairtrade", "fair")),
    **dict.fromkeys(listed("halal"), ("halal",)),
    **dict.fromkeys(listed("koscher koschere kosher"), ("koscher", "kosher")),
    **dict.fromkeys(listed("alkoholfrei alkoholfreie alkoholfreien alkoholfreier alkoholfreies "
                           "alcohol-free non-alcoholic"), ("alkoholfrei", "alcohol-free")),
}
"""What one needs of food whether or not goods are sorted by it, with what their texts say."""
FREED = {"koffein": "decaf", "caffeine": "decaf", "coffein": "decaf"}
"""What is called by a name of its own where it is missing: coffee without caffeine is decaf."""
KIN = ("bruder", "freund", "freundin", "kollege", "kollegen", "kollegin", "nachbar", "nachbarin",
       "onkel", "schwester", "sohn", "tante", "tochter")
"""Last parts of words for people: "Arbeitskollege", "Patentante"."""
WHOLE = listed("ganze ganzen ganzer whole")
"""Before beans: how they are sold, not what they go with."""
ADJECTIVES = listed(
    "asian asiatisch indian indisch scharf spicy thai vegan vegetarian vegetarisch"
)
"""Dishes only after "zu" or "with": a "scharfer Senf" is not one that goes with hot food."""
SHORTEST_KIN = 7
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
    return stem(word) in _filler_stems() or word in EXACT_FILLERS


def says(diet: str) -> tuple[str, ...]:
    """Words with which goods say that they are fit for a diet."""
    return next((words for words in DIETS.values() if words[0] == diet), (diet,))


def is_relative(word: str) -> bool:
    """Tell whether a folded word says who somebody is to somebody, with letters doubled or not."""
    return word in RELATIVES or (len(word) > SHORTEST_KIN and squeezed(word).endswith(_kin()))


@lru_cache(maxsize=1)
def _kin() -> tuple[str, ...]:
    return tuple(squeezed(word) for word in KIN)


def squeezed(word: str) -> str:
    """A word without doubled letters, of which people type one too few or too many."""
    return re.sub(r"(.)\1+", r"\1", word)
