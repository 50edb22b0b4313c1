"""What buyers may still do after buying, in words."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _


def withdrawal_words(goods: Sequence[tuple[str, str]]) -> str:
    """Whether and how long goods of one seller can be withdrawn from; `goods` holds title and
    right of each, "yes" or why there is none.
    """
    no_return = [title for title, right in goods if right != "yes"]
    if len(no_return) == len(goods):
        return _("There is no right of withdrawal for these goods.")
    words = _("You can withdraw within 14 days of receipt.")
    if no_return:
        words += " " + _("Not for: %(titles)s.", titles=", ".join(no_return))
    return words
