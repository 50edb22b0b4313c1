"""Who finds what: the marks a document carries, and those a viewer may see or must not."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.adapters.fulltext.contract import OneOf
from marketplace.foundation.findable import MEMBERS, PUBLIC, of_group


@dataclass(frozen=True, slots=True)
class Audience:
    """A viewer as search sees them: signed in or not, own groups, whom a block parts them from."""

    member: bool = False
    groups: frozenset[int] = frozenset()
    parted: frozenset[int] = frozenset()

    def marks(self) -> frozenset[str]:
        """The marks of documents that this viewer may find."""
        own = {of_group(one) for one in self.groups}
        return frozenset({PUBLIC, MEMBERS, *own} if self.member else {PUBLIC})

    def must(self) -> list[OneOf]:
        """What has to hold of a document."""
        return [OneOf("visibility", self.marks())]

    def must_not(self) -> list[OneOf]:
        """What must not hold of a document."""
        return [OneOf("attribute", frozenset(map(by, self.parted)))] if self.parted else []


VISITOR = Audience()


def by(person_id: int) -> str:
    """The mark of a person's things among the facts of a document."""
    return f"by={person_id}"
