"""What may be passed on of a page: words without prices and addresses, and the link. Pure."""

from __future__ import annotations

import re

from marketplace.web.masking import HIDDEN, masked

MOST = 500
_AMOUNT = r"(?:\d{1,3}(?:[.\u00a0 ]\d{3})+|\d+)(?:[.,](?:\d{1,2}|--?))?"
_SIGN = r"(?:€|\$|£|(?:EUR|USD|GBP|CHF|Euros?|Cents?|Dollars?|Pounds?|Franken)\b)"
_LEAD = r"(?:,?\s*\b(?:bis(?:\s+zu)?|unter|über|ab|für|etwa|circa|ca\.|rund|nur|je|up\s+to|under|"
_LEAD += r"over|from|for|about|below|only|at)\s+)?"
PRICE = re.compile(rf"{_LEAD}(?:{_SIGN}\s?{_AMOUNT}|{_AMOUNT}\s?{_SIGN})", re.IGNORECASE)
"""An amount of money with the word that leads to it: ", bis 15 Euro", "€ 9,90", "12.50 EUR"."""


def passed_on(words: str, lang: str) -> str:
    """Words that people pass on: without prices, postal and mail addresses, numbers of accounts.

    At most 500 signs, on one line.
    """
    left = masked(words, lang)
    for sign in HIDDEN[lang].values():
        left = left.replace(sign, "")
    left = re.sub(r"\s+([,.;:!?])", r"\1", " ".join(PRICE.sub("", left).split()))
    return re.sub(r"[,;:]+(?=[,.;:!?])", "", left).lstrip(" ,.;:")[:MOST].strip()
