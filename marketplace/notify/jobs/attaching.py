"""Papers that go with a letter."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.adapters.doors import doors
from marketplace.adapters.mail import Enclosed
from marketplace.foundation.database import read
from marketplace.notify.models import Letter
from marketplace.orders.models import Withdrawal


def enclosed(row: Letter) -> tuple[Enclosed, ...]:
    """The PDF of the receipt with the letter about a withdrawal, once it is made; the letter does
    not wait for it, as its words and the page say the same. Loads: 1 statement, or none.
    """
    if row.template != "withdrawal":
        return ()
    found = read(select(Withdrawal.code, Withdrawal.paper_file).where(
        Withdrawal.code == str(row.args.get("code")), Withdrawal.paper_file.is_not(None)))
    try:
        return tuple(Enclosed(f"{code}.pdf", doors().storage.open(file)) for code, file in found)
    except FileNotFoundError:
        return ()
