"""What may be asked, when asking ends by itself, and what figures say."""

from __future__ import annotations

import pytest

from marketplace.foundation.figures import wilson
from marketplace.touchpoints.rules import (
    ACTS,
    SURVEY_KINDS,
    Wording,
    annoys,
    counted_scores,
    level_of,
    net_promoters,
    plan_faults,
    wording,
)

SHORT, LONG, TOO_LONG = (Wording("a" * n, "b" * n) for n in (3, 140, 141))


@pytest.mark.parametrize(("questions", "faults"), [
    ([SHORT], set()), ([SHORT, LONG], set()), ([SHORT, TOO_LONG], {"2"}),
    ([Wording("Wie war es?", "")], {"1"}), ([], {"count"}), ([SHORT] * 3, {"count"})])
def test_two_questions_of_140_characters(questions: list[Wording], faults: set[str]) -> None:
    """touchpoints-16, 6: two at most, a third is refused; 140 characters are kept, 141 refused."""
    assert plan_faults("order", "csat", questions) == faults


def test_only_known_acts_and_kinds() -> None:
    """3: a survey hangs on an act, never on a look at a page."""
    assert plan_faults("view", "stars", [SHORT]) == {"act", "kind"}


def test_library_has_words_for_all() -> None:
    """3: whatever is chosen, there are words of ours that may be asked."""
    for act in ACTS:
        for kind in SURVEY_KINDS:
            assert plan_faults(act, kind, [wording(kind, act)]) == set()


@pytest.mark.parametrize(("asks", "declines", "ends"), [
    (29, 29, False), (30, 9, False), (30, 10, True), (100, 30, False), (100, 31, True)])
def test_above_thirty_percent_of_thirty_asks(asks: int, declines: int, ends: bool) -> None:
    """touchpoints-27: 9 of 30 are 30 %, which is not above; 10 of 30 are; 29 asks are too few."""
    assert annoys(asks, declines) is ends


@pytest.mark.parametrize(("promoters", "detractors", "n", "score", "half"), [
    (50, 100 / 6, 100, 33.33, 14.61), (200, 400 / 6, 400, 33.33, 7.30), (18, 3, 30, 50.00, 24.00),
    (30, 10, 60, 33.33, 18.86)])
def test_net_promoter_vectors(
    promoters: float, detractors: float, n: int, score: float, half: float
) -> None:
    """touchpoints-14: the vectors of section 3."""
    value, width = net_promoters(promoters, detractors, n)
    assert round(value, 2) == score
    assert width is not None and round(width, 2) == half


def test_no_interval_where_all_are_alike() -> None:
    """3: 30 of 30 promoters are 100 without an interval; so are passives only."""
    assert net_promoters(30, 0, 30) == (100, None)
    assert net_promoters(0, 0, 30) == (0, None)


def test_content_and_easy_vectors() -> None:
    """touchpoints-14: CSAT 41 of 50 is .82 (.6920 to .9023), CES 18 of 30 .60 (.4232 to .7541)."""
    assert (counted_scores("csat"), counted_scores("ces")) == ({4, 5}, {5, 6, 7})
    for k, n, found in ((41, 50, (.82, .6920, .9023)), (18, 30, (.60, .4232, .7541))):
        assert tuple(round(one, 4) for one in wilson(k, n)) == found


@pytest.mark.parametrize(("kind", "score", "level"), [
    ("three_level", 1, "disappointing"), ("three_level", 3, "delighting"), ("repeat", 1,
     "disappointing"), ("repeat", 0, "okay"), ("csat", 5, "delighting"), ("nps", 0, ""),
    ("open", None, "")])
def test_level_of_an_answer(kind: str, score: int | None, level: str) -> None:
    """3: disappointing, okay, delighting; kinds that say none of them say nothing."""
    assert level_of(kind, score) == level
