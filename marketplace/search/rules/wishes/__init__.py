"""Plain-language wishes to chips, by rules that anybody can read; no outside service."""

from marketplace.search.rules.wishes.chips import Chip, Part, Vocabulary, Wish
from marketplace.search.rules.wishes.editing import edited, name_of
from marketplace.search.rules.wishes.parsing import parse

__all__ = ["Chip", "Part", "Vocabulary", "Wish", "edited", "name_of", "parse"]
