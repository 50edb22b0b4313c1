"""Words in two languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The same thing said in German and English; empty where one is missing."""

    de: str = ""
    en: str = ""
