"""All drawings of the demo, made from the written content."""

from __future__ import annotations

from marketplace.demo.art.faces import face
from marketplace.demo.art.landscapes import Tones, landscape
from marketplace.demo.art.still_life import Order, Style, still_life
from marketplace.demo.content.kinds import Content, Producer, Product


def product_pictures(content: Content) -> dict[str, str]:
    """The still life of every product by slug, SVG of 800 x 1000."""
    return {
        product.slug: product_picture(producer, product)
        for producer in content.producers
        for product in producer.products
    }


def product_picture(producer: Producer, product: Product) -> str:
    """The still life of one product."""
    kept, order = producer.style, product.picture
    palette, colours = producer.palette, order.colours
    style = Style(
        (palette[0], palette[1], palette[2], palette[3]),
        kept.backdrop,
        kept.paper,
        kept.ink,
        kept.layout,
        kept.motif,
    )
    return still_life(
        style,
        Order(
            slug=product.slug,
            form=order.form,
            lines=tuple(words for words in order.lines if words),
            colours=(colours[0], colours[1], colours[2]),
            pattern=order.pattern,
            accent=order.accent,
            motif=order.motif,
            layout=order.layout,
            beside=order.beside,
        ),
    )


def header_picture(producer: Producer) -> str:
    """The landscape at the head of a producer's page, SVG of 1600 x 600."""
    return landscape(producer.header, Tones(*producer.palette))


def face_pictures(producer: Producer) -> dict[str, str]:
    """The portraits of a producer's people by name, SVG of 480 x 480."""
    tones = Tones(*producer.palette)
    return {one.name: face(one.name, one.style, tones) for one in producer.faces}
