"""Who may found a group, and the rules it starts from."""

from __future__ import annotations

LEVEL_TO_FOUND, FOUNDED_A_MONTH = 1, 3
PATTERN = {
    "de": "Wir reden über die Sache, nicht über Personen.\nWer etwas empfiehlt, sagt wofür.\n"
          "Kritik an Waren ist willkommen, Spott über Leute nicht.\nWerbung bitte kennzeichnen.",
    "en": "We talk about the matter, not about people.\nWho recommends something says what for.\n"
          "Criticism of goods is welcome, mockery of people is not.\nPlease label advertising.",
}


def why_not_found(trust_level: int, founded_lately: int) -> str | None:
    """What stands in the way of founding a group: level, many, or nothing."""
    if trust_level < LEVEL_TO_FOUND:
        return "level"
    return "many" if founded_lately >= FOUNDED_A_MONTH else None
