"""Rules every written sentence of the demo keeps (quality bar of texts)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from marketplace.demo.content.faults import Fault

BANNED: Final = (
    "perfekt",
    "perfect",
    "mega",
    "amazing",
    "game changer",
    "lorem",
    "ipsum",
    "must-have",
    "geschmacksexplosion",
    "lecker",
    "yummy",
    "delicious",
)
# Words a producer may not use without evidence (catalog 3.6), in either language.
CLAIMS: Final = (
    "klimaneutral",
    "nachhaltig",
    "umweltfreundlich",
    "eco-friendly",
    "biologisch abbaubar",
    "bekömmlich",
    "gesund",
    "detox",
    "entschlackt",
    "immunsystem",
    "plastic neutral",
    "healthy",
    "bio",
    "ökologisch",
    "nr. 1",
    "der beste",
    "world's finest",
    "sustainable",
)
MASKS: Final = re.compile(r"https?://|www\.|\S+@\S+|\+?\d{2,4}[ /-]\d{5,}")
WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+|\n+")
SAME_OPENINGS: Final = 3
LONG_SENTENCE: Final = 5
SHINGLE: Final = 5
TOO_ALIKE: Final = 0.2


@dataclass(frozen=True, slots=True)
class Text:
    """A text with where it stands and who speaks: "producer", "member" or "label"."""

    file: str
    place: str
    voice: str
    words: str


def language_faults(texts: Iterable[Text]) -> list[Fault]:
    """Everything that is wrong with the texts, each alone and all together."""
    spoken = [text for text in texts if text.words]
    prose = [text for text in spoken if text.voice != "label"]
    faults = [fault for text in spoken for fault in _alone(text)]
    return faults + _repeated(prose) + _openings(prose) + _alike(prose)


def words_of(text: str) -> list[str]:
    """The words in lower case."""
    return [word.lower() for word in WORD.findall(text)]


def _alone(text: Text) -> list[Fault]:
    """Banned words, claims, addresses, straight quotation marks."""
    lower, found = f" {' '.join(words_of(text.words))} ", []
    for word in BANNED:
        if f" {word} " in lower:
            found.append(f"„{word}“ does not occur in the demo")
    if text.voice == "producer":
        found += [f"claim without evidence: {word}" for word in CLAIMS if f" {word} " in lower]
    if MASKS.search(text.words):
        found.append("holds an address or number")
    if '"' in text.words:
        found.append("straight quotation marks")
    return [Fault(text.file, text.place, sentence) for sentence in found]


def _repeated(texts: list[Text]) -> list[Fault]:
    """A sentence of five or more words stands in one text only."""
    seen: dict[str, Text] = {}
    faults = []
    for text in texts:
        for sentence in SENTENCE_END.split(text.words):
            words = words_of(sentence)
            key = " ".join(words)
            if len(words) < LONG_SENTENCE:
                continue
            if key in seen:
                place = f"{seen[key].file} {seen[key].place}"
                faults.append(Fault(text.file, text.place, f"the same sentence as in {place}"))
            seen.setdefault(key, text)
    return faults


def _openings(texts: list[Text]) -> list[Fault]:
    """No three first words more than three times."""
    openings = defaultdict(list)
    for text in texts:
        words = words_of(text.words)
        if len(words) > SAME_OPENINGS:
            openings[" ".join(words[:3])].append(text)
    return [
        Fault(group[-1].file, group[-1].place, f"opening „{opening}“ for the {len(group)}th time")
        for opening, group in openings.items()
        if len(group) > SAME_OPENINGS
    ]


def _alike(texts: list[Text]) -> list[Fault]:
    """No two texts share a fifth of their five-word runs (Jaccard)."""
    runs = [_shingles(text.words) for text in texts]
    holders = defaultdict(list)
    for number, own in enumerate(runs):
        for run in own:
            holders[run].append(number)
    pairs: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        pairs.update((a, b) for a in numbers for b in numbers if a < b)
    faults = []
    for (a, b), shared in pairs.items():
        if shared / len(runs[a] | runs[b]) >= TOO_ALIKE:
            place = f"{texts[b].file} {texts[b].place}"
            faults.append(Fault(texts[a].file, texts[a].place, f"reads like {place}"))
    return faults


def _shingles(text: str) -> set[str]:
    """The runs of five words in a row."""
    words = words_of(text)
    return {" ".join(words[n : n + SHINGLE]) for n in range(len(words) - SHINGLE + 1)}
