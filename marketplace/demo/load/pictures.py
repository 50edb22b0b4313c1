"""Phase "pictures": every drawing put into the storage, before any row is written."""

from __future__ import annotations

from marketplace.adapters.doors import doors
from marketplace.adapters.storage import svg_picture
from marketplace.demo.load.book import Book
from marketplace.demo.pictures import face_pictures, header_picture, product_pictures


def store_pictures(book: Book) -> None:
    """Store still lifes, headers and faces; their names by slug, "header:" and "face:"."""
    storage = doors().storage
    for slug, drawing in product_pictures(book.content).items():
        book.files[slug] = svg_picture(drawing, storage)
    for house in book.content.producers:
        book.files[f"header:{house.slug}"] = svg_picture(header_picture(house), storage)
        for name, drawing in face_pictures(house).items():
            book.files[f"face:{house.slug}:{name}"] = svg_picture(drawing, storage)
