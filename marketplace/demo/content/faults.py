"""What can be wrong with written content, said so that a writer finds it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to mend: the file, the place in it, and a sentence."""

    file: str
    place: str
    sentence: str

    def __str__(self) -> str:
        """File, place and sentence in one line."""
        return f"{self.file}: {self.place}: {self.sentence}"


class ContentFaults(Exception):
    """All faults of the content together; nothing has been written."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
