"""storefront-31: a test fails on any untranslated or hard-coded visible string."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import DEFAULT_KEYWORDS, check_and_call_extract_file
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from marketplace.foundation import errors
from marketplace.web.languages import FOLDER, LANGS, merged_catalog
from tests.shape.house import sources

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("marketplace", "templates")
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None}
SOURCE_LANG = "en"
TRANSLATED = tuple(lang for lang in LANGS if lang != SOURCE_LANG)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%")
REFUSALS = {name for name in vars(errors) if name[0].isupper()}
# Commands and the demo speak to whoever runs them; doors outside answer jobs, not people.
MACHINE_PLACES = ("demo/", "commands/", "adapters/", "foundation/", "people/actions/staffing.py")
HIDDEN = re.compile(r"\{#.*?#\}|<!--.*?-->|<(script|style)\b.*?</\1>|\{%.*?%\}", re.S)
COMPUTED = re.compile(r"\{\{.*?\}\}(?:[/-][\w/-]*)?|\{% block body_class %\}[^{]*", re.S)
READ_OUT = re.compile(r"""\b(?:alt|title|placeholder|aria-label)=(?:"([^"]*)"|'([^']*)')""")
LETTERS = re.compile(r"[^\W\d_]{2,}")
SAMPLES = "storefront/parts_page.html"
SAME_EVERYWHERE = {"Atom", "CSV", "mastodon", "social", "nbsp"}


@dataclass
class Source:
    """One message of the code: its plural, and where it is said."""

    plural: str | None = None
    places: list[str] = field(default_factory=list)


@lru_cache(1)
def said() -> dict[str, Source]:
    """Every message of code and templates."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found: dict[str, Source] = {}
    for top in SOURCES:
        for path in sorted((ROOT / top).rglob("*.*")):
            for name, line, message, _notes, _context in check_and_call_extract_file(
                    path, methods, options, None, KEYWORDS, (), False, ROOT):
                one, many = message if isinstance(message, tuple) else (message, None)
                source = found.setdefault(one, Source())
                source.plural = source.plural or many
                source.places.append(f"{name}:{line}")
    return found


@lru_cache(4)
def translated(lang: str) -> dict[str, list[tuple[str, Message]]]:
    """Every message of a language, with the files that say it."""
    found: dict[str, list[tuple[str, Message]]] = {}
    for path in sorted((FOLDER / lang).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=lang):
                if message.id:
                    found.setdefault(_one(message.id), []).append((path.name, message))
    return found


def _one(value: object) -> str:
    return str(value[0] if isinstance(value, list | tuple) else value)


def _strings(message: Message) -> tuple[str, ...]:
    text = message.string
    return tuple(text) if isinstance(text, list | tuple) else (str(text or ""),)


def test_messages_are_found() -> None:
    """The extraction reads code, pages and mails; without it the tests below prove nothing."""
    places = [place for source in said().values() for place in source.places]
    assert len(said()) > 1_000
    for start in ("marketplace/web/", "templates/parts/", "templates/mail/"):
        assert any(place.startswith(start) for place in places), start
    assert any(place.split(":")[0].endswith(".txt") for place in places)


@pytest.mark.parametrize("lang", TRANSLATED)
def test_every_message_is_translated(lang: str) -> None:
    """Each has words in the other language, one per plural form, none marked as doubtful."""
    known = translated(lang)
    faults = []
    for text, source in said().items():
        for _name, message in known.get(text, []):
            if message.fuzzy or not all(_strings(message)):
                faults.append(f"empty or fuzzy: {text!r}")
            elif source.plural and len(_strings(message)) != 2:
                faults.append(f"no plural: {text!r}")
        if text not in known:
            faults.append(f"missing: {text!r} ({source.places[0]})")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("lang", TRANSLATED)
def test_placeholders_survive(lang: str) -> None:
    """What is put into a sentence is the same in both languages; a singular may say "one"."""
    faults = []
    for text, entries in translated(lang).items():
        for name, message in entries:
            ids = message.id if isinstance(message.id, list | tuple) else (text,)
            allowed = {frozenset(PLACEHOLDER.findall(one)) for one in ids}
            wrong = [words for words in _strings(message)
                     if frozenset(PLACEHOLDER.findall(words)) not in allowed]
            faults += [f"{name}: {text!r} -> {words!r}" for words in wrong]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("lang", TRANSLATED)
def test_no_translation_is_left_over(lang: str) -> None:
    """No file keeps a message that nobody says."""
    faults = [f"{entries[0][0]}: {text!r}" for text, entries in translated(lang).items()
              if text not in said()]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("lang", TRANSLATED)
def test_what_is_said_twice_agrees(lang: str) -> None:
    """Two rooms that say the same sentence say it in the same words; the merged one has all."""
    faults = [f"{[name for name, _message in entries]}: {text!r}"
              for text, entries in translated(lang).items()
              if len({_strings(message) for _name, message in entries}) > 1]
    assert not faults, "\n".join(faults)
    merged = {_one(message.id) for message in merged_catalog(lang) if message.id}
    assert merged == set(translated(lang))


@pytest.mark.parametrize("lang", TRANSLATED)
def test_one_page_does_not_mix_forms_of_address(lang: str) -> None:
    """Buttons and sentences of all rooms meet on one page, so all say "du"."""
    formal = re.compile(r"\b(Ihnen|Ihre[mnrs]?|[a-zäöüß]+ Sie)\b")
    faults = [f"{name}: {words!r}" for entries in translated(lang).values()
              for name, message in entries for words in _strings(message)
              if formal.search(words)]
    assert not faults, "\n".join(faults)


def _visible(html: str) -> Iterator[str]:
    """What a person reads or hears of a template, without what is computed."""
    text = HIDDEN.sub(" ", COMPUTED.sub(" ", html))
    for pair in READ_OUT.findall(text):
        yield from pair
    yield re.sub(r"<[^>]*>|[\w-]+=\"[^\"]*\"", " ", text)


def test_no_template_speaks_by_itself() -> None:
    """Words of a page or mail stand in messages, never bare; the page of samples may."""
    faults = []
    for path in sorted((ROOT / "templates").rglob("*.*")):
        if path.match(SAMPLES):
            continue
        bare = {word for part in _visible(path.read_text("utf-8"))
                for word in LETTERS.findall(part)} - SAME_EVERYWHERE
        if bare:
            faults.append(f"{path.relative_to(ROOT)}: {sorted(bare)}")
    assert not faults, "\n".join(faults)


def _unseen(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Messages inside an f-string or put together while running: the extraction misses them."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)
             and getattr(node.func, "id", "") in KEYWORDS]
    inside = {id(node) for text in ast.walk(tree) if isinstance(text, ast.JoinedStr)
              for node in ast.walk(text)}
    for node in calls:
        if id(node) in inside or not (node.args and isinstance(node.args[0], ast.Constant)):
            yield node.lineno, ast.unparse(node)


def test_every_message_can_be_extracted() -> None:
    """A message is a whole literal in a call of its own."""
    faults = [f"{one.path}:{line}: {text}" for one in sources("marketplace")
              for line, text in _unseen(one.tree)]
    assert not faults, "\n".join(faults)


def _bare_sentences(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Refusals and flashed sentences that are not said through a message."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else \
            getattr(node.func, "id", "")
        if name not in REFUSALS | {"flash", "ValidationError"} or not node.args:
            continue
        first = node.args[0]
        for part in first.values if isinstance(first, ast.Dict) else [first]:
            if isinstance(part, ast.JoinedStr):
                yield node.lineno, ast.unparse(part)
            elif isinstance(part, ast.Constant) and part.value:
                yield node.lineno, str(part.value)


def test_no_refusal_speaks_by_itself() -> None:
    """What a refusal or a notice on top of the page says is a message."""
    faults = []
    for one in sources("marketplace"):
        if one.path.removeprefix("marketplace/").startswith(MACHINE_PLACES):
            continue
        faults += [f"{one.path}:{line}: {text}" for line, text in _bare_sentences(one.tree)]
    assert not faults, "\n".join(faults)
