"""A picture made of several stored ones, laid where somebody put them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from marketplace.adapters.storage.disk import Storage
from marketplace.adapters.storage.pictures import NotAPicture, check
from marketplace.foundation.database import outside_only

WIDTHS = (400, 800, 1200)
QUALITY, LEAST_QUALITY, MOST_AT_800 = 80, 40, 150_000
GREY, INK = "#D8D2C8", "#241F1A"
MOST_SIGNS = 60


@dataclass(frozen=True, slots=True)
class Tile:
    """One thing on the board, in pixels; `turn` in degrees clockwise, `crop` as shares 0..1 of
    the picture (left, top, right, bottom). `file` "" is a grey tile with the name.
    """

    x: int
    y: int
    w: int
    h: int
    turn: float
    crop: tuple[float, float, float, float]
    file: str
    drawn: bool
    title: str


def compose(tiles: Sequence[Tile], background: str, storage: Storage, width: int = WIDTHS[-1]
            ) -> tuple[tuple[int, str], ...]:
    """Draw tiles, the first lowest, on a square of `width` pixels; store it as WebP in three
    widths. Returns (width, name) of each, smallest first.
    """
    outside_only("pictures")
    board = Image.new("RGB", (width, width), background)
    for tile in tiles:
        _lay(board, _face(tile, storage), tile)
    made = []
    for size in WIDTHS:
        small = board if size == width else board.resize((size, size), Image.Resampling.LANCZOS)
        made.append((size, storage.put(_packed(small), "webp")))
    return tuple(made)


def _packed(picture: Image.Image) -> bytes:
    """As WebP; a crowded board a little rougher, so that phones are not kept waiting."""
    most = MOST_AT_800 * picture.width * picture.width // (800 * 800)
    for quality in range(QUALITY, LEAST_QUALITY - 1, -20):
        out = BytesIO()
        picture.save(out, "WEBP", quality=quality, method=2)
        if out.tell() <= most:
            break
    return out.getvalue()


def _lay(board: Image.Image, face: Image.Image, tile: Tile) -> None:
    """Put a face on the board, turned around its middle."""
    if not tile.turn:
        board.paste(face, (tile.x, tile.y), face)
        return
    turned = face.rotate(-tile.turn, Image.Resampling.BICUBIC, expand=True)
    board.paste(turned, (tile.x + (tile.w - turned.width) // 2,
                         tile.y + (tile.h - turned.height) // 2), turned)


def _face(tile: Tile, storage: Storage) -> Image.Image:
    """What a tile shows: the chosen part of its picture fills it; without one, its name."""
    picture = _opened(tile, storage)
    if picture is None:
        return _named(tile)
    left, top, right, bottom = (int(share * side) for share, side in zip(
        tile.crop, (picture.width, picture.height) * 2, strict=True))
    part = picture.crop((left, top, max(right, left + 1), max(bottom, top + 1)))
    scale = max(tile.w / part.width, tile.h / part.height)
    # of the side that fits exactly a hair below nought may be left, which Pillow refuses
    box = (max(0.0, (part.width - tile.w / scale) / 2),
           max(0.0, (part.height - tile.h / scale) / 2))
    return part.resize((tile.w, tile.h), Image.Resampling.BICUBIC, box=(
        box[0], box[1], part.width - box[0], part.height - box[1])).convert("RGBA")


def _opened(tile: Tile, storage: Storage) -> Image.Image | None:
    """The stored picture, a drawing in the size it is needed; None where there is none."""
    if not tile.file:
        return None
    import resvg_py

    try:
        body = storage.open(tile.file)
        if tile.drawn:
            body = resvg_py.svg_to_bytes(
                svg_string=body.decode("utf-8"), skip_system_fonts=True,
                width=max(tile.w, tile.h) * 2)
            return Image.open(BytesIO(body)).convert("RGBA")
        return check(body)
    except (FileNotFoundError, NotAPicture, ValueError):
        return None


def _named(tile: Tile) -> Image.Image:
    """A grey tile that says what is not shown."""
    face = Image.new("RGBA", (tile.w, tile.h), GREY)
    size = max(10, min(tile.w, tile.h) // 8)
    ImageDraw.Draw(face).multiline_text(
        (tile.w / 2, tile.h / 2), _lines(tile.title[:MOST_SIGNS], max(6, tile.w * 2 // size)),
        fill=INK, font=ImageFont.load_default(size), anchor="mm", align="center")
    return face


def _lines(words: str, across: int) -> str:
    """Words in lines of at most so many signs, as far as words are shorter."""
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + len(word) < across:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return "\n".join(lines)
