"""Keeping files by their content: on disk."""

from marketplace.adapters.storage.disk import Disk, Storage
from marketplace.adapters.storage.pictures import (
    MOST_BYTES,
    NotAPicture,
    Rendered,
    render,
    svg_picture,
)

__all__ = ["MOST_BYTES", "Disk", "NotAPicture", "Rendered", "Storage", "render", "svg_picture"]
