"""Signs of answers that were not free: raised, waiting at most a week, decided by people."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.moderation.actions import decide
from marketplace.moderation.models import Matter
from marketplace.notify.models import Notice
from marketplace.people.models import Account
from marketplace.reviews.actions import check_all, check_rating, raise_flag, release_checks
from marketplace.reviews.models import Rating, RatingFlag, RatingVersion
from tests.cast import Cast
from tests.reviews.hands import HAT, RED, WINE, ago, answered, bought, counts, given, many, say

COPY = "Der Wein ist trocken und fruchtig und passt sehr gut zu Spargel und Fisch"


def flags(row: Rating) -> dict[str, str]:
    """Kinds of signs with their state."""
    return {flag.kind: flag.state for flag in db.session.scalars(
        db.select(RatingFlag).where(RatingFlag.rating_id == row.id)
        .execution_options(populate_existing=True))}


def check(row: Rating) -> dict[str, str]:
    """Look at one answer."""
    db.session.rollback()
    with committing():
        check_rating(row.id)
    return flags(row)


def standing(row: Rating) -> tuple[str, str | None]:
    """Whether an answer counts, and why not."""
    found = db.session.get_one(Rating, row.id, populate_existing=True)
    return found.standing, found.aside_reason


def test_rush_flags_the_day_and_not_the_days_before(cast: Cast) -> None:
    """Burst: without answers before, the fifth of a day flags all five; 40 points still count."""
    rows = many(cast, 2, 2)
    assert check(rows[-1]) == {}
    rows += many(cast, 1, 0)
    check(rows[-1])
    assert all(flags(row) == {"burst": "open"} for row in rows)
    assert counts(rows[0].product_id) == (3, 5)


def test_usual_days_are_no_rush(cast: Cast) -> None:
    """120 answers in 60 days -> from 9: a day of eight is no rush; 12 in 60 -> from 5."""
    from marketplace.reviews.rules.flags import burst_from

    rows = many(cast, 12, 0)
    for number, row in enumerate(rows):
        given(row, 2 + 4 * number)
    assert burst_from(12) == 5
    day = many(cast, 4, 0)
    assert check(day[-1]) == {}


def test_copied_words_are_found_by_their_prints(cast: Cast) -> None:
    """Duplicate 60: 9/11 is a copy, 6/15 is none; one's own words elsewhere are none."""
    first = answered(cast, "eva", True, words=COPY)
    check(first)
    own = answered(cast, "eva", True, RED, words=COPY)
    assert check(own) == {}
    copy = answered(cast, "cleo", True, words=COPY.replace("Fisch", "Käse"))
    assert check(copy) == {"duplicate": "open"}
    other = answered(cast, "dan", False, words=COPY.replace("und passt", "und er passt"))
    assert check(other) == {}
    short = answered(cast, "gina", True, HAT, words="Sehr gut.")
    check(short)
    assert check(answered(cast, "max", True, HAT, words="Sehr gut.")) == {}


def test_parcel_to_the_house_itself(cast: Cast) -> None:
    """Address match 100: the answer waits at once, whichever way the street is written."""
    line = bought(cast, "cleo", street="Dorfstr. 1")
    with committing():
        from marketplace.producers.models import Trader

        db.session.execute(db.update(Trader).values(postcode="10115"))
    row = say(cast, "cleo", line, False)
    assert check(row) == {"address_match": "open"}
    assert standing(row) == ("aside", "check")
    assert counts(line.product_id) == (0, 0)


def test_early_fresh_and_neighbouring_answers(cast: Cast) -> None:
    """Pre-delivery 100, fresh account 20, same network within 24 h 20."""
    early = say(cast, "cleo", bought(cast, "cleo", paid=22, sent=None, arrived=None))
    with committing():
        from marketplace.orders.models import SellerOrder

        db.session.execute(db.update(SellerOrder).values(dispatched_at=clock.now()
                                                         + timedelta(hours=1)))
        check_all()
    assert flags(early) == {"pre_delivery": "open"} and standing(early) == ("aside", "check")
    with committing():
        db.session.execute(db.update(Account).where(Account.person_id == cast.id("eva"))
                           .values(confirmed_at=ago(11.5)))
    eva = answered(cast, "eva", True, HAT)
    dan = answered(cast, "dan", True, HAT)
    with committing():
        db.session.execute(db.update(Rating).where(Rating.id.in_([eva.id, dan.id]))
                           .values(network="n1"))
    assert check(eva) == {"fresh_account": "open", "same_network": "open"}
    assert flags(dan) == {"same_network": "open"}
    assert counts(eva.product_id) == (2, 2)


def test_yes_and_given_back(cast: Cast) -> None:
    """Refund within 14 days after a yes 60; after a no nothing."""
    from marketplace.orders.actions import declare_withdrawal

    rows = []
    for who, again in (("cleo", True), ("eva", False)):
        line = bought(cast, who)
        rows.append(say(cast, who, line, again))
        with committing():
            declare_withdrawal(who, f"{who}@example.org", f"{line.number}-1", "")
    with committing():
        check_all()
    assert [flags(row) for row in rows] == [{"refund_after_yes": "open"}, {}]


def test_answer_unlike_all_own_ones(cast: Cast) -> None:
    """Own-history outlier 10: ten yes before and one no; ten alike are none."""
    from marketplace.reviews.rules.flags import is_outlier

    assert [is_outlier(*one) for one in ((0, 9), (0, 10), (1, 10), (2, 10), (10, 10), (0, 0))] == [
        False, True, True, False, False, False]
    lines = [bought(cast, "cleo", HAT) for _n in range(3)]
    assert check(say(cast, "cleo", lines[0], True)) == {}


def test_circle_of_houses_is_found_at_night(cast: Cast) -> None:
    """Ring 60: staff of A say yes to B's goods and back; other answers stay untouched."""
    ana, bert = answered(cast, "ana", True, HAT), answered(cast, "bert", True, WINE)
    other = answered(cast, "cleo", True, WINE)
    with committing():
        check_all()
    assert [flags(row) for row in (ana, bert, other)] == [
        {"ring": "open"}, {"ring": "open"}, {}]


def test_three_people_about_the_same_three_goods_are_found_at_night(cast: Cast) -> None:
    """Co-review 50: three accounts, three goods, within a week; the fourth account is not."""
    rows = [answered(cast, who, who != "dan", slug) for who in ("cleo", "eva", "dan")
            for slug in (WINE, RED, HAT)]
    other = answered(cast, "gina", True, WINE)
    with committing():
        check_all()
    assert all(flags(row) == {"co_review": "open"} for row in rows)
    assert flags(other) == {}


def test_eighty_points_count_and_a_hundred_wait_with_reasons(cast: Cast) -> None:
    """reviews-18: burst + network + fresh = 80 counts; burst + duplicate = 100 waits."""
    light, heavy = answered(cast, "cleo", True), answered(cast, "eva", False)
    with committing():
        for kind in ("burst", "same_network", "fresh_account"):
            raise_flag(light.id, kind, {})
        for kind in ("burst", "duplicate", "duplicate"):
            raise_flag(heavy.id, kind, {})
    assert standing(light) == ("counts", None)
    assert standing(heavy) == ("aside", "check")
    assert counts(light.product_id) == (1, 1)
    told = db.session.scalars(db.select(Notice.title).where(
        Notice.person_id == cast.id("eva"))).all()
    assert "aside" in told
    assert db.session.scalar(db.select(db.func.count()).select_from(Matter)) == 1
    run_due()
    mail = cast.app.extensions["doors"].mail
    texts = [str(mail.read(name)) if hasattr(mail, "read") else name for name in mail.names()]
    assert texts


def test_without_a_decision_it_counts_again_after_seven_days(cast: Cast) -> None:
    """reviews-18: released by itself, nothing deleted, the author told; the same sign again
    does not set it aside a second time.
    """
    row = answered(cast, "cleo", False, words="Zu sauer für meinen Geschmack.")
    versions = db.session.scalar(db.select(db.func.count()).select_from(RatingVersion))
    db.session.rollback()
    with committing():
        raise_flag(row.id, "address_match", {})
    for days, left in ((6.9, 0), (7.1, 1)):
        with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
            db.session.rollback()
            with committing():
                assert release_checks() == left
    assert standing(row) == ("counts", None)
    assert counts(row.product_id) == (0, 1)
    assert flags(row) == {"address_match": "cleared"}
    assert db.session.scalar(db.select(db.func.count()).select_from(RatingVersion)) == versions
    db.session.rollback()
    with committing():
        raise_flag(row.id, "address_match", {})
    assert standing(row) == ("counts", None)


@pytest.mark.parametrize(("reason", "measure", "expected", "state"), [
    ("sham_review", "label", ("aside", "sham_review"), "confirmed"),
    ("off_topic", "none", ("counts", None), "cleared")])
def test_people_decide_about_signs(cast: Cast, reason: str, measure: str,
                                   expected: tuple[str, str | None], state: str) -> None:
    """A person decides: a sham stays aside for good, anything else counts again at once."""
    row = answered(cast, "cleo", True)
    with committing():
        raise_flag(row.id, "address_match", {})
    number = db.session.scalar(db.select(Matter.number))
    db.session.rollback()
    assert number is not None
    with committing():
        decide(number, cast.id("max"), reason, measure, "Angesehen und verglichen.")
    assert standing(row) == expected
    assert flags(row) == {"address_match": state}
    with time_machine.travel(clock.now() + timedelta(days=8), tick=False), committing():
        release_checks()
    assert standing(row) == expected


def test_networks_are_forgotten_after_thirty_days(cast: Cast) -> None:
    """Spec 3: salted hash, 30 d; the page keeps a hash, never an address."""
    line = bought(cast, "cleo")
    cast.post(cast.browser("cleo"), line.url, again="yes")
    row = db.session.scalar(db.select(Rating))
    assert row is not None and row.network and "127" not in row.network
    given(row, 31)
    with committing():
        check_all()
    assert db.session.get_one(Rating, row.id, populate_existing=True).network is None
