"""Stored drawings come packed to who takes them so, and are the same drawing to everybody."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import brotli
import pytest
from flask import Flask

from marketplace.adapters.doors import doors
from marketplace.adapters.storage import svg_picture

TOKENS = Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg">' + '<circle r="4"/>' * 300 + "</svg>"


@pytest.mark.parametrize(("takes", "coding"), [
    ("br, gzip", "br"), ("gzip", "gzip"), ("", None), ("identity", None), ("br;q=0", None)])
def test_a_drawing_comes_packed_to_who_takes_it_so(
    app: Flask, takes: str, coding: str | None
) -> None:
    """storefront, 8: 300 kB a page: a tenth of the bytes, the same drawing, told apart."""
    name = svg_picture(DRAWING, doors().storage)
    got = app.test_client().get(f"/files/{name}", headers={"Accept-Encoding": takes})
    unpacked = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding](got.data)
    assert (got.status_code, got.mimetype, unpacked) == (200, "image/svg+xml", DRAWING.encode())
    assert got.headers.get("Content-Encoding") == coding
    assert "Accept-Encoding" in got.headers["Vary"]
    assert got.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    if coding:
        assert len(got.data) < len(DRAWING) / 10


def test_every_letter_is_in_one_font_file() -> None:
    """storefront, 8: no letter makes a browser load two files of one font, and what European
    languages write beyond Latin 1 is in the small one.
    """
    sheet = TOKENS.read_text("utf-8")
    for family in ("fraunces", "inter"):
        held: dict[str, set[int]] = {}
        for name, ranges in re.findall(
                rf'{family}-([a-z-]+)-wght-normal.woff2[^}}]*unicode-range: ([^;]+);', sheet):
            ends = [part.removeprefix("U+").split("-") for part in ranges.split(",")]
            held[name] = {n for one in ends for n in range(int(one[0], 16), int(one[-1], 16) + 1)}
        assert set(held) == {"latin", "european", "latin-ext"}
        assert set(map(ord, "şğıİśćłőűřžșțāųĦŵ")) <= held["european"] | held["latin"]
        assert not held["european"] & (held["latin"] | held["latin-ext"])
        assert set(range(0x100, 0x180)) <= held["latin"] | held["european"] | held["latin-ext"]
