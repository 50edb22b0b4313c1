"""The filter "from my groups" on goods, producers, bundles and threads."""

from __future__ import annotations

import pytest

from marketplace.bundles.actions import ItemWish, fill, publish, start
from marketplace.foundation.database import committing, db
from tests.cast import Cast
from tests.groups.hands import CLOSED, group, put_in

WINE, HAT = "riesling-vom-schiefer", "muetze-deichwind"


@pytest.fixture
def listed(cast: Cast) -> str:
    """Gina's closed group lists the wine, has a bundle and a topic; cleo belongs to it."""
    put_in(cast, CLOSED, "member", "cleo")
    gina, number = cast.browser("gina"), cast.id("gina")
    assert cast.post(gina, f"/groups/{CLOSED}/lists", title="Zu Fisch",
                     purpose="Mai").status_code == 303
    list_id = db.session.scalar(db.text("SELECT max(id) FROM group_lists"))
    for path, form in ((f"/groups/{CLOSED}/lists/{list_id}",
                        {"product": f"/products/{WINE}", "why": "Salzig und hell."}),
                       (f"/threads/new?about=/groups/{CLOSED}",
                        {"kind": "topic", "openness": "public", "step": "send",
                         "title": "Welcher Fisch im Mai?", "words": "Was gibt der Markt her?"})):
        assert cast.post(gina, path, **form).status_code == 303
    board = db.session.scalar(db.text("SELECT min(id) FROM board_templates"))
    parts = [ItemWish("", cast.goods(slug).product_id, 1, "") for slug in (WINE, HAT)]
    group_id = group(CLOSED).id
    db.session.rollback()
    with committing():
        row = start(number, board, "Abend am Deich", "de")
        fill(row.id, number, row.version, {"title": row.title}, parts)
        publish(row.id, number, "group", group_id=group_id)
    return CLOSED


@pytest.mark.parametrize(("page", "there", "not_there"), [
    ("/products?from=groups", "Riesling vom Schiefer", "Fischerpullover"),
    ("/categories/wine?from=groups", "Riesling vom Schiefer", "Literwein"),
    ("/search?q=wein&from=groups", "Riesling vom Schiefer", "Literwein"),
    ("/producers?known=groups", "Weingut Kaltbach", "Nordgarn"),
    ("/bundles?from=groups", "Abend am Deich", "Nichts"),
    ("/threads?from=groups", "Welcher Fisch im Mai?", "Noch nichts"),
])
def test_every_list_has_what_comes_from_ones_groups(
        cast: Cast, listed: str, page: str, there: str, not_there: str) -> None:
    """groups-16: a member sees it, somebody without groups an empty list; the filter is a link."""
    inside = cast.browser("cleo").get(page).get_data(as_text=True)
    main = inside[inside.index("<main"):inside.index("</main")]
    assert there in main and not_there not in main
    outside = cast.browser("dan").get(page).get_data(as_text=True)
    main = outside[outside.index("<main"):outside.index("</main")]
    assert there not in main
    plain = cast.browser("dan").get(page.split("?")[0]).get_data(as_text=True)
    assert "known=groups" in plain or "from=groups" in plain or 'value="groups"' in plain


def test_a_list_goes_into_the_basket_as_a_set(cast: Cast, listed: str) -> None:
    """groups-16, spec 4: one of each thing, remembered as of the group; what is sold out is named,
    and who may not read the list gets nothing.
    """
    list_id = db.session.scalar(db.text("SELECT max(id) FROM group_lists"))
    here = f"/groups/{listed}/lists/{list_id}"
    added = cast.post(cast.browser("gina"), here, product=f"/products/{HAT}", why="Für den Deich.")
    assert added.status_code == 303
    with committing():
        db.session.execute(db.text("UPDATE variants SET on_hand = 0 WHERE product_id = "
                                   "(SELECT id FROM products WHERE slug = 'muetze-deichwind')"))
    cleo = cast.browser("cleo")
    assert f'action="{here}/basket"' in cleo.get(here).get_data(as_text=True)
    sent = cast.post(cleo, f"{here}/basket")
    assert sent.status_code == 303
    page = cleo.get(sent.location).get_data(as_text=True)
    assert "1 Ding aus „Zu Fisch“ liegt im Korb." in page
    assert "Gerade nicht zu haben: Mütze Deichwind" in page
    assert db.session.execute(db.text("SELECT kind, ref FROM line_sources")).all() == [
        ("group", CLOSED)]
    assert cast.post(cast.browser("dan"), f"{here}/basket").status_code == 404
