"""The written content of the demo: TOML files beside this code, read and checked all at once."""

from __future__ import annotations

from marketplace.demo.content.checks import faults_of
from marketplace.demo.content.faults import ContentFaults
from marketplace.demo.content.kinds import Content
from marketplace.demo.content.reading import CONTENT, read

__all__ = ["CONTENT", "Content", "ContentFaults", "checked_content"]


def checked_content() -> Content:
    """All content, or every fault in it.

    Raises: ContentFaults, naming file and place of each.
    """
    content, faults = read(CONTENT)
    if content is not None:
        faults = [*faults, *faults_of(content)]
    if faults or content is None:
        raise ContentFaults(faults)
    return content
