"""Every thing that can be drawn, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from marketplace.demo.art.forms import (
    bottles,
    clay,
    clothes,
    evening,
    jars,
    larder,
    packets,
    wood,
    woollens,
)
from marketplace.demo.art.picture import Picture
from marketplace.demo.art.scene import Still

FORMS: Final[dict[str, Callable[[Picture], Still]]] = {
    "schlegel": bottles.schlegel,
    "bordeaux": bottles.bordeaux,
    "burgund": bottles.burgund,
    "sparkling": bottles.sparkling,
    "oil": bottles.oil,
    "jar": jars.jar,
    "low-jar": jars.low_jar,
    "pot": jars.pot,
    "crock": jars.crock,
    "tin": jars.tin,
    "coffee-bag": packets.coffee_bag,
    "tea-tin": packets.tea_tin,
    "bar": packets.bar,
    "carton": packets.carton,
    "sack": packets.sack,
    "wheel": larder.wheel,
    "wedge": larder.wedge,
    "loaf": larder.loaf,
    "crate": larder.crate,
    "almonds": larder.almonds,
    "sweater": clothes.sweater,
    "cardigan": clothes.cardigan,
    "shirt": clothes.shirt,
    "trousers": clothes.trousers,
    "folded": woollens.folded,
    "beanie": woollens.beanie,
    "socks": woollens.socks,
    "tote": woollens.tote,
    "bowl": clay.bowl,
    "mug": clay.mug,
    "beaker": clay.beaker,
    "vase": clay.vase,
    "jug": clay.jug,
    "teapot": clay.teapot,
    "plate": clay.plate,
    "dripper": clay.dripper,
    "butter-dish": clay.butter_dish,
    "board": wood.board,
    "wooden-bowl": wood.wooden_bowl,
    "mill": wood.mill,
    "candlestick": evening.candlestick,
    "candles": evening.candles,
    "spoons": wood.spoons,
    "rolling-pin": wood.rolling_pin,
    "stool": wood.stool,
    "book": evening.book,
    "brush": wood.brush,
}
