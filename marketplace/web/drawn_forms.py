"""Plain forms as values: sections of fields that one template draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One field. kind: text, area, select, switch or file; `type` as in HTML for a text, the kinds
    of files for a file.
    """

    name: str
    label: str
    value: str = ""
    hint: str = ""
    kind: str = "text"
    type: str = "text"
    choices: Sequence[tuple[str, str]] = ()
    optional: bool = True
    length: int = 120
    lang: str = ""
    after: str = ""
    note: str = ""
    several: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Fields under one heading, with a sentence why they are asked."""

    title: str
    note: str
    fields: Sequence[Field]


@dataclass(frozen=True, slots=True)
class Box:
    """Something beside the form: lines of words with small words."""

    title: str
    lines: Sequence[tuple[str, str]]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class PlainForm:
    """A form: where it goes, its sections, faults by field, what its button says; `second`: words,
    name and value of another button.
    """

    url: str
    sections: Sequence[Section]
    faults: Mapping[str, str]
    button: str
    hidden: Sequence[tuple[str, str]] = ()
    second: tuple[str, str, str] | None = None

    @property
    def takes_files(self) -> bool:
        """Whether a file can be sent along."""
        return any(one.kind == "file" for part in self.sections for one in part.fields)

    @property
    def labels(self) -> dict[str, str]:
        """Labels by name, for the list of faults."""
        return {one.name: one.label for part in self.sections for one in part.fields}
