"""Clothes on the wall: sweater, cardigan, shirt, trousers; never on the table."""

from __future__ import annotations

from typing import Final

from marketplace.demo.art.brush import box, disc, inside, line, path
from marketplace.demo.art.colour import darker, lighter
from marketplace.demo.art.forms.hanging import card, folds, hanger, knit, rail, wall_shadow
from marketplace.demo.art.picture import Picture
from marketplace.demo.art.scene import Still

SWEATER: Final = (
    "M318 268C346 296 454 296 482 268L560 300C604 318 622 350 634 392L694 628"
    "C698 646 690 656 674 660L618 674C604 678 594 670 590 656L552 520C548 590 552 640 556 706"
    "C558 724 548 734 530 734H270C252 734 242 724 244 706C248 640 252 590 248 520L210 656"
    "C206 670 196 678 182 674L126 660C110 656 102 646 106 628L166 392C178 350 196 318 240 300z"
)


SHIRT: Final = (
    "M330 262C352 292 448 292 470 262L560 300C596 316 616 344 628 386L688 620L606 646L556 500"
    "C552 590 556 650 560 726C470 744 330 744 240 726C244 650 248 590 244 500L194 646L112 620"
    "L172 386C184 344 204 316 240 300z"
)


def sweater(picture: Picture) -> Still:
    """A sweater on a hanger; pattern says how it is knitted."""
    inner = path(SWEATER, picture.colour) + knit(picture) + _rib(picture)
    body = inside(SWEATER, inner + folds(picture.colour) + path(SWEATER, "url(#soft)", 0.9))
    return Still(hanger() + wall_shadow(SWEATER) + body + _collar(picture) + card(picture), None)


def cardigan(picture: Picture) -> Still:
    """A cardigan: open at the neck, a band with buttons."""
    inner = path(SWEATER, picture.colour) + knit(picture) + _rib(picture)
    neck = path("M318 260L400 440L482 260z", darker(picture.colour, 0.5))
    band = "M316 262L386 440V736H414V440L484 262L466 258L400 408L334 258z"
    front = path(band, lighter(picture.colour, 0.12)) + line(
        "M386 440V736", darker(picture.colour, 0.4), 2, 0.5
    )
    buttons = "".join(
        disc(400, y, 9, picture.third) + disc(398, y - 2, 3, "#fff", 0.5)
        for y in range(462, 724, 50)
    )
    body = inside(
        SWEATER, inner + folds(picture.colour) + neck + front + path(SWEATER, "url(#soft)", 0.9)
    )
    return Still(hanger() + wall_shadow(SWEATER) + body + buttons + card(picture), None)


def shirt(picture: Picture) -> Still:
    """A collarless shirt with a short button placket."""
    stripes = ""
    if picture.pattern == "stripes":
        stripes = "".join(box(x, 200, 9, 560, picture.second) for x in range(108, 700, 30))
    seams = line(
        "M244 500C246 430 236 350 240 300M556 500C554 430 564 350 560 300",
        darker(picture.colour, 0.4),
        3,
        0.5,
    )
    placket = path("M384 284H416V470L400 482L384 470z", lighter(picture.colour, 0.22))
    placket += line("M384 284V470L400 482L416 470V284", darker(picture.colour, 0.35), 2.5, 0.5)
    buttons = "".join(disc(400, y, 7, picture.third) for y in (312, 360, 408, 456))
    neck = path(
        "M330 262C352 292 448 292 470 262C452 244 348 244 330 262z", darker(picture.colour, 0.45)
    )
    collar = path(
        "M322 262C346 308 454 308 478 262L470 254C448 286 352 286 330 254z",
        lighter(picture.colour, 0.12),
    )
    cuffs = path(
        "M104 596L196 632L188 660L96 628zM696 596L604 632L612 660L704 628z",
        darker(picture.colour, 0.1),
    )
    body = inside(
        SHIRT,
        path(SHIRT, picture.colour)
        + stripes
        + folds(picture.colour)
        + seams
        + cuffs
        + path(SHIRT, "url(#soft)"),
    )
    return Still(
        hanger() + wall_shadow(SHIRT) + body + neck + collar + placket + buttons + card(picture),
        None,
    )


def trousers(picture: Picture) -> Still:
    """Soft trousers on two pegs, with a drawstring."""
    legs = (
        "M268 232H532L566 690C568 714 560 726 540 728L466 734C448 734 440 724 438 706L404 420H396"
        "L362 706C360 724 352 734 334 734L260 728C240 726 232 714 234 690z"
    )
    rib = box(240, 224, 320, 52, darker(picture.colour, 0.12))
    rib += line(
        "".join(f"M{x} 234V272" for x in range(274, 532, 12)), darker(picture.colour, 0.4), 3, 0.4
    )
    cuffs = path("M200 676H600V740H200z", darker(picture.colour, 0.12), 0.7)
    creases = line(
        "M300 320C296 460 300 560 296 660M500 320C504 460 500 560 504 660M400 276V410",
        darker(picture.colour, 0.4),
        5,
        0.35,
    )
    cord = line(
        "M392 262C360 330 372 360 366 392M408 262C440 330 428 360 436 384", picture.third, 6
    )
    body = inside(
        legs,
        path(legs, picture.colour)
        + knit(picture)
        + rib
        + cuffs
        + creases
        + path(legs, "url(#soft)"),
    )
    pegs = rail() + "".join(
        disc(x, 214, 17, "#8a6238") + disc(x - 3, 210, 8, "#b98a55") for x in (300, 500)
    )
    return Still(wall_shadow(legs) + body + cord + pegs + card(picture), None)


def _rib(picture: Picture) -> str:
    """Ribbed hem and cuffs."""
    ridges = "".join(f"M{x} 690V740" for x in range(246, 560, 11))
    hem = path("M230 686H570V740H230z", darker(picture.colour, 0.1), 0.75)
    cuffs = path(
        "M90 610L224 650L216 690L80 660zM710 610L576 650L584 690L720 660z",
        darker(picture.colour, 0.1),
        0.75,
    )
    return hem + cuffs + line(ridges, darker(picture.colour, 0.4), 3, 0.32)


def _collar(picture: Picture) -> str:
    """A round ribbed collar, its inside in shade."""
    inside_neck = path(
        "M326 264C352 240 448 240 474 264C450 292 350 292 326 264z", darker(picture.colour, 0.5)
    )
    band = "M312 266C342 312 458 312 488 266L472 258C450 290 350 290 328 258z"
    ridges = "".join(
        f"M{x} {292 - abs(400 - x) * abs(400 - x) / 300:.0f}l{(x - 400) / 14:.0f} 12"
        for x in range(334, 470, 11)
    )
    return (
        inside_neck
        + path(band, lighter(picture.colour, 0.08))
        + line(ridges, darker(picture.colour, 0.4), 2.5, 0.4)
    )
