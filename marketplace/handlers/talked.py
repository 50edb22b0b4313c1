"""What the studio shows of talk elsewhere: threads in a rush, and words a house watches for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from flask_babel import gettext as _

from marketplace.foundation import clock
from marketplace.insights.queries.resonance import Rush, rushes_of
from marketplace.notify.queries.watching import finds_of
from marketplace.web.formats import moment

SHOWN_FOR, MOST_FINDS = timedelta(days=7), 3


def talk_of(producer_id: int, viewer_id: int) -> Sequence[tuple[str, str, str]]:
    """Threads in a rush, then words of the house that were said, of seven days and the newest
    first: title, why and when, address. Loads: 3 statements.
    """
    since = clock.now() - SHOWN_FOR
    said = finds_of(producer_id, viewer_id, since, MOST_FINDS)
    return [*((row.title, _rush_words(row), row.url) for row in rushes_of(producer_id, since)),
            *((row.about, _("“%(word)s” is mentioned, %(at)s", word=row.watched,
                            at=moment(row.at)), row.url) for row in said)]


def _rush_words(row: Rush) -> str:
    at = moment(row.at)
    if row.measure == "reads":
        return _("read %(n)s times in an hour, %(at)s", n=row.seen, at=at)
    return _("%(n)s posts and votes in an hour, %(at)s", n=row.seen, at=at)
