"""How long the picture of a collage takes, and how large it is: 24 photos, each turned a little.

    python -m bench.collage [--items 24] [--times 5]

Photos of 1280 x 1600 pixels with grain are kept as the site keeps them, then the job's own code
lays them out. Prints the median and the slowest of some runs in seconds, and bytes per width.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from io import BytesIO
from pathlib import Path
from statistics import median

from PIL import Image, ImageFilter

from marketplace.adapters.storage import Disk, compose, render
from marketplace.bundles.jobs import WIDTH, tiles_of
from marketplace.bundles.queries.previews import Laid, Layout
from marketplace.bundles.rules import COLOURS, spread

SECONDS, BYTES_AT_800 = 2.0, 150_000
"""Spec bundles 8."""


def photo(seed: int) -> bytes:
    """A picture with soft shapes and grain, as cameras make them."""
    grain = Image.effect_noise((1280, 1600), 28)
    shapes = Image.effect_noise((16, 20), 220).resize((1280, 1600), Image.Resampling.BICUBIC)
    shapes = shapes.filter(ImageFilter.GaussianBlur(9)).rotate(seed * 37)
    colours = Image.merge("RGB", (shapes, Image.blend(shapes, grain, 0.3), grain))
    out = BytesIO()
    Image.blend(colours, Image.merge("RGB", (grain,) * 3), 0.15).save(out, "JPEG", quality=88)
    return out.getvalue()


def layout(disk: Disk, items: int) -> Layout:
    """A board with so many photos, made small as the site does."""
    parts = []
    for number, place in enumerate(spread(items)):
        made = render(photo(number), disk)
        small = tuple((width, name) for kind, width, name in made.files if kind == "webp")
        parts.append(Laid(place, f"Teil {number}", small, False))
    return Layout(COLOURS[0], parts, "")


def main() -> int:
    """Measure and print; 1 where a figure of the spec is missed."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--items", type=int, default=24)
    reader.add_argument("--times", type=int, default=5)
    asked = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        disk = Disk(Path(folder))
        board, seconds = layout(disk, asked.items), []
        for _time in range(asked.times):
            begun = time.perf_counter()
            files = compose(tiles_of(board), board.background, disk, WIDTH)
            seconds.append(time.perf_counter() - begun)
        sizes = {width: len(disk.open(name)) for width, name in files}
    print(json.dumps({"items": asked.items, "median_seconds": round(median(seconds), 2),
                      "slowest_seconds": round(max(seconds), 2), "bytes": sizes}))
    return int(max(seconds) > SECONDS or sizes[800] > BYTES_AT_800)


if __name__ == "__main__":
    raise SystemExit(main())
