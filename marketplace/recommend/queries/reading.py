"""Reading the arrays from the tables: everything once, then what changed since.

Signals that are new or have another value are found by their own number, all else by the persons
that taste_changes name.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from marketplace.catalog.models import Category, Product
from marketplace.foundation.database import db
from marketplace.orders.queries.received import buyers
from marketplace.people.models import Follow, Trust
from marketplace.recommend.models import Signal, TasteChange
from marketplace.recommend.queries.offer import OnSale
from marketplace.recommend.queries.willing import Willing, willing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from marketplace.recommend.rules.arrays import Numbered
    from marketplace.recommend.rules.community import Look, TasteModel
    from marketplace.recommend.rules.follows import Follows
    from marketplace.recommend.rules.shelf import Offer, Shelf

IMPORTED = "imported"
AT_ONCE = 50_000


@dataclass(slots=True)
class Kept:
    """The arrays of one process and what they know of; stamp: the newest change in them.

    imported: people with a signal from an operator's import; bought: people who may count;
    from_age: from which known age on people are profiled; shelf: what is on sale, laid out for the
    arrays.
    """

    model: TasteModel
    stamp: int
    willing: Willing
    imported: frozenset[Any]
    bought: frozenset[int]
    from_age: int
    shelf: tuple[OnSale, Shelf] | None = None

    def objects(self, person_id: int) -> bool:
        """Whether nothing may be computed of a person."""
        return person_id in self.willing.silent

    def matches(self, person: Any) -> bool:
        """Whether somebody may enter other people's peers."""
        may = person in self.willing.compared or person in self.imported
        return may and person not in self.willing.silent

    def counts(self, person: Any) -> bool:
        """Whether somebody's signals count for others."""
        return person in self.bought or person in self.imported

    def offer(self, look: Look, offers: OnSale, from_age: int) -> Offer:
        """What may be offered below an age class; laid out once as long as the same is on sale."""
        from marketplace.recommend.rules.shelf import shelf

        products, held = look.signals.products, self.shelf
        if held is None or held[0] is not offers or len(held[1].ages) != len(products):
            held = self.shelf = offers, shelf(products, offers.verdicts, offers.by_age)
        return held[1].below(from_age)

    def settle(self) -> None:
        """Let the arrays know of everybody who counts and who may be matched."""
        may = (self.willing.compared | self.imported) - self.willing.silent
        self.model.signals.settle(self.bought | self.imported, may)


@dataclass(slots=True)
class Changes:
    """Of whom what is read anew; `all_of` holds what is read anew of everybody."""

    people: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    all_of: set[str] = field(default_factory=set)


def _key(row: Any) -> Any:
    return row.person_id if row.person_id is not None else f"outside {row.outside_person}"


def _wanted() -> Any:
    return select(Signal.person_id, Signal.outside_person, Signal.product_id, Signal.value,
                  Signal.source)


def loaded(stamp: int, from_age: int) -> Kept:
    """Everything from the tables. Loads: 9 statements."""
    from marketplace.recommend.rules.arrays import Signals
    from marketplace.recommend.rules.community import TasteModel

    people, products, values, imported = _columns()
    signals = Signals(people, products, values)
    model = TasteModel(signals, follows_of_all(), subjects=_subjects())
    model.follows.ties()
    found = Kept(model, stamp, willing(from_age), imported, buyers(), from_age)
    found.settle()
    return found


def _columns() -> tuple[Numbered, NDArray[np.int64], NDArray[np.float32], frozenset[Any]]:
    """All signals as columns, and who has one from an import; row after row, never all at once.

    Loads: 1 statement.
    """
    import numpy as np

    from marketplace.recommend.rules.arrays import Names, Numbered

    people, products, values = array("q"), array("q"), array("f")
    outside, imported = dict[str, int](), set[Any]()
    found = db.session.execute(_wanted().execution_options(yield_per=AT_ONCE))
    for rows in found.partitions():
        people.extend(row.person_id if row.person_id is not None
                      else -1 - outside.setdefault(row.outside_person, len(outside))
                      for row in rows)
        products.extend(row.product_id for row in rows)
        values.extend(row.value for row in rows)
        imported.update(_key(row) for row in rows if row.source == IMPORTED)
    known, places = Numbered.of(np.asarray(people))
    names = [f"outside {one}" for one in outside]
    ids = [one if one >= 0 else names[-1 - one] for one in known.ids]  # type: ignore[operator]
    given = Numbered(Names(ids), places)
    return given, np.asarray(products), np.asarray(values), frozenset(imported)


def follows_of_all() -> Follows:
    """Who follows and trusts whom. Loads: 2 statements."""
    from marketplace.recommend.rules.follows import Follows

    follows = Follows()
    _put_follows(follows, None)
    return follows


def _put_follows(follows: Follows, people: Collection[int] | None) -> None:
    """Read whom some people, or all, follow and trust. Loads: 2 statements."""
    told = select(Follow.follower_id, Follow.followed_id)
    trusted = select(Trust.truster_id, Trust.trusted_id, Trust.subject_id)
    if people is not None:
        told = told.where(Follow.follower_id.in_(people))
        trusted = trusted.where(Trust.truster_id.in_(people))
    followed, trusts = defaultdict[int, list[int]](list), defaultdict[int, list[Any]](list)
    for one, other in db.session.execute(told.order_by(Follow.follower_id, Follow.followed_id)):
        followed[one].append(other)
    for one, other, subject in db.session.execute(
            trusted.order_by(Trust.truster_id, Trust.trusted_id, Trust.subject_id)):
        trusts[one].append((other, subject))
    for one in (followed.keys() | trusts.keys() if people is None else people):
        follows.replace(one, followed[one], trusts[one])


def _subjects(*where: Any) -> dict[Any, Any]:
    return dict(db.session.execute(
        select(Product.id, Category.subject_id)
        .join(Category, Category.id == Product.category_id).where(*where)).all())


def grown(found: Kept, stamp: int) -> Kept | None:
    """Take in what changed since, all at once; None where everything is to be read anew.

    Loads: 3 statements after an answer, at most 11.
    """
    changes = _changes_since(found.stamp)
    if "signals" in changes.all_of:
        return None
    anew = changes.people["signals"]
    fresh = Signal.stamp > found.stamp
    rows = db.session.execute(_wanted().where(
        or_(fresh, Signal.person_id.in_(anew)) if anew else fresh)).all()
    touched = {_key(row) for row in rows} | anew
    _put_signals(found, rows, anew)
    _renew_imported(found, rows, touched)
    _renew_standing(found, changes, touched)
    _renew_follows(found, changes)
    new = {row.product_id for row in rows} - found.model.subjects.keys()
    if new:
        found.model.subjects = {**found.model.subjects, **_subjects(Product.id.in_(new))}
    found.stamp = stamp
    return found


def _changes_since(stamp: int) -> Changes:
    made = Changes()
    for what, person_id in db.session.execute(
            select(TasteChange.what, TasteChange.person_id).where(TasteChange.stamp > stamp)):
        if person_id is None:
            made.all_of.add(what)
        else:
            made.people[what].add(person_id)
    return made


def _put_signals(found: Kept, rows: Iterable[Any], anew: Iterable[int]) -> None:
    signals = found.model.signals
    with signals.changing():
        for person in anew:
            signals.forget(person)
        for row in rows:
            signals.put(_key(row), row.product_id, row.value)


def _renew_imported(found: Kept, rows: Sequence[Any], touched: Collection[Any]) -> None:
    """Who has signals from an import; asked again of those who may have none any more."""
    doubtful = [one for one in found.imported & set(touched) if isinstance(one, int)]
    still = db.session.scalars(
        select(Signal.person_id).where(Signal.person_id.in_(doubtful), Signal.source == IMPORTED)
        .distinct()) if doubtful else ()
    found.imported = (found.imported - set(doubtful)).union(
        (one for one in still if one is not None),
        (_key(row) for row in rows if row.source == IMPORTED))


def _renew_standing(found: Kept, changes: Changes, touched: Collection[Any]) -> None:
    """Who counts, and who may be matched and named."""
    if "standing" in changes.all_of:
        found.willing, found.bought = willing(found.from_age), buyers()
        found.settle()
        return
    changed = changes.people["standing"]
    if changed:
        found.willing = found.willing.renewed(changed, willing(found.from_age, changed))
    asked = changed | {one for one in touched if isinstance(one, int)}
    if asked:
        found.bought = (found.bought - asked) | buyers(asked)
    signals = found.model.signals
    with signals.changing():
        for person in asked | set(touched):
            if person in signals.people.places:
                signals.let_count(person, found.counts(person))
                signals.let_match(person, found.matches(person))


def _renew_follows(found: Kept, changes: Changes) -> None:
    if "follows" in changes.all_of:
        found.model.follows = follows_of_all()
    elif changes.people["follows"]:
        _put_follows(found.model.follows, changes.people["follows"])
