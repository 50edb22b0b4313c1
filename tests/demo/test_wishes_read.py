"""Wishes as customers say them, read with what the demo market knows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from flask import Flask

from marketplace.demo.load import Book
from marketplace.search.queries import vocabulary
from tests.search.test_wishes_said import meant

LINES = Path(__file__).with_name("wishes.txt").read_text(encoding="utf-8").splitlines()


def test_wishes_of_all_shelves_are_read_as_they_are_meant(loaded: tuple[Flask, Book]) -> None:
    """search-7: sentences in both languages that were written down, with what they mean, before
    anybody looked how they are read; those that were read wrongly led to rules. A line with the
    sentence, then one with its meaning, as in `tests/search/phone.py`.
    """
    known = vocabulary()
    wrong = [(text, meant(text, known, date(2026, 12, 1)), means.strip())
             for text, means in zip(LINES[::2], LINES[1::2], strict=True)
             if meant(text, known, date(2026, 12, 1)) != means.strip()]
    assert not wrong and len(LINES) > 800
