"""Drawn pictures: small, all different, writable (demo-7)."""

from __future__ import annotations

import gzip
import random
import xml.etree.ElementTree as ElementTree

import pytest

from marketplace.demo.art.alt import alt_of
from marketplace.demo.art.faces import STYLES, face
from marketplace.demo.art.forms import FORMS
from marketplace.demo.art.labels import LAYOUTS, Place, Print, label
from marketplace.demo.art.landscapes import LANDSCAPES, Tones, landscape
from marketplace.demo.art.letters import unknown_letters, width_of, writing
from marketplace.demo.art.motifs import MOTIFS
from marketplace.demo.art.still_life import Order, Style, still_life
from marketplace.demo.content import Content, checked_content
from marketplace.demo.pictures import product_pictures
from marketplace.people.rules.portraits import MOTIFS as FIGURES
from marketplace.people.rules.portraits import portrait

STYLE = Style(
    ("#cfdcd2", "#8f9f86", "#24503a", "#3e6b57"), "window", "#f7f1e4", "#22302a", "framed", "leaf"
)
COLOURS = ("#5b7a45", "#24503a", "#d9c86a")
TONES = Tones("#cfdcd2", "#8f9f86", "#24503a", "#3e6b57")


@pytest.fixture(scope="module")
def content() -> Content:
    """The shipped content."""
    return checked_content()


def test_every_product_has_its_own_small_picture(content: Content) -> None:
    pictures = product_pictures(content)
    assert len(pictures) == len(content.products)
    assert len(set(pictures.values())) == len(pictures)
    for slug, picture in pictures.items():
        raw = picture.encode()
        assert len(raw) <= 30_000, slug
        assert len(gzip.compress(raw)) <= 9_000, slug
    assert sum(map(len, pictures.values())) <= 4_000_000


def test_every_picture_has_words_in_both_languages(content: Content) -> None:
    for producer in content.producers:
        for product in producer.products:
            words = alt_of(producer.name, product)
            assert producer.name in words.de
            assert producer.name in words.en
            assert len(words.de) <= 200
            assert words.de != words.en


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_form_can_be_drawn(form: str) -> None:
    drawn = still_life(STYLE, Order("x", form, ("Kaltbach", "Riesling", "2024"), COLOURS))
    ElementTree.fromstring(drawn)
    assert "script" not in drawn
    assert "NaN" not in drawn
    assert "nan" not in drawn


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
@pytest.mark.parametrize("motif", sorted(MOTIFS))
def test_every_layout_takes_every_emblem(layout: str, motif: str) -> None:
    text = Print(("Dorn", "Körnig"), motif, layout, "#fbf3da", "#26301f", "#b5523b")
    ElementTree.fromstring(f"<g>{label(text, Place(0, 0, 200, 240))}</g>")


@pytest.mark.parametrize("kind", sorted(LANDSCAPES))
def test_every_landscape_is_small(kind: str) -> None:
    drawn = landscape(kind, TONES)
    ElementTree.fromstring(drawn)
    assert len(drawn) <= 30_000


@pytest.mark.parametrize("style", STYLES)
def test_faces_are_the_same_for_the_same_name(style: str) -> None:
    assert face("Ana", style, TONES) == face("Ana", style, TONES)
    ElementTree.fromstring(face("Ana", style, TONES))


def test_same_order_gives_the_same_picture() -> None:
    order = Order("riesling", "schlegel", ("Kaltbach", "Riesling"), COLOURS)
    assert still_life(STYLE, order) == still_life(STYLE, order)


def test_two_products_of_a_house_differ_in_proportion() -> None:
    first = Order("eins", "schlegel", ("Kaltbach", "Riesling"), COLOURS)
    second = Order("zwei", "schlegel", ("Kaltbach", "Riesling"), COLOURS)
    assert still_life(STYLE, first) != still_life(STYLE, second)


def test_long_words_are_written_smaller() -> None:
    """At size 40 the words are wider than 60 units, so they are scaled to exactly 60."""
    assert width_of("Spätburgunder", 40) > 60
    scale = 40 * 60 / width_of("Spätburgunder", 40) / 1000
    assert f"scale({scale:.4f})" in writing("Spätburgunder", 0, 0, 40, "#000", at_most=60)


def test_letters_that_are_missing_are_named() -> None:
    assert unknown_letters("Käse ☃") == {"☃"}


def test_at_least_480_of_500_members_look_different() -> None:
    drawn = random.Random(7)
    seeds = [drawn.randrange(2**31) for _ in range(500)]
    assert len({portrait(seed) for seed in seeds}) >= 480
    assert len({portrait(seed) for seed in range(500)}) >= 480


def test_a_portrait_is_round_small_and_stable() -> None:
    for seed in range(len(FIGURES) * 6):
        drawn = portrait(seed)
        ElementTree.fromstring(drawn)
        assert len(drawn) <= 900
        assert drawn == portrait(seed)
        assert " id=" not in drawn
