"""Numbers in words, German and English, as digits; the words are folded."""

from __future__ import annotations

import re
from typing import Final

_ONES: Final = {
    "zwei": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9,
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
_TEENS: Final = {
    "zehn": 10, "elf": 11, "zwolf": 12, "dutzend": 12, "dreizehn": 13, "vierzehn": 14,
    "funfzehn": 15, "sechzehn": 16, "siebzehn": 17, "achtzehn": 18, "neunzehn": 19, "ten": 10,
    "eleven": 11, "twelve": 12, "dozen": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_GERMAN_TENS: Final = {
    "zwanzig": 20, "dreissig": 30, "vierzig": 40, "funfzig": 50, "sechzig": 60, "siebzig": 70,
    "achtzig": 80, "neunzig": 90,
}  # fmt: skip
_ENGLISH_TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_HUNDREDS: Final = {"hundert": 100, "einhundert": 100, "hundred": 100} | {
    f"{one}hundert": 100 * value for one, value in _ONES.items()}
_BEFORE_UND: Final = {"ein": 1, **_ONES}
_BELOW_HUNDRED: Final = {
    **_ONES, **_TEENS, **_GERMAN_TENS, **_ENGLISH_TENS,
    **{f"{one}und{ten}": a + b for one, a in _BEFORE_UND.items()
       for ten, b in _GERMAN_TENS.items()},
}  # fmt: skip
WORDS: Final = {
    **_BELOW_HUNDRED, **_HUNDREDS,
    **{f"{hundred}{rest}": a + b for hundred, a in _HUNDREDS.items() if hundred != "hundred"
       for rest, b in _BELOW_HUNDRED.items()},
}  # fmt: skip
"""German numbers are one word up to a thousand: "funfundzwanzig", "zweihundertfunfzig"."""
_TWO_WORDS: Final = re.compile(
    rf"\b({'|'.join(_ENGLISH_TENS)})[- ](one|{'|'.join(_ONES)})\b")
_NOTE: Final = re.compile(rf"\b(\d{{1,3}}|{'|'.join((*_TEENS, *_GERMAN_TENS))})er\b"
                          r"(?![- ]?(?:set|pack|karton|kiste|pack(?:ung|erl)|trager|schachtel))")


_NOTES: Final = {"fiver": "5 euro", "tenner": "10 euro"}
_HUNDRED_WORDS: Final = re.compile(
    rf"\b(a|one|{'|'.join(_ONES)}) hundred(?:(?: and)? (\d\d?|{'|'.join(_BELOW_HUNDRED)}))?\b")


def in_digits(text: str) -> str:
    """Write number words of a folded text as digits; a "20er" is a note of twenty euro."""
    text = _TWO_WORDS.sub(lambda m: str(_ENGLISH_TENS[m[1]] + _ONES.get(m[2], 1)), text)
    text = _NOTE.sub(lambda m: f"{WORDS.get(m[1], m[1])} euro", text)
    text = re.sub(r"\b(?:tenner|fiver)\b", lambda m: _NOTES[m[0]], text)
    text = _HUNDRED_WORDS.sub(
        lambda m: str(100 * _ONES.get(m[1], 1) + int(WORDS.get(m[2], m[2] or 0))), text)
    return re.sub(r"[a-z]+", lambda m: str(WORDS.get(m[0], m[0])), text)
