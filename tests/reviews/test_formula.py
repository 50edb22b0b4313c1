"""The formula: changed with a reason, shown before it counts, explained with its own numbers."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid
from marketplace.foundation.kept import forget
from marketplace.moderation.models import AuditEntry
from marketplace.reviews.actions import change_formula, rebuild_scores
from marketplace.reviews.models import FormulaVersion
from marketplace.reviews.queries import formula_in_force
from marketplace.reviews.rules.formula import RANGES, SHIPPED, Formula, changed, fault, in_force
from marketplace.reviews.rules.score import Prior, posterior
from tests.cast import Cast
from tests.reviews.hands import WINE, many, score

WHY = ("Weniger Gewicht für die Vorannahme.", "Less weight for the belief.")


def test_shipped_numbers_lie_in_their_ranges() -> None:
    """Every parameter has a range, and the shipped value lies in it."""
    assert set(RANGES) == set(Formula.__dataclass_fields__)
    assert [name for name in RANGES if fault(name, getattr(SHIPPED, name))] == []
    assert (fault("prior_weight", 4.9), fault("prior_weight", 31), fault("luck", 1)) == (
        "range", "range", "unknown")


def test_the_last_one_that_has_begun_is_in_force() -> None:
    """Versions from day 1 and 3, in any order: day 0 shipped, 2 the first, 4 the second."""
    day = [clock.now() + timedelta(days=n) for n in range(5)]
    versions = [(day[3], {"lot_weight": 7.0}), (day[1], {"lot_weight": 6.0, "old": 1.0})]
    assert [in_force(versions, at).lot_weight for at in day] == [5, 6, 6, 7, 7]
    assert changed(SHIPPED, in_force(versions, day[1])) == {"lot_weight": (5.0, 6.0)}


def test_change_is_written_with_its_reason_and_seen_before_it_counts(cast: Cast) -> None:
    """reviews-29: a row with the reason, an audit row, on the page as "not in force yet"; from
    its day on scores follow it.
    """
    many(cast, 3, 0)
    start = clock.now() + timedelta(days=2)
    with committing():
        change_formula(cast.id("olga"), {"prior_weight": 5}, start, *WHY)
    assert formula_in_force().prior_weight == 10
    assert db.session.scalar(db.select(AuditEntry.why)) == WHY[1]
    page = cast.app.test_client().get("/how-reviews-are-checked").get_data(as_text=True)
    section = page.split('id="changes"')[1].split("</section>")[0]
    assert WHY[0] in section and "gilt noch nicht" in section and "10 → 5" in section
    with time_machine.travel(start + timedelta(minutes=1), tick=False):
        forget()
        assert formula_in_force().prior_weight == 5
        db.session.rollback()
        with committing():
            rebuild_scores()
        assert score(cast.goods(WINE).product_id).m == 5
        page = cast.app.test_client().get("/how-reviews-are-checked").get_data(as_text=True)
        assert "gilt noch nicht" not in page and "Beta(4; 1)" in page
    forget()


@pytest.mark.parametrize(("values", "days", "why", "field"), [
    ({"prior_weight": 5.0}, 0.9, WHY, "valid_from"), ({"prior_weight": 99.0}, 3, WHY,
                                                      "prior_weight"),
    ({"luck": 1.0}, 3, WHY, "luck"), ({"prior_weight": 10.0}, 3, WHY, "values"),
    ({"prior_weight": 5.0}, 3, ("kurz", "short"), "why"),
    ({"mean_low": 0.8, "mean_high": 0.7}, 3, WHY, "values")])
def test_bad_changes_are_refused(cast: Cast, values: dict[str, float], days: float,
                                 why: tuple[str, str], field: str) -> None:
    """Unknown, out of range, without notice, without reason, without effect: nothing written."""
    with pytest.raises(Invalid) as fault_, committing():
        change_formula(cast.id("olga"), values, clock.now() + timedelta(days=days), *why)
    assert field in fault_.value.faults
    assert db.session.scalars(db.select(FormulaVersion)).all() == []


def test_page_is_written_from_the_numbers_in_force(cast: Cast) -> None:
    """Worked example: (8 + 33) / (10 + 37) = 0,872, careful 0,808; parameters and signs stand
    there; every answer is published, none is paid for.
    """
    page = cast.app.test_client().get("/how-reviews-are-checked").get_data(as_text=True)
    found = posterior(Prior(0.8, 10), 33, 37)
    assert (round(found.mean, 3), round(found.q10, 3)) == (0.872, 0.808)
    assert "(8 + 33) / (10 + 37) = 0,872" in page and "0,808" in page
    for words in ("wird veröffentlicht", "keine ist bezahlt", "Tage, nach denen eine Antwort halb",
                  "365", "weit mehr Antworten an einem Tag", "Noch nichts."):
        assert words in page, words


def test_page_shows_one_products_own_figures(cast: Cast) -> None:
    """Spec 4: ?product=slug shows prior, k, n, N, period and q10; unknown ones show none."""
    many(cast, 3, 1)
    row = score(cast.goods(WINE).product_id)
    page = cast.app.test_client().get(
        f"/how-reviews-are-checked?product={WINE}").get_data(as_text=True)
    facts = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", page))
    assert facts["würde es wieder kaufen"] == "3 von 4"
    assert facts["gefragte Käufer"] == "4"
    assert facts["angenommen vor der ersten Antwort"] == "Beta(8; 2)"
    assert facts["vorsichtige Schätzung"] == f"{row.q10:.3f}".replace(".", ",").rstrip("0")
    assert "Zeitraum" in facts
    other = cast.app.test_client().get("/how-reviews-are-checked?product=none")
    assert other.status_code == 200 and "Zeitraum" not in other.get_data(as_text=True)
