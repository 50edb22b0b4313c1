"""A field of a template: what is asked, when it must be answered, and where a default comes from.

Pure. `Around` is what is known about a product besides its own particulars.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Kind = Literal["text", "long", "number", "choice", "percentages", "nutrition", "yes_no", "given"]
Source = Literal["", "maker", "address", "e_mail", "country", "lot", "vintage", "made_on",
                 "amount", "drained"]
EU: Final = frozenset((
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
    "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"))
YES: Final = frozenset({"ja", "yes", "true", "1"})
WINE_LAW_YEAR: Final = 2023
"""Wines of this vintage and older were made before 8 December 2023."""
CONTROL_BODY: Final = re.compile(
    r"[A-Z]{2}-(?:ÖKO|OEKO|BIO|ORG|ECO|EKO)-\d{2,3}(?:-[A-Z]{1,5})?")


@dataclass(frozen=True, slots=True)
class FactField:
    """A particular: its key, names and kind of value, and who wants it.

    `mandatory` fields are demanded before publishing; with `only_if` only where that holds.
    `choices` are (German, English). `source` names where a value comes from if none is typed.
    `per_lot` values are those of one vintage or batch. `law` is the source, in English.
    """

    key: str
    de: str
    en: str
    kind: Kind = "text"
    unit: str = ""
    mandatory: bool = False
    facet: bool = False
    law: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    source: Source = ""
    only_if: str = ""
    per_lot: bool = False
    hint_de: str = ""
    hint_en: str = ""

    def name(self, lang: str) -> str:
        """The name in a language."""
        return self.de if lang == "de" else self.en

    def hint(self, lang: str) -> str:
        """What to type, in a language; "" if the name says it."""
        return self.hint_de if lang == "de" else self.hint_en

    def law_in(self, lang: str) -> str:
        """The law as it is cited in a language."""
        if lang != "de":
            return self.law
        return self.law.replace("Reg.", "VO").replace("Dir.", "RL")


@dataclass(frozen=True, slots=True)
class Around:
    """What is known about a product besides what was typed as its particulars.

    given: value by `source` (the producer's trader data, the current lot, the variants).
    shelves: slugs of its category and those above. evidence: kinds of the producer's valid
    evidence. organic_words: whether its texts call it organic.
    """

    given: Mapping[str, str] = field(default_factory=dict)
    shelves: frozenset[str] = frozenset()
    evidence: frozenset[str] = frozenset()
    organic_words: bool = False


NOTHING_AROUND: Final = Around()


def is_yes(value: object) -> bool:
    """Whether a yes/no particular says yes."""
    return value is True or str(value or "").strip().lower() in YES


def value_of(
    one: FactField, facts: Mapping[str, object], around: Around = NOTHING_AROUND
) -> object:
    """What stands in a field: what was typed, else what is known anyway; "" for nothing."""
    typed = facts.get(one.key)
    if typed not in (None, "", [], {}) and str(typed).strip():
        return typed
    return around.given.get(one.source, "") if one.source else ""


def _year(facts: Mapping[str, object], around: Around) -> int | None:
    words = str(facts.get("vintage") or around.given.get("vintage", ""))
    found = re.search(r"\b(?:19|20)\d\d\b", words)
    return int(found.group()) if found else None


def _new_wine(facts: Mapping[str, object], around: Around) -> bool:
    """Made after 8 December 2023; sparkling wine is made when it has fermented again."""
    if is_yes(facts.get("made_before")):
        return False
    year = _year(facts, around)
    still = "sparkling-wine" not in around.shelves
    return not (still and year is not None and year <= WINE_LAW_YEAR)


def _outside_eu(facts: Mapping[str, object], around: Around) -> bool:
    country = str(facts.get("maker_country") or around.given.get("country", "")).strip().upper()
    return bool(country) and country not in EU


Condition = Callable[[Mapping[str, object], Around], bool]
CONDITIONS: Final[Mapping[str, Condition]] = {
    "new_wine": _new_wine,
    "sparkling": lambda facts, around: "sparkling-wine" in around.shelves,
    "in_liquid": lambda facts, around: is_yes(facts.get("in_liquid")),
    "no_exemption": lambda facts, around: not str(facts.get("nutrition_exempt") or "").strip(),
    "honey": lambda facts, around: "honey" in around.shelves,
    "outside_eu": _outside_eu,
    "warned": lambda facts, around: not is_yes(facts.get("no_warnings")),
    "no_harvest": lambda facts, around: not str(facts.get("harvest") or "").strip(),
    "organic": lambda facts, around: bool(facts.get("organic")) or around.organic_words,
}


def demanded(one: FactField, facts: Mapping[str, object], around: Around = NOTHING_AROUND) -> bool:
    """Whether this product has to say it."""
    if not one.mandatory:
        return False
    return not one.only_if or CONDITIONS[one.only_if](facts, around)
