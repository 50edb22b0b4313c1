"""Keeping files by their content: on disk."""

from marketplace.adapters.storage.collages import Tile, compose
from marketplace.adapters.storage.disk import Disk, Storage, Unlisted, is_whole
from marketplace.adapters.storage.films import MOST_FILM_BYTES, Film, NotAFilm, film_of
from marketplace.adapters.storage.pictures import (
    MOST_BYTES,
    NotAPicture,
    Rendered,
    check,
    render,
    rendered,
    svg_picture,
    tint_of,
)

__all__ = [
    "MOST_BYTES", "MOST_FILM_BYTES", "Disk", "Film", "NotAFilm", "NotAPicture", "Rendered",
    "Storage", "Tile", "Unlisted", "check", "compose", "film_of", "is_whole", "render", "rendered",
    "svg_picture", "tint_of",
]
