"""The figures by which things are ordered, in words, for the page that explains the order."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _

from marketplace.web.formats import number


def _search_words() -> dict[str, str]:
    return {
        "title_weight": _("Weight of a word in the title"),
        "maker_weight": _("Weight of a word in the maker's name"),
        "body_weight": _("Weight of a word in the text"),
        "title_length": _("How much a long title counts against it"),
        "maker_length": _("How much a long name counts against it"),
        "body_length": _("How much a long text counts against it"),
        "saturation": _("How soon a repeated word stops adding"),
        "title_factor": _("Factor where the title has all the words"),
        "neighbour_factor": _("Factor where the words stand side by side"),
        "community": _("Most that buying again can move"),
        "personal": _("Most that your own taste can move"),
        "personal_places": _("Places in which your own taste can move something"),
        "compound_part": _("Weight of a part of a compound word in a text"),
        "compound_query": _("Weight of the parts of a compound word you typed"),
        "enough": _("With fewer results than this, those with some of the words follow"),
        "coverage_power": _("How much it counts to have all words"),
    }


def _taste_words() -> dict[str, str]:
    return {
        "peers": _("People compared with you, at most"),
        "ties": _("What following the same people counts beside a common product"),
        "overlap": _("Discount for widespread products in the comparison"),
        "spread": _("Discount for widespread products in the sum"),
        "spread_ratings": _("Own answers for half of this discount"),
        "rare": _("Raters added to all before this discount"),
        "damping": _("Caution with few answers"),
        "steps": _("Rounds of reckoning"),
        "trust_ratings": _("Own answers that halve the say of those you follow or trust"),
        "verdict_ratings": _("Own answers that halve the say of everybody"),
        "follows_half": _("People you follow until they have half of their say"),
        "vote": _("How much the answers of one person share one say"),
        "norm": _("How much it counts against people that they answered a lot"),
    }


def _rows(words: Mapping[str, str], figures: Mapping[str, float]) -> list[tuple[str, str]]:
    return [(words.get(name, name), number(value)) for name, value in figures.items()]


def search_rows(figures: Mapping[str, float]) -> list[tuple[str, str]]:
    """The figures of the search: (words, figure)."""
    return _rows(_search_words(), figures)


def taste_rows(figures: Mapping[str, float]) -> list[tuple[str, str]]:
    """The figures of the suggestions: (words, figure)."""
    return _rows(_taste_words(), figures)
