"""Checks of producers' data: addresses reach nobody, account numbers are well made, words fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from marketplace.demo.art.faces import STYLES
from marketplace.demo.art.landscapes import LANDSCAPES
from marketplace.demo.art.scene import BACKDROPS
from marketplace.demo.content.faults import Fault
from marketplace.demo.content.kinds import Producer

# Numbers the Bundesnetzagentur keeps free for films and books.
PHONES: Final = re.compile(r"\+49 (30 23125|69 90009|40 66969|89 99998) \d{3}|\+49 221 4710 \d{3}")
NO_BANK: Final = "88888888"
TEASER: Final = 200


def trader_faults(producer: Producer) -> Iterator[Fault]:
    """Everything wrong with one producer apart from the products."""
    file = f"producers/{producer.slug}.toml"
    trader = producer.trader
    if not trader.e_mail.endswith(".example.org"):
        yield Fault(file, "trader.e_mail", "does not end in example.org")
    if not PHONES.fullmatch(trader.phone):
        yield Fault(file, "trader.phone", "is not one of the numbers that reach nobody")
    if not iban_is_made_up(trader.iban):
        yield Fault(file, "trader.iban", "has wrong check digits or a bank that could exist")
    if producer.header not in LANDSCAPES or producer.style.backdrop not in BACKDROPS:
        yield Fault(file, "header", "unknown landscape or backdrop")
    if len(producer.palette) != 4:
        yield Fault(file, "palette", "wants four colours")
    for lang in ("de", "en"):
        if not 0 < len(getattr(producer.teaser, lang)) <= TEASER:
            yield Fault(file, f"teaser.{lang}", "is missing or too long")
    for face in producer.faces:
        if face.style not in STYLES:
            yield Fault(file, f"faces[{face.name}]", f"no style {face.style!r}")
    if not any(one.role == "owner" for one in producer.staff):
        yield Fault(file, "staff", "has no owner")
    if (producer.state == "paused") is (producer.paused_until_days is None):
        yield Fault(file, "state", "a pause has an end, and only a pause")


def iban_is_made_up(iban: str) -> bool:
    """Whether the check digits are right (ISO 13616, mod 97) and the bank code is unassigned."""
    digits = "".join(str(int(letter, 36)) for letter in iban[4:] + iban[:4])
    return iban.startswith("DE") and iban[4:12] == NO_BANK and int(digits) % 97 == 1
