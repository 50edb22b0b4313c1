"""From which day on somebody needs a second factor."""

from __future__ import annotations

from datetime import date, timedelta

OWNERS_GET = timedelta(days=7)
ALWAYS = date(2000, 1, 1)


def demanded(runs_the_site: bool, by: date | None, has_factor: bool) -> date | None:
    """The day from which a second factor is demanded; None for who has one or needs none.

    Operators and moderators at once; owners of a house a week after they became such.
    """
    if has_factor:
        return None
    return ALWAYS if runs_the_site else by


STAFF_PAGES = ("/studio", "/operator", "/moderation")
FOR_EVERYBODY = ("/moderation/log", "/moderation/report", "/moderation/answers",
                "/moderation/decisions", "/moderation/statements")


def is_staff_page(path: str) -> bool:
    """Whether a page is for those who work for the site or a house."""
    def below(tops: tuple[str, ...]) -> bool:
        return any(path == top or path.startswith((f"{top}/", f"{top}.")) for top in tops)

    return below(STAFF_PAGES) and not below((*FOR_EVERYBODY, "/moderation/reports"))
