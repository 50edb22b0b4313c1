"""Words that mean the same, written by operators."""

from __future__ import annotations

from functools import partial

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace.foundation import clock
from marketplace.foundation.database import after_commit, db
from marketplace.foundation.errors import Conflict, Invalid, NotFound
from marketplace.foundation.events import OperatorActed, announce
from marketplace.foundation.kept import forget_one
from marketplace.search.models import Synonym
from marketplace.search.queries.pairs import KEY
from marketplace.search.rules.synonyms import MOST_WORDS, Pair, fault


def add_pair(operator_id: int, pair: Pair) -> Synonym:
    """Let words find other words too, from now on. Raises Invalid, Conflict.

    Changes synonyms; announces OperatorActed.
    """
    check_pair(pair)
    same = db.session.scalar(select(Synonym.id).where(
        Synonym.words == pair.words, Synonym.other == pair.other, Synonym.lang == pair.lang,
        Synonym.ended_at.is_(None)))
    if same is not None:
        raise Conflict(_("This pair is there already."))
    row = Synonym(lang=pair.lang, words=pair.words, other=pair.other, both_ways=pair.both_ways,
                  always=pair.always, made_by=operator_id, made_at=clock.now())
    db.session.add(row)
    db.session.flush()
    announce(OperatorActed(operator_id, "synonym.added", "synonym", row.id,
                           f"{pair.words} = {pair.other}"))
    after_commit(partial(forget_one, KEY))
    return row


def check_pair(pair: Pair) -> None:
    """Refuse what is no pair. Raises Invalid."""
    wrong = fault(pair.words, pair.other)
    sentences = {
        "empty": _("Please give words on both sides."),
        "long": _("At most %(n)s words on a side.", n=MOST_WORDS),
        "same": _("Both sides are the same to the search already."),
    }
    if wrong:
        raise Invalid({"other": sentences[wrong]})
    if pair.lang not in ("", "de", "en"):
        raise Invalid({"lang": _("Please choose a language.")})
    if max(len(pair.words), len(pair.other)) > 80:
        raise Invalid({"other": _("At most 80 characters.")})


def end_pair(operator_id: int, pair_id: int) -> None:
    """Let a pair find nothing any more; it stays in the list of what was. Raises NotFound.

    Changes synonyms; announces OperatorActed.
    """
    done = db.session.execute(
        update(Synonym).where(Synonym.id == pair_id, Synonym.ended_at.is_(None))
        .values(ended_at=clock.now(), ended_by=operator_id)
        .execution_options(synchronize_session=False))
    if not done.rowcount:  # type: ignore[attr-defined]
        raise NotFound(_("There is nothing at this address."))
    announce(OperatorActed(operator_id, "synonym.ended", "synonym", pair_id, ""))
    after_commit(partial(forget_one, KEY))
