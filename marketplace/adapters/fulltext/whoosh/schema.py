"""The fields of the index: one bag of weighted words, facets and figures as columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from whoosh import columns, fields, formats

from marketplace.adapters.fulltext.contract import FACETS, FIGURES, Document

SEPARATOR = "\x1f"
FEW_VALUES = frozenset({"kind", "lang", "category", "region", "delivers", "visibility"})
NO_FIGURE = -1


class Bag(fields.FieldType):
    """A field whose value is {word: weight}; no lengths, positions or texts are kept."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), None)

    def index(
        self, value: Mapping[str, float], **_: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield (word, 1, weight, nothing) of each word, as the library's writer asks for."""
        for word, weight in value.items():
            yield word.encode(), 1, weight, b""


class Column(fields.FieldType):
    """A field that is only a column; its values come ready for it."""

    indexed = False

    def __init__(self, column: columns.Column) -> None:
        super().__init__(None, None, sortable=column)

    def to_column_value(self, value: bytes | int) -> bytes | int:
        """Give the value as it is."""
        return value


def facet_column(name: str) -> columns.Column:
    """Give the column of a facet: by reference where values are few, else by value."""
    return columns.RefBytesColumn() if name in FEW_VALUES else columns.VarBytesColumn()


def figure_column() -> columns.Column:
    """Give the column of a figure: 64 bit whole numbers, -1 for none."""
    return columns.NumericColumn("q", default=NO_FIGURE)


def schema() -> fields.Schema:
    """Give the fields of a new index; changing them asks for a rebuild."""
    made: dict[str, fields.FieldType] = {
        "key": Bag(),
        "id": Column(columns.VarBytesColumn()),
        "words": Bag(),
        "title_words": Bag(),
        "spellings": Bag(),
        "completions": Bag(),
        "title": Column(columns.VarBytesColumn()),
    }
    made |= {f"f_{name}": Column(facet_column(name)) for name in FACETS}
    made |= {f"n_{name}": Column(figure_column()) for name in FIGURES}
    return fields.Schema(**made)


def _ones(words: Any) -> dict[str, float]:
    return dict.fromkeys(sorted(words), 1.0)


def row(document: Document) -> dict[str, Any]:
    """Give a document as the fields of the index. Raises KeyError for an unknown facet name."""
    unknown = (set(document.facets) - set(FACETS)) | (set(document.figures) - set(FIGURES))
    if unknown:
        raise KeyError(f"the index has no column for {sorted(unknown)}")
    made: dict[str, Any] = {
        "key": {document.id: 1.0},
        "id": document.id.encode(),
        "words": document.words,
        "title_words": _ones(document.title_words),
        "spellings": _ones(document.spellings),
        "completions": _ones(document.completions),
        "title": document.title.encode(),
    }
    for name, values in document.facets.items():
        made[f"f_{name}"] = SEPARATOR.join(dict.fromkeys(values)).encode()
    made |= {f"n_{name}": int(value) for name, value in document.figures.items()}
    return made
