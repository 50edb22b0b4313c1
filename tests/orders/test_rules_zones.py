"""Zones and rates: the vectors of 3.13, islands, and what may not stand side by side."""

from __future__ import annotations

import pytest

from marketplace.orders.rules.shipping import Parcel, Rate, cheapest
from marketplace.orders.rules.zones import (
    RateRow,
    ZoneArea,
    clash,
    fault_of,
    faults_in,
    read_ranges,
    width,
    zones_for,
)

LAND = ZoneArea(1, ["DE"])
ISLANDS = ZoneArea(2, ["DE"], [("25846", "25999"), ("26465", "26486")])
HELGOLAND = ZoneArea(3, ["DE"], [("27498", "27498")])
SYLT = ZoneArea(4, ["DE"], [("25980", "25999")])


@pytest.mark.parametrize(("postcode", "zone"), [
    ("10115", 1), ("27498", 3), ("25 850", 2), ("25985", 4), ("26465", 2), ("26487", 1),
    ("", 1), ("2549", 1), ("D-25985", 1)])
def test_narrowest_range_holds(postcode: str, zone: int) -> None:
    """orders-4: zone is the country, then the narrowest range; an island is its own zone."""
    assert zones_for([LAND, ISLANDS, HELGOLAND, SYLT], "DE", postcode) == [zone]


def test_country_without_zone_and_unknown_postcode() -> None:
    """No zone for the country; only islands are served and no postcode is known yet."""
    assert zones_for([LAND, ISLANDS], "AT", "1010") == []
    assert zones_for([ISLANDS], "DE", "") == []


def units(first: int, last: int, minor: int) -> Rate:
    """A row by pieces."""
    return Rate("parcel", "units", first, last, minor, None, 18, 1, 4)


@pytest.mark.parametrize(("pieces", "minor"), [(6, 690), (7, 990), (12, 990), (13, None)])
def test_units(pieces: int, minor: int | None) -> None:
    """orders-4: 1-6 6.90, 7-12 9.90: 6 -> 6.90, 7 -> 9.90, 13 -> not deliverable."""
    found = cheapest([units(1, 6, 690), units(7, 12, 990)], Parcel(pieces, 0, 5000))
    assert (found[1] if found else None) == minor


@pytest.mark.parametrize(("goods", "minor"), [(5999, 690), (6000, 0)])
def test_free_from(goods: int, minor: int) -> None:
    """orders-4: flat 6.90, free from 60.00: 59.99 -> 6.90, 60.00 -> 0.00."""
    found = cheapest([Rate("parcel", "flat", 0, None, 690, 6000, 18, 1, 4)], Parcel(1, 0, goods))
    assert found is not None
    assert found[1] == minor


def test_zones_that_fit_equally_narrowly_are_refused() -> None:
    """orders 3.13: two whole countries clash, two ranges of the same width that meet clash."""
    assert clash(LAND, ZoneArea(9, ["AT", "DE"])) == "DE"
    assert clash(LAND, ISLANDS) == ""
    assert clash(ISLANDS, SYLT) == ""
    assert clash(SYLT, ZoneArea(9, ["DE"], [("25990", "26009")])) == "DE"
    assert clash(SYLT, ZoneArea(9, ["AT"], [("25990", "26009")])) == ""


@pytest.mark.parametrize(("typed", "found"), [
    ("27498, 25980-25999", [("27498", "27498"), ("25980", "25999")]),
    ("1010 ; 1020-1230", [("1010", "1010"), ("1020", "1230")]), ("", []),
    ("sw1a 1aa", [("SW1A1AA", "SW1A1AA")])])
def test_ranges_are_read(typed: str, found: list[tuple[str, str]]) -> None:
    """As people type them."""
    assert read_ranges(typed) == found


@pytest.mark.parametrize("typed", ["25999-25980", "10-100", "-", "123456789012", "1," * 51])
def test_what_is_no_range_is_refused(typed: str) -> None:
    """Backwards, of two lengths, empty, too long, too many."""
    with pytest.raises(ValueError, match=r".*"):
        read_ranges(typed)


def test_width_counts_postcodes() -> None:
    """25980 to 25999 are 20."""
    assert width(("25980", "25999")) == 20


FIRST = RateRow("parcel", "units", 1, 6, 690)


@pytest.mark.parametrize(("row", "fault"), [
    (RateRow("parcel", "units", 7, 12, 990), ""), (RateRow("parcel", "units", 6, 12, 990),
                                                   "overlap"),
    (RateRow("parcel", "units", 3, None, 990), "overlap"),
    (RateRow("parcel", "weight_g", 0, 9000, 990), "basis"),
    (RateRow("pickup", "flat", 0, None, 0), ""),
    (RateRow("parcel", "units", 12, 7, 990), "order"),
    (RateRow("own", "flat", 0, None, 500, days_min=5, days_max=2), "days")])
def test_rows_beside_each_other(row: RateRow, fault: str) -> None:
    """One basis for each method; a quantity stands in one row."""
    assert fault_of(row, [FIRST]) == fault


def test_faults_by_row() -> None:
    """The second of two flat rows is named."""
    assert faults_in([RateRow("parcel", "flat", 0, None, 1), RateRow("parcel", "flat", 0, None, 2)
                      ]) == {1: "overlap"}
