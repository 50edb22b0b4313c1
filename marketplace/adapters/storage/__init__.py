"""Keeping files by their content: on disk."""

from marketplace.adapters.storage.disk import Disk, Storage
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
    "MOST_BYTES", "Disk", "NotAPicture", "Rendered", "Storage", "check", "render", "rendered",
    "svg_picture", "tint_of",
]
