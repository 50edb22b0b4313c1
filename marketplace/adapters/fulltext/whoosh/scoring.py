"""Words to scored documents: BM25F on folded weights, all words first, then most of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from marketplace.adapters.fulltext.contract import SIGNAL_SCALE, Form, Query, Ranking, Wanted
from marketplace.adapters.fulltext.whoosh.decode import Postings
from marketplace.adapters.fulltext.whoosh.view import View

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_] | None

DENSE_BELOW = 64


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


def _rarity(view: View, count: int) -> float:
    return math.log(1 + (view.count - count + 0.5) / (count + 0.5))


def _word(view: View, word: str, ranking: Ranking, factor: float) -> Postings | None:
    found = view.postings("words", word)
    if found is None:
        return None
    k = ranking.saturation
    top = factor * _rarity(view, len(found.docs)) * (k + 1)
    return Postings(found.docs, top * found.weights / (k + found.weights))


def _form(view: View, form: Form, ranking: Ranking) -> Postings | None:
    lists = [_word(view, word, ranking, form.factor) for word in form.words]
    known = [x for x in lists if x is not None]
    if len(known) < len(lists) or not known:
        return None
    found = _with_all(view, known, None)
    return Postings(found.docs, found.scores) if len(found.docs) else None


def _wanted(view: View, wanted: Wanted, ranking: Ranking) -> Postings | None:
    import numpy as np

    lists = [x for x in (_form(view, f, ranking) for f in wanted.forms) if x is not None]
    if len(lists) < 2:
        return lists[0] if lists else None
    docs, where = np.unique(np.concatenate([x.docs for x in lists]), return_inverse=True)
    best = np.zeros(len(docs), np.float32)
    np.maximum.at(best, where, np.concatenate([x.weights for x in lists]))
    return Postings(docs, best)


def without(view: View, forms: Sequence[Form], mask: Mask) -> Mask:
    """Take the documents that hold one of the unwanted forms out of a mask."""
    for form in forms:
        found = _form(view, form, Ranking())
        if found is not None:
            mask = view.alive.copy() if mask is None else mask.copy()
            mask[found.docs] = False
    return mask


def lookup(view: View, lists: Postings, docs: NDArray[np.int32]) -> NDArray[np.float32]:
    """Give the weight of each document in a posting list, 0 where it does not occur."""
    import numpy as np

    if view.size <= DENSE_BELOW * (len(docs) + len(lists.docs)):
        spread = np.zeros(view.size, np.float32)
        spread[lists.docs] = lists.weights
        return spread[docs]
    where = np.searchsorted(lists.docs, docs)
    where[where == len(lists.docs)] = 0
    return np.where(lists.docs[where] == docs, lists.weights[where], np.float32(0))


def _with_all(view: View, lists: list[Postings], mask: Mask) -> Scored:
    lists = sorted(lists, key=lambda x: len(x.docs))
    docs, scores = lists[0].docs, lists[0].weights
    if mask is not None:
        kept = mask[docs]
        docs, scores = docs[kept], scores[kept]
    for other in lists[1:]:
        more = lookup(view, other, docs)
        kept = more > 0
        docs, scores = docs[kept], scores[kept] + more[kept]
    return Scored(docs, scores)


def _with_some(
    view: View, query: Query, lists: list[Postings | None], mask: Mask
) -> tuple[Scored, tuple[str, ...]]:
    import numpy as np

    sums, cover = np.zeros(view.size, np.float32), np.zeros(view.size, np.float32)
    whole = 0.0
    for wanted, found in zip(query.wanted, lists, strict=True):
        part = np.float32(wanted.weight * _rarity(view, len(found.docs) if found else 0))
        whole += float(part)
        if found is not None:
            sums[found.docs] += found.weights
            cover[found.docs] += part
    if mask is not None:
        sums *= mask
    docs = np.flatnonzero(sums).astype(np.int32)
    if not len(docs):
        return _nothing(), tuple(w.typed for w in query.wanted)
    share = np.minimum(cover[docs] / np.float32(whole), 1)
    scores = sums[docs] * share**query.ranking.coverage_power
    best = docs[int(np.argmax(scores))]
    return Scored(docs, scores), _missing(query, lists, best)


def _missing(query: Query, lists: list[Postings | None], doc: np.int32) -> tuple[str, ...]:
    return tuple(
        wanted.typed
        for wanted, found in zip(query.wanted, lists, strict=True)
        if found is None or doc not in found.docs
    )


def _in_title(view: View, wanted: Wanted, docs: NDArray[np.int32]) -> NDArray[np.bool_]:
    import numpy as np

    found = np.zeros(len(docs), np.bool_)
    for form in wanted.forms:
        lists = [view.postings("title_words", word) for word in form.words]
        if all(lists):
            hits = [lookup(view, x, docs) > 0 for x in lists if x is not None]
            found |= np.logical_and.reduce(hits)
    return found


def _titles(view: View, query: Query, found: Scored) -> Scored:
    """Raise documents whose title holds all words, and more so as neighbours; whole titles lead."""
    import numpy as np

    ranking, docs = query.ranking, found.docs
    if not len(docs) or not query.wanted:
        return found
    inside = np.logical_and.reduce([_in_title(view, w, docs) for w in query.wanted])
    scores = found.scores * np.where(inside, np.float32(ranking.title_factor), np.float32(1))
    near = [x for x in (view.postings("title_words", n) for n in query.neighbours) if x]
    if near:
        beside = np.logical_or.reduce([lookup(view, x, docs) > 0 for x in near])
        scores *= np.where(beside, np.float32(ranking.neighbour_factor), np.float32(1))
    whole = view.postings("title_words", query.whole) if query.whole else None
    if whole is not None:
        scores = np.where(lookup(view, whole, docs) > 0, scores + scores.max(), scores)
    return Scored(docs, scores)


def _community(view: View, found: Scored, ranking: Ranking) -> NDArray[np.float32]:
    import numpy as np

    if not ranking.community or not len(found.docs):
        return found.scores
    signal = np.maximum(view.figure("signal")[found.docs], 0) / np.float32(SIGNAL_SCALE)
    raised: NDArray[np.float32] = (found.scores * (1 + ranking.community * signal)).astype(
        np.float32
    )
    return raised
