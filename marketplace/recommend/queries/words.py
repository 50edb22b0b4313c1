"""Choices of this room in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _

from marketplace.catalog.queries import attribute_word, occasions, shelves
from marketplace.web.formats import money

LONGER = 2
"""So many letters umlauts may be longer as typed; what is longer still names more than the word."""


def order_names() -> list[tuple[str, str, str]]:
    """By what lists can go: key, name, what it means."""
    return [
        ("taste", _("My taste"),
         _("By people whose answers agree with yours, then by those you follow.")),
        ("people", _("My people"), _("Only by people you follow or trust.")),
        ("verdict", _("Everybody's verdict"),
         _("By what buyers would buy again, without what you have or do not want.")),
        ("plain", _("Without personal order"),
         _("The same list and the same reasons for everybody; nothing of yours is looked at.")),
    ]


def accept_names() -> list[tuple[str, str, str]]:
    """Whose personal recommendations one takes: key, name, what it means."""
    return [
        ("followed", _("People I follow"), ""),
        ("mutuals", _("People I follow who follow me"), ""),
        ("members", _("All members"), ""),
        ("nobody", _("Nobody"), ""),
    ]


def age_names() -> list[tuple[str, str]]:
    """How old somebody may say that they are: key, words."""
    return [("unknown", _("I do not say")), ("16", _("16 or 17")), ("18", _("18 or older"))]


def reason_names() -> dict[str, str]:
    """Kinds of reasons in words."""
    return {"person": _("because somebody recommends it"), "group": _("picked by my groups"),
            "taste": _("people of like taste"), "verdict": _("the verdict of all buyers")}


def relation_choices() -> list[tuple[str, str]]:
    """How somebody may have to do with a producer, to choose from."""
    return [("employee", _("I work or worked there")), ("family", _("family or friends")),
            ("supplier", _("I supply them")), ("competitor", _("I make the same myself")),
            ("free_sample", _("I got it for free")), ("discount", _("I got a discount for me")),
            ("ambassador", _("I speak for them"))]


def relation_words(kind: str) -> str:
    """What a recommender has to do with the producer, as a label says it."""
    return {"competitor": _("works for another producer of this trade"),
            "employee": _("works for the producer"),
            "family": _("belongs to the producer's family or friends"),
            "supplier": _("supplies the producer"), "free_sample": _("got it for free"),
            "discount": _("got a discount of their own"),
            "ambassador": _("speaks for the producer")}[kind]


def chip_words(chip: Any, lang: str) -> str:
    """What was read from a wish, in words; `chip` with attributes, or as plain values kept."""
    if isinstance(chip, Mapping):
        chip = SimpleNamespace(**chip)
    if chip.kind == "gift":
        return _("as a present")
    if chip.kind in ("amount", "size", "date", "language"):
        return str(chip.typed or chip.value)
    known = occasions() if chip.kind == "occasion" else shelves()
    names = {one.slug: one.name(lang) for one in known.values()}  # some slugs name both
    name = names.get(chip.value, chip.typed if chip.kind == "producer" else chip.value)
    if chip.kind == "word" and len(chip.typed) <= len(chip.value) + LONGER:
        name = chip.typed
    if chip.kind == "attribute":
        name = attribute_word(chip.value, lang) or chip.typed
    if chip.kind == "price":
        if chip.low is None:
            return _("up to %(price)s", price=money(chip.high))
        if chip.high is None:
            return _("from %(price)s", price=money(chip.low))
        return f"{money(chip.low)} - {money(chip.high)}"
    if chip.kind == "people":
        return _("for %(n)s people", n=chip.value)
    return _("without %(name)s", name=name) if chip.negated else str(name)


def wish_words(chips: Iterable[Any], lang: str) -> list[str]:
    """All that was read from a wish, each thing once."""
    return [words for words in dict.fromkeys(chip_words(chip, lang) for chip in chips) if words]


def honest_labels(relation: str | None, benefit: str | None, thing: str, bought: bool
                  ) -> list[tuple[str, str]]:
    """What a reader must know of a recommendation: relation, benefit, whether they had it."""
    rows: list[tuple[str, str]] = []
    if relation:
        rows.append((relation_words(relation), "relation"))
    if benefit:
        rows.append((_("got for it: %(what)s", what=benefit), "benefit"))
    if thing == "product":
        rows.append((_("purchase checked"), "checked") if bought else
                    (_("without an own purchase"), "state"))
    return rows
