"""What search asks of a full text engine: documents in, ranked ids with facet counts out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

FACETS = (
    "kind",
    "lang",
    "category",
    "producer",
    "occasion",
    "region",
    "attribute",
    "delivers",
    "visibility",
)
FIGURES = ("price_minor", "unit_price_minor", "q10", "signal", "buyers", "newest", "available")
SIGNAL_SCALE = 10_000
PRICE_BANDS = 4

Sort = Literal["relevance", "peers", "price", "unit_price", "newest", "title"]


class IndexMissing(Exception):
    """No index of any age can be opened: answer from the database and rebuild."""


class IndexDamaged(IndexMissing):
    """What is in force cannot be read; there may be an older one."""


class IndexBusy(Exception):
    """Another process writes and did not finish in time: try again later."""


@dataclass(frozen=True)
class Document:
    """One thing that can be found, already analysed; nothing of its text is stored.

    id: unique, e.g. "product:17". words: folded weight of each analysed word. title_words: the
    analysed words of the title, its neighbours as "one two", and "= whole title". spellings: raw
    folded words that corrections may name. completions: what a beginning is completed to.
    title: normalised, for sorting. facets: values per name of FACETS; a category path comes as
    all its prefixes; attributes as "name=value". figures: whole numbers per name of FIGURES;
    q10 and signal in 0..10,000; newest in seconds since 1970; available 0 or 1.
    """

    id: str
    words: Mapping[str, float]
    title_words: frozenset[str] = frozenset()
    spellings: frozenset[str] = frozenset()
    completions: tuple[str, ...] = ()
    title: str = ""
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    figures: Mapping[str, int] = field(default_factory=dict)


class Form(NamedTuple):
    """One way in which a wanted word may stand in a document: all these words, at a factor."""

    words: tuple[str, ...]
    factor: float = 1.0


@dataclass(frozen=True)
class Wanted:
    """One word as typed, and the forms of which the best one counts.

    weight: its part in the share of words a document covers (little for words like "und").
    """

    typed: str
    forms: tuple[Form, ...]
    weight: float = 1.0


@dataclass(frozen=True)
class Ranking:
    """The parameters of the order by relevance, as `/ranking` prints them."""

    saturation: float = 1.2
    title_factor: float = 1.3
    neighbour_factor: float = 1.3
    community: float = 0.10
    enough: int = 20
    coverage_power: float = 1.0


@dataclass(frozen=True)
class Query:
    """Analysed words: wanted ones, unwanted ones, neighbours "one two", and the whole as typed."""

    wanted: tuple[Wanted, ...] = ()
    unwanted: tuple[Form, ...] = ()
    neighbours: tuple[str, ...] = ()
    whole: str = ""
    ranking: Ranking = Ranking()


class OneOf(NamedTuple):
    """The document has at least one of these values of the facet."""

    facet: str
    values: frozenset[str]


class Between(NamedTuple):
    """The figure lies between these bounds, ends included; None is open."""

    figure: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class Filters:
    """What must hold: every entry of `one_of` and `between`, none of `none_of`; ids if given."""

    one_of: tuple[OneOf, ...] = ()
    none_of: tuple[OneOf, ...] = ()
    between: tuple[Between, ...] = ()
    only: frozenset[str] | None = None


class Hit(NamedTuple):
    """A found document with its score; 0 where another order than relevance was asked for."""

    id: str
    score: float


class Count(NamedTuple):
    """How many documents one would get with this value chosen."""

    value: str
    count: int  # type: ignore[assignment]  # its name is that of a method of tuples


@dataclass(frozen=True, slots=True)
class Band:
    """A price band of the results, ends included, in minor units, with its count."""

    low: int
    high: int
    count: int


@dataclass(frozen=True)
class Found:
    """The best hits, how many there are in all, facet counts, and which words were let go."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[Count, ...]]
    bands: tuple[Band, ...] = ()
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True)
class Health:
    """What the operator sees of an engine; in_force: not an older index than the newest made."""

    engine: str
    documents: int
    deleted: int
    segments: int
    size_bytes: int
    generation: int
    cached_postings: int
    fast: bool
    in_force: bool = True


class FullText(Protocol):
    """An engine; any number of processes may read while one writes."""

    def replace(self, documents: Iterable[Document]) -> int:
        """Write documents in one commit, each instead of its former version; give their number.

        Raises IndexBusy, IndexMissing.
        """

    def remove(self, ids: Iterable[str]) -> None:
        """Take documents out in one commit; unknown ids are no fault. Raises as `replace`."""

    def rebuild(self, stream: Iterable[Document], facts: Mapping[str, object],
                keep_former: bool = True) -> int:
        """Write a new index beside the old one and switch to it at the end; give its size.

        facts: what analysis must know of the whole (average lengths, compound parts), plain
        values. Without `keep_former` no file holds what stood in an older one. Raises IndexBusy.
        """

    def find(
        self,
        words: Query | None = None,
        filters: Filters = Filters(),
        sort: Sort = "relevance",
        k: int = 24,
        facets: Sequence[str] = (),
        offset: int = 0,
    ) -> Found:
        """Give k hits from the offset on, in a total order, and facet counts, in one pass.

        Without words everything that passes the filters is found. Counts of a facet leave out
        that facet's own filter, so that they say what one would get. Raises IndexMissing.
        """

    def suggest(self, prefix: str, k: int = 8) -> list[str]:
        """Complete a folded beginning, most frequent first. Raises IndexMissing."""

    def spellings(self) -> Mapping[str, int]:
        """Give all words that corrections may name, with the number of documents."""

    def facts(self) -> Mapping[str, object]:
        """Give what was handed to the last rebuild. Raises IndexMissing."""

    def health(self) -> Health:
        """Say how the index is. Raises IndexMissing."""
