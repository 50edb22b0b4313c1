"""What is left of a parcel that was packed and taken apart again."""

from __future__ import annotations

import pytest

from marketplace.adapters.doors import doors
from marketplace.foundation.database import committing
from marketplace.foundation.jobs import run_due
from marketplace.orders.actions import Handing, pack
from marketplace.orders.actions.handing import unpack
from tests.cast import Cast
from tests.orders.hands import paid
from tests.orders.test_parcels import WINE, lines


def test_the_picture_of_an_unpacked_parcel_goes(cast: Cast) -> None:
    """orders 3.3, people-21: not while another parcel has the same one."""
    (one,) = paid(cast, (WINE, 2))
    (wine,) = lines(one)
    store = doors().storage
    name = store.put(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg")
    with committing():
        first, second = (pack(one, "Ana", Handing(pieces={wine.id: 1}, picture=name)).id
                         for _n in range(2))
        unpack(first)
    run_due()
    assert store.open(name)
    with committing():
        unpack(second)
    run_due()
    with pytest.raises(FileNotFoundError):
        store.open(name)
