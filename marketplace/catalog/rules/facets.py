"""By what of a particular one filters: its parts, each with a code and its word in two languages.

Pure. "60 % Wolle, 40 % Leinen" is found under wool and under linen.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from marketplace.catalog.rules.codes import slug_of
from marketplace.catalog.rules.fields import FactField

NO_CODE: Final = frozenset({"nicht angegeben", "not stated", "ohne", "none", "keine"})
"""Values by which nobody filters."""
MOST_WORD: Final = 40
"""Letters; what is longer is a description."""
_BETWEEN: Final = re.compile(r"\s*[,;|/+&]\s*|\s+(?:und|and)\s+")
_SHARE: Final = re.compile(r"^(?:ca\. ?)?\d+(?:[.,]\d+)?\s*%\s*|\s*\(?\d+(?:[.,]\d+)?\s*%\)?$")


class FilterWord(NamedTuple):
    """A value one filters by: its code, and what it is called."""

    code: str
    de: str
    en: str


def filter_words(field: FactField, german: object, english: object = "") -> list[FilterWord]:
    """The filterable parts of a particular, each code once; none of what is no facet."""
    if not field.facet:
        return []
    said, other = _parts(field, german), _parts(field, english)
    if len(said) != len(other):
        pairs = dict(field.choices)
        other = [pairs.get(one, one) for one in said]
    found: dict[str, FilterWord] = {}
    for one, its in zip(said, other, strict=True):
        code = slug_of(one, 80)
        if code and one.lower() not in NO_CODE and len(one) <= MOST_WORD:
            found.setdefault(code, FilterWord(code, one, its[:MOST_WORD]))
    return list(found.values())


def _parts(field: FactField, value: object) -> list[str]:
    entries = value if isinstance(value, list) else [value]
    texts = [str(one).strip() for one in entries if one is not None]
    if field.kind != "choice":
        texts = [_SHARE.sub("", part.strip()) for one in texts for part in _BETWEEN.split(one)]
    return [one for one in texts if one]
