"""Pictures of people made safe and small: identified by content, re-encoded, without metadata."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from marketplace.adapters.storage.disk import Storage
from marketplace.foundation.database import outside_only

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 20_000_000
WIDTHS = (320, 640, 960, 1280)
KINDS = {"JPEG", "PNG", "WEBP", "AVIF", "GIF"}


class NotAPicture(ValueError):
    """The bytes cannot be taken as a picture; says why in a word: kind, size, broken."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A picture in all its widths; `files` holds (kind, width, name)."""

    width: int
    height: int
    tint: str
    files: tuple[tuple[str, int, str], ...]


def check(body: bytes) -> Image.Image:
    """The decoded picture. Raises NotAPicture."""
    if len(body) > MOST_BYTES:
        raise NotAPicture("size")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(BytesIO(body))
            if picture.format not in KINDS:
                raise NotAPicture("kind")
            if picture.width * picture.height > MOST_PIXELS:
                raise NotAPicture("size")
            picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, MemoryError,
            Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        if isinstance(fault, NotAPicture):
            raise
        raise NotAPicture("broken") from fault
    return ImageOps.exif_transpose(picture).convert("RGB")


def tint_of(picture: Image.Image) -> str:
    """The mean colour as #RRGGBB, shown until the picture is there."""
    red, green, blue = picture.resize((1, 1)).getpixel((0, 0))  # type: ignore[misc]
    return f"#{red:02X}{green:02X}{blue:02X}"


def render(body: bytes, storage: Storage, widths: tuple[int, ...] = WIDTHS) -> Rendered:
    """Store the picture as AVIF and WebP in up to four widths. Raises NotAPicture."""
    outside_only("pictures")
    picture = check(body)
    sizes = [w for w in widths if w < picture.width] or [min(picture.width, widths[0])]
    if picture.width >= sizes[-1] and len(sizes) < len(widths) and picture.width not in sizes:
        sizes.append(min(picture.width, widths[-1]))
    files = []
    for width in sizes:
        height = max(1, round(picture.height * width / picture.width))
        small = picture.resize((width, height), Image.Resampling.LANCZOS)
        for kind, quality in (("avif", 60), ("webp", 78)):
            out = BytesIO()
            extra = {"speed": 8} if kind == "avif" else {}
            small.save(out, kind.upper(), quality=quality, **extra)
            files.append((kind, width, storage.put(out.getvalue(), kind)))
    return Rendered(picture.width, picture.height, tint_of(picture), tuple(files))


def rendered(file: str, storage: Storage) -> Rendered | None:
    """The small files of a photo that is kept; None where it is gone or broken."""
    try:
        return render(storage.open(file), storage)
    except (NotAPicture, FileNotFoundError):
        return None


def svg_picture(svg: str, storage: Storage) -> str:
    """Store a drawing of ours; its name."""
    outside_only("pictures")
    return storage.put(svg.encode(), "svg")
