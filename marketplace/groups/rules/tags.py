"""The tags that are shipped: what groups are about across subjects."""

from __future__ import annotations

SHIPPED: tuple[tuple[str, str, str], ...] = (
    ("beginners", "Anfangen", "Beginning"), ("cooking", "Kochen", "Cooking"),
    ("gifts", "Schenken", "Gifts"), ("local", "Aus der Nähe", "From nearby"),
    ("organic", "Bio", "Organic"), ("small-budget", "Wenig Geld", "Small budget"),
    ("repair", "Reparieren", "Repairing"), ("without-alcohol", "Ohne Alkohol", "Without alcohol"),
    ("vegan", "Vegan", "Vegan"), ("tastings", "Verkosten", "Tasting"),
    ("seasons", "Jahreszeiten", "Seasons"), ("by-hand", "Von Hand", "By hand"),
)
"""Address part, German and English name."""
