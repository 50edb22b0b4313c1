"""Laying out signals: ids become places, and entries rows by person and by product."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from marketplace.recommend.rules.rows import Rows, starts_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int32]
    Values = NDArray[np.float32]

SPARE = 1_000_000
"""A table of ids may be that much longer than there are entries."""
AT_ONCE = 1 << 17


class Names:
    """Ids of people or products and their place in the arrays, from 0 on."""

    def __init__(self, ids: Iterable[Hashable] = ()) -> None:
        self.ids: list[Hashable] = list(dict.fromkeys(ids))
        self.places: dict[Hashable, int] = {one: place for place, one in enumerate(self.ids)}

    def __len__(self) -> int:
        return len(self.ids)

    def place(self, one: Hashable) -> int:
        """Give the place of an id, a new one at the end if it is unknown."""
        found = self.places.get(one)
        if found is None:
            found = self.places[one] = len(self.ids)
            self.ids.append(one)
        return found


class Numbered(NamedTuple):
    """Ids by their names and the place of each, one after another."""

    names: Names
    places: Numbers

    @classmethod
    def of(cls, ids: Sequence[Hashable] | NDArray[np.integer] | Numbered) -> Numbered:
        """Number ids: whole numbers of an array in their order, others in the order of coming."""
        import numpy as np

        if isinstance(ids, Numbered):
            return ids
        if isinstance(ids, np.ndarray):
            known, places = _in_order(ids)
            return cls(Names(known.tolist()), places)
        names = Names(ids)
        find = names.places.__getitem__
        return cls(names, np.fromiter(map(find, ids), np.int32, len(ids)))


def _in_order(ids: NDArray[np.integer]) -> tuple[NDArray[np.integer], Numbers]:
    import numpy as np

    if not len(ids):
        return ids, np.zeros(0, np.int32)
    low, high = int(ids.min()), int(ids.max())
    if high - low > len(ids) + SPARE:
        known, places = np.unique(ids, return_inverse=True)
        return known, places.astype(np.int32)
    table = np.zeros(high - low + 1, np.int32)
    for part in _parts(len(ids)):
        table[ids[part] - low] = 1
    known = np.flatnonzero(table)
    table[known] = np.arange(len(known), dtype=np.int32)
    places = np.empty(len(ids), np.int32)
    for part in _parts(len(ids)):
        places[part] = table[ids[part] - low]
    return known + low, places


def _parts(count: int) -> Iterator[slice]:
    """Cut an array into parts that stay near the processor."""
    return (slice(start, start + AT_ONCE) for start in range(0, count, AT_ONCE))


def parts_of(starts: NDArray[np.integer]) -> Iterator[tuple[int, int]]:
    """Cut rows into runs of about a million entries: the first row of each, and the one after."""
    import numpy as np

    ends = np.searchsorted(starts, np.arange(0, int(starts[-1]), 8 * AT_ONCE)).tolist()
    ends.append(len(starts) - 1)
    return ((first, last) for first, last in pairwise(ends) if last > first)


def laid_out(
    rows: Numbers, columns: Numbers, values: Values, people: int, products: int
) -> tuple[Rows, Rows]:
    """Sort entries by person and by product; of a pair given twice the last counts."""
    import numpy as np

    known = np.unique(values)
    bits = (people.bit_length(), products.bit_length(), len(known).bit_length())
    if sum(bits) > 63:
        return _laid_out_slowly(rows, columns, values, people, products)
    codes = np.empty(len(values), np.int32)
    for part in _parts(len(values)):
        codes[part] = np.searchsorted(known, values[part])
    by_person = _sorted(rows, columns, codes, bits)
    if not _is_single(by_person, bits[2]):
        last = _last(rows, columns, products)
        return laid_out(rows[last], columns[last], values[last], people, products)
    made = _rows(by_person, np.bincount(rows, minlength=people), bits[1:], known)
    del by_person
    other = _sorted(columns, rows, codes, (bits[1], bits[0], bits[2]))
    return made, _rows(other, np.bincount(columns, minlength=products), (bits[0], bits[2]), known)


def _sorted(
    first: Numbers, second: Numbers, codes: Numbers, bits: tuple[int, int, int]
) -> NDArray[np.int64]:
    """Sort entries as whole numbers: first, second and the code of the value side by side."""
    import numpy as np

    made = np.empty(len(codes), np.int64)
    for part in _parts(len(codes)):
        made[part] = first[part]
        made[part] <<= bits[1]
        made[part] |= second[part]
        made[part] <<= bits[2]
        made[part] |= codes[part]
    made.sort()
    return made


def _is_single(entries: NDArray[np.int64], bits: int) -> bool:
    """Tell whether no pair stands there twice."""
    import numpy as np

    for part in _parts(len(entries)):
        pairs = entries[part.start : part.stop + 1] >> bits
        if not np.all(pairs[1:] != pairs[:-1]):
            return False
    return True


def _rows(
    entries: NDArray[np.int64], lengths: NDArray[np.int64], bits: tuple[int, int], known: Values
) -> Rows:
    """Take sorted entries apart again."""
    import numpy as np

    numbers, values = np.empty(len(entries), np.int32), np.empty(len(entries), np.float32)
    second, code = (1 << bits[0]) - 1, (1 << bits[1]) - 1
    for part in _parts(len(entries)):
        numbers[part] = (entries[part] >> bits[1]) & second
        values[part] = known[entries[part] & code]
    return Rows(starts_of(lengths), numbers, values)


def _laid_out_slowly(
    rows: Numbers, columns: Numbers, values: Values, people: int, products: int
) -> tuple[Rows, Rows]:
    """The same for entries that do not fit into 63 bits."""
    import numpy as np

    last = _last(rows, columns, products)
    rows, columns, values = rows[last], columns[last], values[last]
    made = []
    for first, second, size in ((rows, columns, people), (columns, rows, products)):
        order = np.lexsort((second, first))
        lengths = np.bincount(first, minlength=size)
        made.append(Rows(starts_of(lengths), second[order], values[order]))
    return made[0], made[1]


def _last(rows: Numbers, columns: Numbers, products: int) -> NDArray[np.int64]:
    """Where each pair stands for the last time."""
    import numpy as np

    key = rows.astype(np.int64) * products + columns
    order = np.argsort(key, kind="stable")
    key = key[order]
    last = np.ones(len(key), np.bool_)
    last[:-1] = key[1:] != key[:-1]
    return order[last]
