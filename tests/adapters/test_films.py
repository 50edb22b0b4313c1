"""Films: known by what they hold, refused with a reason, and silent about where they were taken."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.adapters.storage import MOST_FILM_BYTES, NotAFilm, film_of
from tests.films import PLACE, box, element, mp4, webm


@pytest.mark.parametrize(("body", "ending"), [
    (mp4(), "mp4"), (mp4(b"mp42"), "mp4"), (webm(), "webm"), (webm(unknown=True), "webm")])
def test_film_is_known_by_its_content(body: bytes, ending: str) -> None:
    """producers-10: the ending follows from what the file holds; its length stays."""
    film = film_of(body)
    assert film.ending == ending and len(film.body) == len(body)


@pytest.mark.parametrize("body", [mp4(), webm(), webm(unknown=True)])
def test_place_is_emptied_and_nothing_moves(body: bytes) -> None:
    """producers-10: three places in an MP4, tags in a WebM; everything else stays where it was."""
    film = film_of(body)
    assert PLACE in body and PLACE not in film.body
    for word in (b"pictures", b"tkhd", b"webm"):
        assert film.body.find(word) == body.find(word)
    assert film_of(film.body).body == film.body


@pytest.mark.parametrize(("body", "why"), [
    (b"", "kind"), (b"MZ" * 40, "kind"), (b"\x89PNG\r\n\x1a\n" + bytes(40), "kind"),
    (box(b"ftyp", b"qt  ", bytes(4)) + mp4()[20:], "kind"), (webm(b"matroska"), "kind"),
    (box(b"ftyp", b"isom", bytes(4)), "broken"), (mp4()[:-5], "broken"), (webm()[:-5], "broken"),
    (element(0x1A45DFA3, element(0x4282, b"webm")), "broken"),
    (mp4() + bytes(MOST_FILM_BYTES), "size")])
def test_what_is_no_film_is_refused_with_a_reason(body: bytes, why: str) -> None:
    """A picture, a program, QuickTime, Matroska; without index, cut off, too large."""
    with pytest.raises(NotAFilm, match=why):
        film_of(body)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([mp4(), webm()]), st.integers(0, 400), st.integers(0, 255),
       st.integers(1, 2000))
def test_broken_bytes_never_do_harm(body: bytes, at: int, value: int, length: int) -> None:
    """One byte changed, the end cut off: a film of the same length, or a refusal; nothing else."""
    cut = bytearray(body[:length])
    cut[at % len(cut)] = value
    with contextlib.suppress(NotAFilm):
        assert len(film_of(bytes(cut)).body) == len(cut)
