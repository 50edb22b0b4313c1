"""What a row of the table is."""

from __future__ import annotations

from collections.abc import Callable

Handlers = tuple[Callable[..., None], ...]
