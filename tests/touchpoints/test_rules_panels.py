"""What may be asked of the panel, until when, and what its votes say, by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from marketplace.touchpoints.rules import is_open, is_over, panel_faults, result_of, vote_faults
from tests.touchpoints.hands import QUESTION


def test_result_by_hand() -> None:
    """touchpoints-17: 9, 4, 10, 7, 10 is 40 / 5 = 8.0; four votes show nothing."""
    found = result_of({9: 1, 4: 1, 10: 2, 7: 1})
    assert found is not None
    assert (found.n, found.mean) == (5, 8.0)
    assert found.counts == {0: 0, 1: 0, 2: 0, 3: 0, 4: 1, 5: 0, 6: 0, 7: 1, 8: 0, 9: 1, 10: 2}
    assert result_of({10: 4}) is None


def test_days_of_a_question() -> None:
    """The last day still counts; after it the decision is to come, before it nothing is decided."""
    last = date(2026, 5, 10)
    assert is_open("open", last, last) and not is_over("open", last, last)
    after = last + timedelta(days=1)
    assert not is_open("open", last, after) and is_over("open", last, after)
    assert is_over("closed", last, last)
    assert not is_open("draft", last, last) and not is_over("decided", last, after)


@pytest.mark.parametrize(("field", "value"), [
    ("title_de", ""), ("title_en", "x" * 121), ("words_de", "ab"), ("about_en", ""),
    ("link", "https://elsewhere.example"), ("link", "//elsewhere.example"),
    ("link", "/\\elsewhere.example"), ("link", "products"), ("closes_on", "")])
def test_question_that_cannot_be_put(field: str, value: str) -> None:
    """Both languages, a link inside the site, and a last day in the future."""
    today = date(2026, 5, 1)
    last = None if field == "closes_on" else today + timedelta(days=7)
    assert panel_faults(QUESTION, today + timedelta(days=7), today) == set()
    assert panel_faults({**QUESTION, field: value}, last, today) == {field}
    assert panel_faults(QUESTION, today, today) == {"closes_on"}
    assert panel_faults(QUESTION, today + timedelta(days=91), today) == {"closes_on"}


def test_votes_that_cannot_be_given() -> None:
    """Whole numbers from 0 to 10, at most 500 characters."""
    assert vote_faults("0", "") == vote_faults("10", "x" * 500) == set()
    for wrong in ("", "11", "-1", "5.5", "٥", "07"):
        assert vote_faults(wrong, "x" * 501) == {"score", "words"}
