"""Pages of a list: by number where totals are known, by key where lists grow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request, url_for

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Pages(Generic[Item]):
    """A numbered page of a list; `number` counts from 1."""

    items: Sequence[Item]
    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last page, at least 1."""
        return max(1, -(-self.total // self.size))

    def url(self, number: int) -> str:
        """The address of another page of this list with the same filters."""
        values: dict[str, Any] = request.args.to_dict(flat=False)
        values.pop("page", None)
        values.update(request.view_args or {})
        extra: dict[str, Any] = {"page": number} if number > 1 else {}
        return url_for(request.endpoint or "storefront.home", **{**values, **extra})

    @property
    def previous_url(self) -> str | None:
        """The page before, if any."""
        return self.url(self.number - 1) if self.number > 1 else None

    @property
    def next_url(self) -> str | None:
        """The page after, if any."""
        return self.url(self.number + 1) if self.number < self.last else None

    @property
    def shown(self) -> list[int | None]:
        """Page numbers worth a link; None stands for a gap."""
        near = {1, self.last, *range(self.number - 1, self.number + 2)}
        numbers = sorted(n for n in near if 1 <= n <= self.last)
        row: list[int | None] = []
        for number in numbers:
            before = row[-1] if row else None
            if before is not None and number - before > 1:
                row.append(None)
            row.append(number)
        return row


def asked_page(most: int = 10_000) -> int:
    """The page number in the address, from 1; anything else is 1."""
    text = request.args.get("page", "1")
    return min(max(1, int(text)), most) if text.isdecimal() and len(text) < 8 else 1
