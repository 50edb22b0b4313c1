"""Papers that go with a letter."""

from __future__ import annotations

from marketplace.adapters.doors import doors
from marketplace.adapters.mail import Enclosed
from marketplace.notify.models import Letter
from marketplace.orders.queries.returning import withdrawals_by_code


def enclosed(row: Letter) -> tuple[Enclosed, ...]:
    """The PDF of the receipt with the letter about a withdrawal, once it is made; the letter does
    not wait for it, as its words and the page say the same. Loads: 2 statements, or none.
    """
    if row.template != "withdrawal":
        return ()
    found = withdrawals_by_code([str(row.args.get("code"))])
    try:
        return tuple(Enclosed(f"{one.row.code}.pdf", doors().storage.open(one.row.paper_file))
                     for one in found if one.row.paper_file)
    except FileNotFoundError:
        return ()
