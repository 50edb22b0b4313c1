"""One request as SQL: who matches, and with which score; the formula is that of the files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, text

from marketplace.adapters.fulltext.contract import (
    FIGURES,
    SIGNAL_SCALE,
    Between,
    Filters,
    Form,
    OneOf,
    Query,
    Ranking,
    Wanted,
)
from marketplace.adapters.fulltext.formula import rarity
from marketplace.adapters.fulltext.postgres.tables import stored

Values = dict[str, Any]
FIRST = "CASE WHEN available = 0 THEN 1 ELSE 0 END"
ORDERS = {
    "price": "CASE WHEN price_minor < 0 THEN 1 ELSE 0 END, price_minor, newest DESC",
    "unit_price": "CASE WHEN unit_price_minor < 0 THEN 1 ELSE 0 END, unit_price_minor, newest DESC",
    "newest": "newest DESC", "title": "title", "peers": "q10 DESC, buyers DESC, newest DESC",
    "relevance": "signal DESC, q10 DESC, newest DESC"}
"""Orders that need no words; unavailable things stand behind all others."""


class Request:
    """The conditions and values of one request, put together piece by piece."""

    def __init__(self) -> None:
        self.values: Values = {}

    def keep(self, value: object) -> str:
        """The name of a value in the statement."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def lexemes(self, forms: Sequence[Form]) -> str:
        """A condition: one of these forms, with all its words."""
        said = " | ".join("(" + " & ".join(quoted(word) for word in form.words) + ")"
                          for form in forms if form.words)
        return f"lexemes @@ CAST({self.keep(said)} AS tsquery)" if said else "false"

    def entry(self, entry: OneOf | Between) -> str:
        """A condition: one entry of the filters holds."""
        if isinstance(entry, OneOf):
            values = self.keep(sorted(entry.values))
            return f"(facets -> {self.keep(entry.facet)}) ?| CAST({values} AS text[])"
        if entry.figure not in FIGURES:
            raise ValueError(f"no figure {entry.figure}")
        said = [f"{entry.figure} >= {self.keep(entry.low or 0)}"]
        if entry.high is not None:
            said.append(f"{entry.figure} <= {self.keep(entry.high)}")
        return "(" + " AND ".join(said) + ")"

    def narrowed(self, filters: Filters, leave_out: OneOf | None = None) -> str:
        """A condition: all filters hold, but one."""
        said = [self.entry(one) for one in filters.one_of if one != leave_out]
        said += [self.entry(one) for one in filters.between]
        said += [f"NOT coalesce({self.entry(one)}, false)" for one in filters.none_of]
        if filters.only is not None:
            said.append(f"id = ANY(CAST({self.keep(sorted(filters.only))} AS text[]))")
        return " AND ".join(said) or "true"


def quoted(word: str) -> str:
    """A word as a lexeme of a tsquery, whatever signs it has."""
    return "'" + stored(word).replace("\\", "\\\\").replace("'", "''") + "'"


Known = dict[tuple[tuple[str, ...], ...], int]
"""In how many documents one of some forms stands, by their words; all documents by no form."""


class Frequencies:
    """In how many documents words stand, and wanted things in any of their forms.

    known: what was counted before in the same generation; what is missing is counted and added.
    """

    def __init__(self, connection: Connection, table: str, query: Query, known: Known) -> None:
        words = {((word,),) for wanted in query.wanted for form in wanted.forms
                 for word in form.words}
        forms = [tuple(form.words for form in wanted.forms) for wanted in query.wanted]
        missing = [key for key in dict.fromkeys([(), *sorted(words), *forms]) if key not in known]
        if missing:
            request = Request()
            counts = ", ".join(
                f"(SELECT count(*) FROM {table}"
                + (f" WHERE {request.lexemes([Form(one) for one in key])}" if key else "") + ")"
                for key in missing)
            row = connection.execute(text(f"SELECT {counts}"), request.values).one()
            known.update(zip(missing, map(int, row), strict=True))
        self.total = known[()]
        self.word = {key[0][0]: known[key] for key in words}
        self.wanted = [known[key] for key in forms]


def form_score(request: Request, form: Form, known: Frequencies, ranking: Ranking) -> str:
    """The score of a form: the sum of its saturated words, or 0 where one is missing."""
    k, parts = ranking.saturation, []
    for word in form.words:
        weight = f"CAST(words ->> {request.keep(stored(word))} AS float8)"
        top = form.factor * rarity(known.total, known.word[word]) * (k + 1)
        parts.append(f"{request.keep(top)} * {weight} / ({request.keep(k)} + {weight})")
    return f"coalesce({' + '.join(parts)}, 0)" if parts else "0"


def wanted_score(request: Request, wanted: Wanted, known: Frequencies, ranking: Ranking) -> str:
    """The score of the best form."""
    return "greatest(0, " + ", ".join(
        form_score(request, form, known, ranking) for form in wanted.forms) + ")"


def coverage(request: Request, query: Query, known: Frequencies) -> str:
    """Which share of the wanted words, by how much each tells, a document holds."""
    parts = [wanted.weight * rarity(known.total, known.wanted[n])
             for n, wanted in enumerate(query.wanted)]
    held = " + ".join(f"CASE WHEN s{n} > 0 THEN {request.keep(part)} ELSE 0 END"
                      for n, part in enumerate(parts))
    return f"least(({held}) / {request.keep(sum(parts) or 1.0)}, 1)"


def title_factor(request: Request, query: Query) -> str:
    """What words in the title, and neighbours there, multiply a score by."""
    inside = " AND ".join("(" + (" OR ".join(
        f"title_words @> CAST({request.keep([stored(one) for one in form.words])} AS text[])"
        for form in wanted.forms) or "false") + ")" for wanted in query.wanted)
    said = f"CASE WHEN {inside} THEN {request.keep(query.ranking.title_factor)} ELSE 1 END"
    if query.neighbours:
        near = request.keep([stored(one) for one in query.neighbours])
        said += (f" * CASE WHEN title_words && CAST({near} AS text[])"
                 f" THEN {request.keep(query.ranking.neighbour_factor)} ELSE 1 END")
    return said


def scored(request: Request, table: str, query: Query, known: Frequencies, narrowed: str,
           every: bool) -> str:
    """A SELECT of documents with every wanted word, or with some, their scores and what orders
    need; none of the wide columns. A whole title leads everything else; the community raises a
    score by its share at most.
    """
    ranking = query.ranking
    scores = ", ".join(f"{wanted_score(request, wanted, known, ranking)} AS s{n}"
                       for n, wanted in enumerate(query.wanted))
    found = f" {'AND' if every else 'OR'} ".join(
        request.lexemes(wanted.forms) for wanted in query.wanted)
    barred = "".join(f" AND NOT {request.lexemes([form])}" for form in query.unwanted)
    total = " + ".join(f"s{n}" for n in range(len(query.wanted)))
    share = "1" if every else \
        f"power({coverage(request, query, known)}, {request.keep(ranking.coverage_power)})"
    whole = f"title_words @> CAST({request.keep([stored(query.whole)])} AS text[])" if query.whole \
        else "false"
    raised = (f"(1 + {request.keep(ranking.community)} * greatest(signal, 0) / "
              f"{request.keep(float(SIGNAL_SCALE))})")
    columns = ", ".join(("id", "place", "title", *FIGURES))
    return (
        f"SELECT *, (CASE WHEN leads THEN base + max(base) OVER () ELSE base END) * {raised} "
        f"AS score FROM (SELECT *, ({total}) * {share} * in_title AS base FROM "
        f"(SELECT {columns}, {title_factor(request, query)} AS in_title, {whole} AS leads, "
        f"{scores} FROM {table} WHERE ({found}){barred} AND {narrowed}) AS words_of) AS based")


def missing(held: Sequence[bool], query: Query) -> tuple[str, ...]:
    """The wanted words that a found document lacks."""
    return tuple(wanted.typed for wanted, has in zip(query.wanted, held, strict=True) if not has)
