"""Codes that people read aloud and machines check: signs without look-alikes, check signs."""

from __future__ import annotations

import re
import secrets
import unicodedata

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 signs: no 0, 1, I or O."""


def check_sign(body: str) -> str:
    """The Luhn mod 32 check sign of a body of `SIGNS`. K7M3Q9T gives B, W7K3Q gives K."""
    total = 0
    for place, sign in enumerate(reversed(body)):
        doubled = SIGNS.index(sign) * (2 if place % 2 == 0 else 1)
        total += doubled // 32 + doubled % 32
    return SIGNS[-total % 32]


def is_checked(code: str) -> bool:
    """Whether a code's last sign is the check sign of the rest."""
    return len(code) > 1 and all(c in SIGNS for c in code) and check_sign(code[:-1]) == code[-1]


def new_code(length: int) -> str:
    """A random code of `length` signs plus its check sign."""
    body = "".join(secrets.choice(SIGNS) for _ in range(length))
    return body + check_sign(body)


def secret_code(bits: int = 128) -> str:
    """An unguessable reference of at least `bits` bits, in URL-safe signs."""
    return secrets.token_urlsafe((bits + 7) // 8)


def creditor_reference(number: str, position: int) -> str:
    """The ISO 11649 transfer reference of a seller order: RF, two check digits, number, position.

    K7M3Q9TB and 1 give RF17K7M3Q9TB1.
    """
    body = f"{number}{position}"
    digits = "".join(str(int(sign, 36)) for sign in body + "RF00")
    return f"RF{98 - int(digits) % 97:02d}{body}"


SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o",
                         "œ": "oe", "ł": "l", "đ": "d"})


def slug_of(words: str, most: int = 70) -> str:
    """Words as part of an address: lower case, ASCII, hyphens; "" if nothing is left.

    "Weingut Süß & Söhne" gives weingut-suess-soehne.
    """
    plain = unicodedata.normalize("NFKD", words.lower().translate(SPELLED))
    kept = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode())
    return kept.strip("-")[:most].rstrip("-")
