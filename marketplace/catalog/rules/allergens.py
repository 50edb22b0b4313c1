"""Whether what a label says of allergens is what somebody avoids. Pure.

Source: Regulation (EU) 1169/2011, Annex II (the fourteen groups that a label has to name).
"""

from __future__ import annotations

import re

GROUPS: tuple[tuple[str, ...], ...] = (
    ("gluten", "weizen", "wheat", "roggen", "rye", "gerste", "barley", "hafer", "oats", "dinkel",
     "spelt", "kamut"),
    ("krebstier", "crustacean", "krabbe", "crab", "garnele", "shrimp", "prawn"),
    ("eier", "egg", "vollei", "eigelb", "eiweiß vom huhn"), ("fisch", "fish"),
    ("erdnuss", "erdnüss", "peanut"), ("soja", "soy"),
    ("milch", "milk", "laktose", "lactose", "butter", "sahne", "cream", "molke", "whey"),
    ("nüsse", "schalenfr", "nuts", "mandel", "almond", "haselnuss", "haselnüss", "hazelnut",
     "walnuss", "walnüss", "walnut", "cashew", "pistazi", "pistachio", "pekan", "pecan"),
    ("sellerie", "celery"), ("senf", "mustard"), ("sesam", "sesame"),
    ("sulfit", "sulphit", "schwefeldioxid", "sulphur dioxide", "sulfur dioxide"),
    ("lupin",), ("weichtier", "mollus", "muschel", "mussel", "austern", "oyster"),
)
LEAST = 4
"""Letters of a word that is looked for at the beginning of words."""
WORD = re.compile(r"[^\W\d_]+")


def avoids(wish: str, label: str) -> bool:
    """Whether a label names what a person avoids, in German or English.

    Vectors: ("Sulfite", "contains sulphites"), ("Nüsse", "kann Haselnüsse enthalten"),
    ("lactose", "Milch") hold; ("Nüsse", "Erdnüsse"), ("Ei", "Weißwein") do not.
    """
    said, wanted = label.lower(), wish.lower()
    if groups(wanted) & groups(said):
        return True
    words = [word for word in WORD.findall(wanted) if len(word) >= LEAST]
    return any(one.startswith(word) for word in words for one in WORD.findall(said))


def groups(text: str) -> frozenset[int]:
    """The groups of which a text names something; peanuts are no nuts."""
    plain = text.lower().replace("erdnüsse", "erdnüss").replace("peanuts", "peanut")
    return frozenset(number for number, names in enumerate(GROUPS)
                     if any(name in plain for name in names))
