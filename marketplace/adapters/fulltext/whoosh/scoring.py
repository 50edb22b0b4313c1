"""Words to scored documents: BM25F on folded weights, all words first, then most of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from marketplace.adapters.fulltext.contract import Form, Query, Ranking, Wanted
from marketplace.adapters.fulltext.formula import rarity
from marketplace.adapters.fulltext.whoosh.view import Listed, View

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_] | None

SPREAD_BELOW = 32
"""Laying a list out for one lookup pays where that many times what is looked up is everything."""


class Scored(NamedTuple):
    """Documents in ascending order with their score, and the words the best one lacks."""

    docs: NDArray[np.int32]
    scores: NDArray[np.float32]
    dropped: tuple[str, ...] = ()


def score(view: View, query: Query, mask: Mask) -> Scored:
    """Score the documents that pass the mask and hold all wanted words.

    Where these are fewer than `enough`, those with some of the words follow, weighed by the share
    of words they cover.
    """
    lists = [_wanted(view, w, query.ranking) for w in query.wanted]
    mask = without(view, query.unwanted, mask)
    known = [x for x in lists if x is not None]
    found = _with_all(view, known, mask) if len(known) == len(lists) else _nothing()
    dropped: tuple[str, ...] = ()
    if len(found.docs) < query.ranking.enough and len(lists) > 1:
        found, dropped = _with_some(view, query, lists, mask)
    return Scored(found.docs, _community(view, _titles(view, query, found), query.ranking), dropped)


def _nothing() -> Scored:
    import numpy as np

    return Scored(np.zeros(0, np.int32), np.zeros(0, np.float32))


def _word(view: View, word: str, ranking: Ranking) -> Listed | None:
    """Give the documents of a word with its saturated score in each."""
    k = ranking.saturation
    return view.ready.get((word, k), partial(_saturated, view, word, k))


def _saturated(view: View, word: str, k: float) -> Listed | None:
    found = view.postings("words", word)
    if found is None:
        return None
    top = rarity(view.count, len(found.docs)) * (k + 1)
    return view.laid_out(found.docs, top * found.weights / (k + found.weights))


def _form(view: View, form: Form, ranking: Ranking) -> Listed | None:
    lists = [_word(view, word, ranking) for word in form.words]
    known = [x for x in lists if x is not None]
    if len(known) < len(lists) or not known:
        return None
    if len(known) == 1 and form.factor == 1:
        return known[0]
    docs, scores, _ = _with_all(view, known, None)
    return Listed(docs, scores * form.factor) if len(docs) else None


def _wanted(view: View, wanted: Wanted, ranking: Ranking) -> Listed | None:
    import numpy as np

    lists = [x for x in (_form(view, f, ranking) for f in wanted.forms) if x is not None]
    if len(lists) < 2:
        return lists[0] if lists else None
    docs, where = np.unique(np.concatenate([x.docs for x in lists]), return_inverse=True)
    best = np.zeros(len(docs), np.float32)
    np.maximum.at(best, where, np.concatenate([x.scores for x in lists]))
    return Listed(docs, best)


def without(view: View, forms: Sequence[Form], mask: Mask) -> Mask:
    """Take the documents that hold one of the unwanted forms out of a mask."""
    for form in forms:
        found = _form(view, form, Ranking())
        if found is not None:
            mask = view.alive.copy() if mask is None else mask.copy()
            mask[found.docs] = False
    return mask


def lookup(view: View, listed: Listed, docs: NDArray[np.int32]) -> NDArray[Any]:
    """Give the score of each document in a list, 0 where it does not occur."""
    import numpy as np

    if listed.spread is not None:
        return listed.spread.take(docs)
    if view.size <= SPREAD_BELOW * (len(docs) + len(listed.docs)):
        spread = np.zeros(view.size, listed.scores.dtype)
        spread[listed.docs] = listed.scores
        return spread.take(docs)
    where = np.searchsorted(listed.docs, docs)
    where[where == len(listed.docs)] = 0
    found = listed.scores.take(where)
    found[listed.docs.take(where) != docs] = 0
    return found


def _with_all(view: View, lists: list[Listed], mask: Mask) -> Scored:
    lists = sorted(lists, key=_length)
    docs, scores = lists[0].docs, lists[0].scores
    if mask is not None:
        kept = mask.take(docs).nonzero()[0]
        docs, scores = docs.take(kept), scores.take(kept)
    for other in lists[1:]:
        more = lookup(view, other, docs)
        kept = (more > 0).nonzero()[0]
        docs, scores = docs.take(kept), scores.take(kept) + more.take(kept)
    return Scored(docs, scores)


def _length(listed: Listed) -> int:
    return len(listed.docs)


def _with_some(
    view: View, query: Query, lists: list[Listed | None], mask: Mask
) -> tuple[Scored, tuple[str, ...]]:
    import numpy as np

    sums, parts = np.zeros(view.size, np.float32), []
    for wanted, found in zip(query.wanted, lists, strict=True):
        held = len(found.docs) if found else 0
        parts.append(np.float32(wanted.weight * rarity(view.count, held)))
        if found is not None and found.spread is not None:
            sums += found.spread
        elif found is not None:
            sums[found.docs] += found.scores
    if mask is not None:
        sums *= mask
    docs = (sums > 0).nonzero()[0].astype(np.int32)
    if not len(docs):
        return _nothing(), tuple(w.typed for w in query.wanted)
    cover = np.zeros(len(docs), np.float32)
    for part, found in zip(parts, lists, strict=True):
        if found is not None:
            cover += part * (lookup(view, found, docs) > 0)
    share = np.minimum(cover / np.float32(sum(map(float, parts))), 1)
    scores = sums.take(docs) * share**query.ranking.coverage_power
    best = docs[scores.argmax()][None]
    return Scored(docs, scores), _missing(view, query, lists, best)


def _missing(view: View, query: Query, lists: list[Listed | None], best: NDArray[np.int32]
             ) -> tuple[str, ...]:
    return tuple(
        wanted.typed
        for wanted, found in zip(query.wanted, lists, strict=True)
        if found is None or not lookup(view, found, best)[0]
    )


def _in_title(view: View, wanted: Wanted, docs: NDArray[np.int32]) -> NDArray[np.bool_] | None:
    """Tell of each document whether its title has one of the forms; None if none has."""
    found = None
    for form in wanted.forms:
        lists = [view.titled(word) for word in form.words]
        known = [x for x in lists if x is not None]
        if len(known) < len(lists) or not known:
            continue
        hits: NDArray[np.bool_] = lookup(view, known[0], docs)
        for other in known[1:]:
            hits &= lookup(view, other, docs)
        found = hits if found is None else found | hits
    return found


def _titles(view: View, query: Query, found: Scored) -> Scored:
    """Raise documents whose title holds all words, and more so as neighbours; whole titles lead."""
    import numpy as np

    ranking, docs = query.ranking, found.docs
    if not len(docs) or not query.wanted:
        return found
    scores = found.scores
    inside = _all_in_title(view, query, docs)
    if inside is not None:
        scores = np.where(inside, scores * np.float32(ranking.title_factor), scores)
    near = [x for x in (view.titled(n) for n in query.neighbours) if x]
    if near:
        beside = np.logical_or.reduce([lookup(view, x, docs) for x in near])
        scores = np.where(beside, scores * np.float32(ranking.neighbour_factor), scores)
    whole = view.titled(query.whole) if query.whole else None
    if whole is not None:
        scores = np.where(lookup(view, whole, docs), scores + scores.max(), scores)
    return Scored(docs, scores)


def _all_in_title(view: View, query: Query, docs: NDArray[np.int32]) -> NDArray[np.bool_] | None:
    """Tell of each document whether its title has every wanted word; None if none has."""
    found = None
    for wanted in query.wanted:
        hits = _in_title(view, wanted, docs)
        if hits is None:
            return None
        found = hits if found is None else found & hits
    return found


def _community(view: View, found: Scored, ranking: Ranking) -> NDArray[np.float32]:
    raised = view.raised(ranking.community) if ranking.community else None
    return found.scores if raised is None else found.scores * raised.take(found.docs)
