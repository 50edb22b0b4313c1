"""What a beginning may be completed to: words with the spelling in which people read them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from marketplace.search.rules.analysis import fold, is_function_word, tokens

SHORTEST, LONGEST = 3, 60
_SPLIT = "\t"
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


def head_words(title: str) -> list[str]:
    """The words of a title that somebody may begin to type, as they are written there."""
    return [word for word in _WORD.findall(title)
            if len(word) >= SHORTEST and not is_function_word(fold(word))]


def entries(words: Iterable[str]) -> tuple[str, ...]:
    """Words as the engine keeps them: the folded form to be matched, the written one to be read.

    Of two spellings that fold alike, as "Käse" and "käse", the first is kept.
    """
    known: dict[str, str] = {}
    for word in words:
        said = " ".join(word.split())[:LONGEST]
        key = " ".join(tokens(said))
        if len(key) >= SHORTEST and key not in known:
            known[key] = f"{key}{_SPLIT}{said[:1].upper()}{said[1:]}"
    return tuple(known.values())


def read(completions: Sequence[str]) -> list[str]:
    """What the engine gave, as people read it, without doubles."""
    found: dict[str, str] = {}
    for one in completions:
        key, _tab, said = one.partition(_SPLIT)
        found.setdefault(key, said or key)
    return list(found.values())


def beginning(typed: str) -> tuple[str, str]:
    """What is typed as (words that are finished, folded beginning of the last one).

    A blank at the end finishes the last word too.
    """
    words = tokens(typed)
    if not words or typed[-1:].isspace():
        return " ".join(words), ""
    return " ".join(words[:-1]), words[-1]


def searched_facts(searches: Mapping[str, int]) -> dict[str, object]:
    """Past searches with their people, as plain values beside an index."""
    return {"searched": {" ".join(tokens(words)): people for words, people in searches.items()}}


def searched_of(facts: Mapping[str, object]) -> dict[str, int]:
    """Read what `searched_facts` gave."""
    found = facts.get("searched")
    return {str(words): int(n) for words, n in found.items()} if isinstance(found, dict) else {}
