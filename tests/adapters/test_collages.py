"""A picture of several laid ones: any side of a photo fits any tile."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from marketplace.adapters.storage import Disk, Tile, compose

BROWN = (176, 112, 60)


@pytest.mark.parametrize("high", [103, 176, 311, 480, 700])
def test_a_photo_of_any_height_fills_its_tile(app: Flask, tmp_path: Path, high: int) -> None:
    """bundles-3: photos 400 wide on a tile of 360 x 480 are drawn, also where scaling the height to
    exactly 480 leaves a hair less: 103 x (480 / 103) is 479.99..., which stopped the whole picture.
    """
    storage, out = Disk(tmp_path), BytesIO()
    Image.new("RGB", (400, high), BROWN).save(out, "PNG")
    tile = Tile(36, 240, 360, 480, 0, (0, 0, 1, 1), storage.put(out.getvalue(), "png"), False, "x")
    made = compose([tile], "#F7F3EA", storage)
    drawn = Image.open(BytesIO(storage.open(made[-1][1]))).convert("RGB")
    for at in ((46, 250), (386, 710)):
        assert all(abs(a - b) < 12 for a, b in zip(
            drawn.getpixel(at), BROWN, strict=True))  # type: ignore[arg-type]
    assert drawn.getpixel((20, 250)) != drawn.getpixel((46, 250))
