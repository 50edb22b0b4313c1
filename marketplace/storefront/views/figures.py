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
        "corrected": _("Weight of a word that was put right"),
        "synonym": _("Weight of a word that means the same"),
        "rescue_below": _("With fewer goods than this, words that mean the same are tried"),
        "enough": _("With fewer results than this, those with some of the words follow"),
        "coverage_power": _("How much it counts to have all words"),
    }


def _signal_words() -> dict[str, str]:
    return {
        "act_yes": _("Would buy it again"), "act_no": _("Would not buy it again"),
        "act_saved": _("Saved"), "act_reordered": _("Ordered again"),
        "act_recommended": _("Recommended after an own purchase"),
        "act_tap": _("Touched as known and liked"),
        "least_imported": _("Worst answer brought along from elsewhere"),
        "liked_from": _("From here on it counts as liked"),
        "liking_power": _("Power that lets strong signs count a little more"),
        "follow": _("Say of somebody you follow"),
        "trust": _("More say of somebody you trust, in their subject"),
        "second_hand": _("Say of all those whom somebody you follow follows, together"),
        "verdict_least": _("Least factor of the verdict against its shelf"),
        "verdict_most": _("Greatest factor of the verdict against its shelf"),
        "of_one_producer": _("Of one producer, at most"),
        "in_a_row_of": _("In a row of"),
        "newcomer_first": _("First place for something newly discovered"),
        "newcomer_every": _("Then every so many places"),
        "verdict_from": _("Answers from which on the verdict is a reason"),
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


def taste_steps(figures: Mapping[str, Mapping[str, float]]
                ) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The figures of the suggestions by steps: name, what happens, rows of (words, figure)."""
    said = {
        "signals": (_("What an act says"), _(
            "One number for each person and product: the newest answer, or else the strongest "
            "other sign. Not a sign are views, baskets, age and place.")),
        "comparing": (_("Who is compared"), _(
            "People who gave answers to the same products are found, and each gets the weight with "
            "which their answers tell yours best. Who always disagrees gets a negative one.")),
        "adding": (_("What they say together"), _(
            "Weight times sign is added up over these people; whom you follow or trust, and "
            "everybody, are added the more the fewer answers you have given.")),
        "listing": (_("How the list is laid out"), _(
            "What you own, refused or have in the basket stays out. Then the verdict, the producer "
            "and newly discovered things have their say.")),
    }
    words = {**_signal_words(), **_taste_words()}
    return [(*said[step], _rows(words, rows)) for step, rows in figures.items()]
