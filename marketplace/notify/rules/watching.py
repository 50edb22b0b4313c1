"""Words that a house watches for, and where they stand in what people say. Pure."""

from __future__ import annotations

import re

from marketplace.search.rules.analysis import is_function_word, stem, tokens

MOST_OWN, MOST_WORDS, MOST_SIGNS, LEAST_SIGNS = 50, 6, 60, 3
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\n+")


def key_of(words: str) -> str:
    """The stems of words in their order, under which every spelling of them meets."""
    return " ".join(stem(word) for word in tokens(words))


def head_of(words: str) -> str:
    """The stem by which they are looked up: of the longest that is no little word, "" if all are
    little or too short to mean anything.
    """
    telling = [word for word in tokens(words)
               if len(word) >= LEAST_SIGNS and not word[0].isdigit()
               and not is_function_word(word)]
    return stem(max(telling, key=len)) if telling else ""


def too_many(words: str) -> bool:
    """Whether this is more than a name or a short phrase."""
    return len(words) > MOST_SIGNS or len(tokens(words)) > MOST_WORDS


def stands_in(words: str, said: str) -> bool:
    """Whether the words stand together in what was said: whole, in their order and any spelling or
    inflection, but not cut by more than one letter ("schief" is no "Schiefer").
    """
    wanted, found = tokens(words), tokens(said)
    if not wanted:
        return False
    stems = [stem(word) for word in wanted]
    return any(all(_same(one, cut, found[start + n])
                   for n, (one, cut) in enumerate(zip(wanted, stems, strict=True)))
               for start in range(len(found) - len(wanted) + 1))


def _same(word: str, cut: str, said: str) -> bool:
    return word == said or (len(said) >= len(word) - 1 and stem(said) == cut)


def sentence_with(words: str, said: str) -> str:
    """The first sentence in which they stand, "" where none has them."""
    return next((one for one in _SENTENCE.split(said) if stands_in(words, one)), "")
