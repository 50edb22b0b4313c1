"""Words of producers that the law ties to proof, and what to do about them. Pure.

Source: UWG §§ 3, 5 with Dir. (EU) 2024/825; Reg. (EC) 1924/2006 (ECJ C-544/10); Reg. (EU) 2018/848.
Members' words are never put through this.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

Matter = Literal["organic", "green", "fair", "alcohol", "health", "best", "guarantee"]
ALCOHOL: Final = frozenset({"wine", "spirits"})
EATEN: Final = frozenset({"food", "coffee_tea"})
PROOF: Final[dict[str, frozenset[str]]] = {
    "organic": frozenset({"organic"}),
    "green": frozenset({"other"}),
    "fair": frozenset({"working_conditions", "other"}),
}
"""Kinds of a producer's valid evidence that carry a claim."""
INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


def N_(sentence: str) -> str:  # noqa: N802
    """Mark a sentence for translation; pages translate it when they show it."""
    return sentence


@dataclass(frozen=True, slots=True)
class Claim:
    """Words that were found. `remedy` is an English sentence to be translated when shown.

    `blocks` says that they may not be published; otherwise it is a hint.
    """

    words: str
    law: str
    remedy: str
    blocks: bool


@dataclass(frozen=True, slots=True)
class _Rule:
    matter: Matter
    law: str
    remedy: str
    blocks: bool
    patterns: tuple[re.Pattern[str], ...]


def _words(*patterns: str) -> tuple[re.Pattern[str], ...]:
    """Whole words, whatever their case."""
    return tuple(re.compile(rf"(?<!\w)(?:{one})(?!\w)", re.IGNORECASE) for one in patterns)


_GROWN = (r"anbau|angebaut\w*|landbau|landwirtschaft|erzeugt\w*|bewirtschaftet\w*|gewachsen\w*|"
          r"gezogen\w*|hergestellt\w*")
_GOODS = (r"wein\w*|winzer\w*|apfel\w*|äpfel\w*|obst\w*|gemüse\w*|honig\w*|kaffee\w*|tee|tees|"
          r"käse\w*|milch\w*|saft|säfte|öl|öle|olivenöl\w*|brot\w*|mehl\w*|eier|fleisch\w*|"
          r"produkt\w*|ware|waren|qualität|siegel\w*|anbau|landbau|hof|höfe|bauer|bauern|"
          r"landwirt\w*|imker\w*|baumwolle|wolle|senf\w*|essig\w*|schokolade\w*|kräuter\w*|"
          r"trauben|zertifi\w*")
_SHAPES = r"(?![ -](?:shape|form|curve|pattern|line|edge|chemistry|growth|unit)s?\b)"
RULES: Final = (
    _Rule("organic", "Reg. (EU) 2018/848 Art. 30", N_(
        "Organic goods need the code of the control body and your valid certificate; without them "
        "leave the word out."), True, _words(
            rf"bio(?:-\w+)*|bio(?:{_GOODS})", rf"öko(?:-\w+)*|öko(?:{_GOODS})",
            rf"ökologisch\w* (?:{_GROWN})", rf"biologisch\w* (?:{_GROWN})",
            r"aus (?:kontrolliert )?(?:biologisch|ökologisch)\w* \w+", r"kba",
            r"biodynamisch\w*|biologisch-dynamisch\w*|demeter|bioland|naturland",
            rf"organic{_SHAPES}", r"organically", r"biodynamic(?:ally)?",
            r"certified organic")),
    _Rule("green", "UWG § 5, Dir. (EU) 2024/825", N_(
        "Say what exactly is better, by how much and compared with what, and hand in the proof."),
        True, _words(
            r"(?:klima|co2|co₂|kohlenstoff|plastik|treibhausgas)-?(?:neutral|positiv)\w*",
            r"klima(?:freundlich|schonend)\w*|emissionsfrei\w*",
            r"nachhaltig(?:e[mnrs]?|er\w*)?",
            r"umwelt-?(?:freundlich|schonend|verträglich|gerecht)\w*",
            r"ressourcenschonend\w*|öko-?(?:freundlich|logisch wertvoll)\w*",
            r"biologisch abbaubar\w*|bioabbaubar\w*|kompostierbar\w*",
            r"(?:climate|carbon|co2|plastic)[ -](?:neutral|positive|friendly)",
            r"(?:eco|climate|planet|environmentally)[ -]?(?:friendly|conscious)",
            r"sustainabl[ey]|biodegradable|compostable|zero[ -]emission")),
    _Rule("fair", "UWG § 5, Dir. (EU) 2024/825", N_(
        "Say what exactly is fair, to whom and who checked it, and hand in the proof."), True,
        _words(
            r"fair(?:e[mnrs]?)? (?:produziert|gehandelt|hergestellt|gefertigt|genäht|gemacht|"
            r"bezahlt|produktion|handel|löhne)\w*", r"fair[ -]?trade",
            r"(?:fairly|ethically) (?:made|produced|traded|sourced|paid)|fair (?:wages|labou?r)")),
    _Rule("alcohol", "Reg. (EC) 1924/2006 Art. 4 (3), ECJ C-544/10", N_(
        "Drinks with alcohol may not be called good for anybody's health; leave it out."), True,
        _words(
            r"(?:be|wohl)bekömmlich\w*|bekömmlich\w*",
            r"gesund(?:e[mnrs]?)?(?! (?:trauben|reben|rebstöcke|lesegut|böden|boden|beeren|laub))",
            r"gesundheitsfördernd\w*|magenfreundlich\w*|leicht verdaulich\w*",
            r"gut für (?:das herz|die gesundheit|den magen)|ohne kater|kein(?:en)? kater",
            r"easy to digest|easily digest(?:ed|ible)|digestible|wholesome",
            r"healthy(?! (?:grape|vine|soil|berr|leaf|leaves))|good for (?:you|your \w+)",
            r"no hangover|hangover[ -]free")),
    _Rule("health", "Reg. (EC) 1924/2006 Art. 10", N_(
        "This promises an effect on health that is not on the list of the EU; leave it out."),
        True, _words(
            r"(?:stärkt|stärken|unterstützt|boostet) (?:das|dein|ihr|euer) immunsystem",
            r"immunsystem (?:zu )?(?:stärk|unterstütz)\w*|immunstärkend\w*|detox\w*",
            r"entschlack\w*|entgift\w*|heilt|heilend\w*|heilkraft|heilkräfte|fettverbrenn\w*",
            r"senkt (?:den )?(?:blutdruck|cholesterin\w*)|gegen (?:krebs|erkältung\w*|grippe)",
            r"superfoods?|(?:boosts?|strengthens?|supports?) (?:your|the) immune system",
            r"immune[ -]boosting|cleans(?:es|ing) your body|fat[ -]burning",
            r"lowers (?:your )?(?:blood pressure|cholesterol)|"
            r"cures (?:colds?|illness\w*|diseases?|cancer|your \w+)|healing (?:power|effect)s?")),
    _Rule("best", "UWG § 5", N_("Who says so? Link the test or the prize."), False, _words(
        r"(?:aller)?beste[mnrs]? \w+ (?:der|des|in|im|von|aus|weltweit|deutschlands|europas)",
        r"(?:nr\.?|nummer) ?(?:1|eins)|weltweit einzigartig\w*|(?:test|preis)sieger",
        r"(?:gold|silber|bronze)-?medaille\w*|preisgekrönt\w*",
        r"(?:world|europe|germany|country)'?s (?:best|finest|greatest)",
        r"the (?:very )?(?:best|finest) \w+ (?:in|of|from)|(?:no\.?|number) ?1|number one",
        r"(?:gold|silver|bronze) medals?|award[ -]winning")),
    _Rule("guarantee", "BGB § 479, Dir. (EU) 2024/825", N_(
        "Say who guarantees what for how long: give the years of the guarantee."), False, _words(
            r"(?:\w+-?)?garantien?", r"(?:lifetime|life-long|lifelong|\d+[ -]years?'?) "
            r"(?:guarantee|warranty)", r"(?:guarantee|warranty) for life|guaranteed for life",
            r"warranty")),
)
_LINK: Final = re.compile(r"https?://|\[[^\]]+\]\(")


def plain(words: str) -> str:
    """Text as it is looked at: composed letters, no invisible signs, straight apostrophes."""
    text = INVISIBLE.sub("", unicodedata.normalize("NFKC", words)).replace("’", "'")
    return re.sub(r"[‐‑–—]", "-", re.sub(r"\s+", " ", text))


def lint(
    words: str, lang: str, *, template: str = "", evidence: frozenset[str] = frozenset(),
    guarantee_years: int | None = None, link: bool = False,
) -> tuple[Claim, ...]:
    """Claims in a producer's text, blocking ones first, each finding once.

    Both languages are looked for in either, as producers mix them; `lang` decides what a homonym
    means. `template` is the category's, "" for text that is about no product.
    """
    text = plain(words)
    linked = link or bool(_LINK.search(text))
    found: dict[tuple[str, str], Claim] = {}
    taken: list[tuple[int, int]] = []
    for rule in RULES:
        if not _applies(rule.matter, template, evidence, guarantee_years, linked):
            continue
        for start, end in _places(rule, text, lang):
            if not any(start < other_end and other < end for other, other_end in taken):
                taken.append((start, end))
                said = text[start:end]
                found.setdefault((rule.matter, said.lower()),
                                 Claim(said, rule.law, rule.remedy, rule.blocks))
    return tuple(sorted(found.values(), key=lambda claim: not claim.blocks))


def _applies(matter: Matter, template: str, evidence: frozenset[str],
             guarantee_years: int | None, linked: bool) -> bool:
    if matter in PROOF:
        return not PROOF[matter] & evidence
    return {"alcohol": template in ALCOHOL, "health": template in ALCOHOL | EATEN,
            "best": not linked, "guarantee": not guarantee_years}[matter]


HOMONYMS: Final = {"en": frozenset({"bio"})}
"""Words that mean something else in one language: an English bio is a life told."""
GREEN_BIO: Final = re.compile(r"(?:biologisch abbaubar|bioabbaubar)", re.IGNORECASE)


def _places(rule: _Rule, text: str, lang: str) -> Iterator[tuple[int, int]]:
    """Where the words of a rule stand."""
    for pattern in rule.patterns:
        for match in pattern.finditer(text):
            if match.group().lower() in HOMONYMS.get(lang, ()):
                continue
            if rule.matter == "organic" and GREEN_BIO.match(text, match.start()):
                continue
            yield match.span()


@lru_cache(2048)
def organic_words(words: str) -> bool:
    """Whether a text calls something organic, with evidence or without; told again from memory."""
    text = plain(words)
    return any(True for _place in _places(RULES[0], text, ""))


_PREFIX: Final = re.compile(r"(?<!\w)(?:(?:bio|öko)-?(?=\w)|organic )(\w?)", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+")


def without_organic(words: str, is_title: bool = False) -> str:
    """A text as it may stand without a certificate: sentences that claim it are left out.

    Of a title only the word goes: "Bio-Apfelsaft" becomes "Apfelsaft".
    """
    if not organic_words(words):
        return words
    if not is_title:
        return " ".join(part for part in _SENTENCE.split(words) if not organic_words(part))
    bare = _PREFIX.sub(lambda found: found.group(1).upper(), words)
    if organic_words(bare):
        bare = re.sub(r"(?<!\w)(?:bio|öko|organic)(?!\w)", "", bare, flags=re.IGNORECASE)
    return re.sub(r"\s+", " ", bare).strip(" ,;-")
