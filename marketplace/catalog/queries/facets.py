"""By what particulars one filters, in words: what lists offer and what wishes are read with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.catalog.models import FactWord
from marketplace.catalog.rules.templates import TEMPLATES
from marketplace.foundation.database import read
from marketplace.foundation.kept import kept

MOST = 5_000
CHOSEN = ("size",)
"""Options of variants by which one filters too."""


def attribute_words() -> Mapping[str, tuple[str, str]]:
    """Words in German and English by "key=code". Loads: 1 statement a minute."""
    return kept("attribute words", _attribute_words)


def _attribute_words() -> Mapping[str, tuple[str, str]]:
    rows = read(select(FactWord.key, FactWord.code, FactWord.de, FactWord.en)
                .order_by(FactWord.key, FactWord.code).limit(MOST))
    return {f"{row.key}={row.code}": (row.de, row.en) for row in rows}


def attribute_word(value: str, lang: str) -> str:
    """What "key=code" is called; sizes and the like by their code. "" for no such thing."""
    found = attribute_words().get(value)
    if found is not None:
        return found[lang != "de"]
    key, _mark, code = value.partition("=")
    return (code.upper() if len(code) <= 3 else code.replace("-", " ").capitalize()) \
        if key in CHOSEN else ""


def attribute_name(key: str, lang: str) -> str:
    """What the particular is called that a filter asks for; "" for none."""
    return _("Size") if key == "size" else _names().get(key, {}).get(lang, "")


@cache
def _names() -> Mapping[str, Mapping[str, str]]:
    return {one.key: {"de": one.de, "en": one.en}
            for template in TEMPLATES.values() for one in template if one.facet}
