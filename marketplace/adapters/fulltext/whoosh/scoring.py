"""Words to scored documents: BM25F on folded weights, all words first, then most of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from marketplace.adapters.fulltext.contract import Form, Query, Ranking, Wanted
from marketplace.adapters.fulltext.formula import rarity
from marketplace.adapters.fulltext.whoosh.listed import Listed, hold, kept_listed, meet
from marketplace.adapters.fulltext.whoosh.view import View

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_] | None


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
    return kept_listed(found.docs, top * found.weights / (k + found.weights), view.size)


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


def _with_all(view: View, lists: list[Listed], mask: Mask) -> Scored:
    lists = sorted(lists, key=_length)
    docs, scores = lists[0].docs, lists[0].scores
    if mask is not None:
        kept = mask.take(docs).nonzero()[0]
        docs, scores = docs.take(kept), scores.take(kept)
    for other in lists[1:]:
        kept, more = meet(other, docs, view.size)
        docs, scores = docs.take(kept), scores.take(kept) + more
    return Scored(docs, scores)


def _length(listed: Listed) -> int:
    return len(listed.docs)


def _with_some(
    view: View, query: Query, lists: list[Listed | None], mask: Mask
) -> tuple[Scored, tuple[str, ...]]:
    import numpy as np

    sums, cover = np.zeros(view.size, np.float32), np.zeros(view.size, np.float32)
    whole = 0.0
    for wanted, found in zip(query.wanted, lists, strict=True):
        held = len(found.docs) if found else 0
        part = np.float32(wanted.weight * rarity(view.count, held))
        whole += float(part)
        if found is not None:
            sums[found.docs] += found.scores
            cover[found.docs] += part
    if mask is not None:
        sums *= mask
    docs = (sums > 0).nonzero()[0].astype(np.int32)
    if not len(docs):
        return _nothing(), tuple(w.typed for w in query.wanted)
    share = np.minimum(cover.take(docs) / np.float32(whole), 1)
    scores = sums.take(docs) * share**query.ranking.coverage_power
    best = docs[scores.argmax()][None]
    return Scored(docs, scores), _missing(view, query, lists, best)


def _missing(view: View, query: Query, lists: list[Listed | None], best: NDArray[np.int32]
             ) -> tuple[str, ...]:
    return tuple(
        wanted.typed
        for wanted, found in zip(query.wanted, lists, strict=True)
        if found is None or not hold(found, best, view.size)[0]
    )


def _in_title(view: View, wanted: Wanted, docs: NDArray[np.int32]) -> NDArray[np.bool_] | None:
    """Tell of each document whether its title has one of the forms; None if none has."""
    found = None
    for form in wanted.forms:
        lists = [view.titled(word) for word in form.words]
        known = [x for x in lists if x is not None]
        if len(known) < len(lists) or not known:
            continue
        hits = hold(known[0], docs, view.size)
        for other in known[1:]:
            hits &= hold(other, docs, view.size)
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
    if len(inside):
        scores = scores.copy()
        scores[inside] *= np.float32(ranking.title_factor)
    near = [x for x in (view.titled(n) for n in query.neighbours) if x]
    if near:
        beside = np.logical_or.reduce([hold(x, docs, view.size) for x in near])
        scores = np.where(beside, scores * np.float32(ranking.neighbour_factor), scores)
    whole = view.titled(query.whole) if query.whole else None
    if whole is not None:
        scores = np.where(hold(whole, docs, view.size), scores + scores.max(), scores)
    return Scored(docs, scores)


def _all_in_title(view: View, query: Query, docs: NDArray[np.int32]) -> NDArray[np.int64]:
    """Give the places of the documents whose title has every wanted word."""
    import numpy as np

    kept = None
    for wanted in query.wanted:
        hits = _in_title(view, wanted, docs if kept is None else docs.take(kept))
        if hits is None:
            return np.zeros(0, np.int64)
        there = hits.nonzero()[0]
        kept = there if kept is None else kept.take(there)
    assert kept is not None, "asked without words"
    return kept


def _community(view: View, found: Scored, ranking: Ranking) -> NDArray[np.float32]:
    raised = view.raised(ranking.community) if ranking.community else None
    return found.scores if raised is None else found.scores * raised.take(found.docs)
