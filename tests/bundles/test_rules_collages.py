"""Where things lie on a free board; figures by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from marketplace.bundles.rules import (
    PUSHES,
    Place,
    beside,
    layered,
    pixel,
    place_fault,
    side_of,
    spread,
)

LYING = Place(600, 900, 2800, 7600, -35, 2)


def test_pixels_are_rounded_half_up() -> None:
    """bundles-3, 3.3: 600 -> 72 and 5200 -> 624 at 1200; 4 x 1200 = 4800 -> 0, 5 -> 6000 -> 1."""
    assert [pixel(value, 1200) for value in (600, 5200, 4, 5, 10_000)] == [72, 624, 0, 1, 1200]


@pytest.mark.parametrize(("wrong", "fault"), [
    ({"x": -1}, "outside"), ({"x": 7201}, "outside"), ({"y": 2401}, "outside"),
    ({"w": 99}, "small"), ({"h": 10**30}, "outside"), ({"rot": 1800}, "turn"),
    ({"rot": -1801}, "turn"), ({"x": 1.5}, "number"), ({"z": True}, "number"),
    ({"crop": (500, 0, 9501, 10_000)}, "crop"), ({"crop": (0, 0, 0, 10_000)}, "crop"),
    ({"crop": (0, 0, 1)}, "number"),
])
def test_what_cannot_lie_there_is_named(wrong: dict[str, object], fault: str) -> None:
    """bundles 6: outside, float, absurd; 600 + 2800 = 3400, so x up to 7200 and y up to 2400."""
    assert place_fault(LYING) is None
    assert place_fault(replace(LYING, x=7200, y=2400)) is None
    assert place_fault(replace(LYING, **wrong)) == fault  # type: ignore[arg-type]


def test_buttons_push_by_one_percent_and_stop_at_the_edge() -> None:
    """bundles-1, 3.2: left of 600 is 500, of 40 is 0; five degrees; a full turn comes round."""
    assert PUSHES["left"](LYING).x == 500
    assert PUSHES["left"](replace(LYING, x=40)).x == 0
    assert PUSHES["lower"](replace(LYING, y=2380)).y == 2400
    assert PUSHES["turn"](LYING).rot == 15
    assert PUSHES["turn"](replace(LYING, rot=1790)).rot == -1760


def test_size_keeps_the_middle_and_the_proportion() -> None:
    """2000 x 1000 at 4000, 4000: a tenth larger is 2200 x 1100 at 3900, 3950; never above all."""
    place = PUSHES["larger"](Place(4000, 4000, 2000, 1000))
    assert (place.x, place.y, place.w, place.h) == (3900, 3950, 2200, 1100)
    assert PUSHES["larger"](Place(0, 0, 10_000, 5000)).w == 10_000
    assert PUSHES["smaller"](Place(0, 0, 100, 100)) == Place(0, 0, 100, 100)


def test_layers_are_counted_anew_without_gaps() -> None:
    """Front above all, back below all, the others in their order."""
    three = [Place(0, 0, 100, 100, 0, z) for z in (1, 2, 3)]
    pushed = [PUSHES["front"](three[0]), three[1], PUSHES["back"](three[2])]
    assert [one.z for one in layered(pushed)] == [3, 2, 1]


@pytest.mark.parametrize("count", range(2, 25))
def test_a_first_arrangement_lies_on_the_board_and_nothing_covers_another(count: int) -> None:
    """2 to 24 things, each where it may lie, in layers 1 to n, upright as pictures of goods are."""
    places = spread(count)
    assert {place.h * 4 // 5 - place.w in (-1, 0) for place in places} == {True}
    assert [place_fault(place) for place in places] == [None] * count
    assert [place.z for place in places] == list(range(1, count + 1))
    assert not [1 for n, one in enumerate(places) for other in places[:n]
                if abs(one.x - other.x) < one.w and abs(one.y - other.y) < one.h]


def test_one_more_comes_where_there_is_room() -> None:
    """The left half is full: the new one lies right of it, above all others."""
    place = beside([Place(0, 0, 5000, 10_000, 0, 4)])
    assert place_fault(place) is None
    assert place.x >= 3600 and place.z == 5


def test_where_something_lies_is_said_in_thirds() -> None:
    """Middle at 2000, 4700: left, in the middle of the height; at 7200, 4900: right."""
    assert side_of(LYING) == ("middle", "left")
    assert side_of(Place(5200, 3100, 4000, 3600)) == ("middle", "right")
    assert side_of(Place(9000, 9000, 1000, 1000)) == ("bottom", "right")
