"""Trust that ends: nothing that recommends goes by it any longer."""

from __future__ import annotations

from marketplace.foundation.jobs import run_due
from tests.cast import Cast
from tests.reviews.hands import WINE, answered


def test_whom_one_trusts_no_more_is_no_reason_any_more(cast: Cast) -> None:
    """people-5: removing it reaches recommend with its next refresh: list, reason and search."""
    answered(cast, "eva")
    run_due()
    assert cast.post(cast.browser("eva"), f"/products/{WINE}/recommend", audience="all",
                     step="send", reason="Salzig und klar, sehr gut.").status_code == 303
    cleo = cast.browser("cleo")
    cast.post(cleo, "/members/eva/trust", subject="wine")
    run_due()
    mine, found = "/for-you?by=people&lang=en", "/search?q=Riesling&lang=en"
    assert WINE in cleo.get(mine).get_data(as_text=True)
    assert "Eva, whom you trust, recommends it" in cleo.get(found).get_data(as_text=True)
    cast.post(cleo, "/members/eva/untrust")
    run_due()
    assert WINE not in cleo.get(mine).get_data(as_text=True)
    assert "whom you trust" not in cleo.get(found).get_data(as_text=True)
