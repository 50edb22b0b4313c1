"""What is said elsewhere of goods and houses, as rows of their pages."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from flask import url_for

from marketplace.foundation.kept import kept
from marketplace.touchpoints.queries import Said, kind_words
from marketplace.web.formats import day

SaidRow = tuple[str, str, str, str, bool, str]
"""Source, kind and day, address, quotation, whether the link is dead, where to say so."""


def said_rows(key: Hashable, load: Callable[[], Sequence[Said]]) -> list[SaidRow]:
    """Rows of a page, loaded once a minute. Loads: at most 1 statement."""
    words = kind_words()
    return [(one.source, f"{words[one.kind]} · {day(one.published_on)}", one.url, one.excerpt,
             one.dead, url_for("touchpoints.dead", mention_id=one.id))
            for one in kept(key, load)]
