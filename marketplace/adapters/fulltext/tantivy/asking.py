"""One request in the engine's terms: who matches, and who comes first before scores are exact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from marketplace.adapters.fulltext.contract import FIGURES, Between, Filters, Form, OneOf, Query
from marketplace.adapters.fulltext.tantivy.rows import schema, stored

FAR = 2**62
LEADS = 1e4
"""What a whole title adds to the first score: its document is among the likely ones."""
TITLE_SHARE = 0.5


def _engine() -> Any:
    import tantivy

    return tantivy


def every(parts: Iterable[Any], barred: Iterable[Any] = ()) -> Any:
    """All of these, none of those."""
    occur = _engine().Occur
    asked = [(occur.Must, part) for part in parts] or [(occur.Must, _engine().Query.all_query())]
    return _engine().Query.boolean_query([*asked, *((occur.MustNot, part) for part in barred)])


def some(parts: Iterable[Any]) -> Any:
    """Any of these, their scores added."""
    return _engine().Query.boolean_query([(_engine().Occur.Should, part) for part in parts])


def silent(query: Any) -> Any:
    """The same documents without a score."""
    return _engine().Query.const_score_query(query, 0.0)


def term(field: str, word: str) -> Any:
    """The documents of a word."""
    option = "freq" if field == "words" else "basic"
    return _engine().Query.term_query(schema(), field, stored(word), option)


def one_of(field: str, values: Iterable[str]) -> Any:
    """The documents that have one of these values."""
    return _engine().Query.term_set_query(schema(), field, [stored(one) for one in sorted(values)])


def between(figure: str, low: int, high: int) -> Any:
    """The documents whose figure lies between these bounds, ends included."""
    kind = _engine().FieldType.Integer
    return _engine().Query.range_query(schema(), f"n_{figure}", kind, low, high)


def entry(one: OneOf | Between) -> Any:
    """One entry of the filters. Raises ValueError for an unknown figure."""
    if isinstance(one, OneOf):
        return one_of(f"f_{one.facet}", one.values)
    if one.figure not in FIGURES:
        raise ValueError(f"no figure {one.figure}")
    return between(one.figure, one.low or 0, FAR if one.high is None else one.high)


def form(one: Form) -> Any:
    """The documents with all words of a form."""
    found = every([term("words", word) for word in one.words])
    return found if one.factor == 1 else _engine().Query.boost_query(found, one.factor)


def forms(found: Sequence[Form]) -> Any:
    """The documents with one of these forms, scored by the best."""
    known = [form(one) for one in found if one.words]
    if not known:
        return _engine().Query.empty_query()
    return known[0] if len(known) == 1 else _engine().Query.disjunction_max_query(known)


def matching(words: Query | None, filters: Filters, all_words: bool,
             leave_out: OneOf | None = None) -> Any:
    """All documents of a request; without one entry of its filters, if asked for."""
    must = [silent(entry(one)) for one in filters.one_of if one != leave_out]
    must += [silent(entry(one)) for one in filters.between]
    barred = [entry(one) for one in filters.none_of]
    if filters.only is not None:
        must.append(silent(one_of("id", filters.only)))
    if words is not None:
        wanted = [forms(one.forms) for one in words.wanted]
        must += wanted if all_words or not wanted else [some(wanted)]
        barred += [form(one) for one in words.unwanted]
    return every(must, barred)


def likely_first(query: Any, words: Query) -> Any:
    """The same documents; whole titles and words in the title lead."""
    occur = _engine().Occur
    inside = [term("title_words", word) for wanted in words.wanted for one in wanted.forms
              for word in one.words]
    lead = [(occur.Should, _engine().Query.boost_query(one, TITLE_SHARE)) for one in inside]
    if words.whole:
        lead.append((occur.Should, _engine().Query.const_score_query(
            term("title_words", words.whole), LEADS)))
    return _engine().Query.boolean_query([(occur.Must, query), *lead])
