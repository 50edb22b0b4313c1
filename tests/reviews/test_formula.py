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
from marketplace.reviews.queries.beliefs import effect_of
from marketplace.reviews.rules.formula import RANGES, SHIPPED, Formula, changed, fault, in_force
from marketplace.reviews.rules.score import Prior, posterior
from tests.cast import Cast
from tests.reviews.hands import HAT, WINE, answered, given, many, score

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
    ({"prior_weight": 5.0}, 3, ("kurz", "short"), "why_de"),
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


def test_operator_looks_at_a_change_before_announcing_it(cast: Cast) -> None:
    """reviews-29: bounds beside each field; a look writes nothing and shows changes, examples
    and goods; announcing needs both reasons; then it stands on the public page.

    Wine 6 of 6, hats 3 of 4, one shelf each; mu_all = (9 + 8) / (10 + 10) = .85; by 5 instead
    of 10 answers of belief 3 of 3 on Beta(4, 1) -> Beta(7, 1): q10 = .1 ** (1 / 7) = .7197.
    """
    many(cast, 6, 0)
    many(cast, 3, 1, HAT)
    olga = cast.browser("olga")
    page = olga.get("/operator/formula").get_data(as_text=True)
    assert 'name="prior_weight"' in page and "5 bis 30, jetzt 10" in page
    day = (clock.today() + timedelta(days=2)).isoformat()
    typed = {"prior_weight": "5", "valid_from": day}
    seen = cast.post(olga, "/operator/formula", step="preview", **typed).get_data(as_text=True)
    assert "10 → 5" in seen and "Riesling vom Schiefer" in seen and "0,72" in seen
    assert "die 2 Waren mit den meisten Antworten. 2 davon ändern" in seen
    assert 'value="0,9"' in page
    for wrong, field in (({"prior_weight": "4"}, "prior_weight"), ({"luck": "1"}, "values"),
                         ({"mean_low": "x"}, "mean_low"), ({"valid_from": "bald"}, "valid_from")):
        done = cast.post(olga, "/operator/formula", step="announce", why_de=WHY[0], why_en=WHY[1],
                         **({"valid_from": day} | wrong))
        assert done.status_code == 422 and f"#f-{field}" in done.get_data(as_text=True), wrong
    unsaid = cast.post(olga, "/operator/formula", step="announce", why_de=WHY[0], **typed)
    assert unsaid.status_code == 422 and 'value="5"' in unsaid.get_data(as_text=True)
    assert db.session.scalars(db.select(FormulaVersion)).all() == []
    db.session.rollback()
    done = cast.post(olga, "/operator/formula", step="announce", why_de=WHY[0], why_en=WHY[1],
                     **typed)
    assert done.status_code == 303
    public = cast.app.test_client().get("/how-reviews-are-checked").get_data(as_text=True)
    assert WHY[0] in public and "gilt noch nicht" in public
    assert formula_in_force().prior_weight == 10


def test_look_at_a_change_counts_as_the_night_does(cast: Cast) -> None:
    """What is shown as of now equals the nightly count; what would be stays so once announced."""
    many(cast, 6, 0)
    given(answered(cast, "cleo", False), 400)
    many(cast, 3, 1, HAT)
    new = Formula(prior_weight=7, half_life_days=100)
    seen = {one.product_id: (one.q10, one.new_q10) for one in effect_of(new)}
    db.session.rollback()
    with committing():
        rebuild_scores()
    goods = [cast.goods(slug).product_id for slug in (WINE, HAT)]
    assert [seen[one][0] for one in goods] == pytest.approx([score(one).q10 for one in goods])
    start = clock.now() + timedelta(days=2)
    db.session.rollback()
    with committing():
        change_formula(cast.id("olga"), {"prior_weight": 7, "half_life_days": 100}, start, *WHY)
    with time_machine.travel(start - timedelta(days=2) + timedelta(seconds=1), tick=False):
        found = effect_of(formula_in_force(start))
    assert {one.product_id: one.new_q10 for one in found} == pytest.approx(
        {one: pair[1] for one, pair in seen.items()}, abs=1e-6)
