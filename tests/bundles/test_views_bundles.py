"""Putting a bundle together, voting on it, buying all of it, through the pages."""

from __future__ import annotations

from datetime import timedelta

from flask.testing import FlaskClient

from marketplace.bundles.models import Bundle, BundleItem, BundleVote
from marketplace.catalog.models import Variant
from marketplace.checkout.models import BasketLine
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.people.models import Person
from tests.cast import Cast

WINE, HAT, RED = "riesling-vom-schiefer", "muetze-deichwind", "spaetburgunder-dorfkern"


def begun(cast: Cast, client: FlaskClient, *slugs: str) -> str:
    """A draft with these products; its page."""
    made = cast.post(client, "/bundles/new", title="Abend am Deich", template="free")
    assert made.status_code == 303, made.get_data(as_text=True)
    page = made.location.removesuffix("/edit")
    for slug in slugs:
        product = cast.goods(slug).product_id
        done = cast.post(client, f"{page}/edit", step="add", product=product)
        assert done.status_code == 303
    return str(page)


def published(cast: Cast, client: FlaskClient, *slugs: str, **more: str) -> str:
    """A public bundle; its page."""
    page = begun(cast, client, *slugs)
    done = cast.post(client, f"{page}/edit", step="publish", title="Abend am Deich",
                     text="Für zwei.", visibility="public", **more)
    assert done.status_code == 303
    return page


def grown_up() -> None:
    """Everybody joined long ago, so that their voices count at once."""
    with committing():
        db.session.execute(db.update(Person).values(
            joined_at=clock.now() - timedelta(days=9)))


def contents() -> list[tuple[str, int, str]]:
    """Slot, quantity and reason of each part in order."""
    return [(row.slot, row.qty, row.note)
            for row in db.session.scalars(db.select(BundleItem).order_by(BundleItem.pos))]


def test_board_is_chosen_and_a_title_said(cast: Cast) -> None:
    """Without a board: 422, nothing begun, the title kept."""
    cleo = cast.browser("cleo")
    said = cast.post(cleo, "/bundles/new", title="Abend am Deich")
    assert said.status_code == 422
    assert 'value="Abend am Deich"' in said.get_data(as_text=True)
    assert db.session.scalar(db.select(Bundle.id)) is None


def test_parts_fill_open_slots_move_change_and_leave(cast: Cast) -> None:
    """Free board: one, two, three; down swaps the first two; remove takes the first out."""
    cleo = cast.browser("cleo")
    page = begun(cast, cleo, WINE, HAT, RED)
    assert [slot for slot, _qty, _note in contents()] == ["one", "two", "three"]
    cast.post(cleo, f"{page}/edit", step="down", pos=1, qty=2, note="kühl")
    assert contents() == [("two", 1, ""), ("one", 2, "kühl"), ("three", 1, "")]
    cast.post(cleo, f"{page}/edit", step="remove", pos=1)
    assert contents() == [("one", 2, "kühl"), ("three", 1, "")]
    assert cast.post(cleo, f"{page}/edit", step="save", pos=1, qty="0").status_code == 422
    assert contents()[0][1] == 2


def test_swap_puts_something_else_in_the_same_place(cast: Cast) -> None:
    """The link of the search names the place; the slot stays."""
    cleo = cast.browser("cleo")
    page = begun(cast, cleo, WINE, HAT)
    asked = cast.post(cleo, f"{page}/edit", step="swap", pos=1)
    assert "slot=one" in asked.location and "swap=1" in asked.location
    cast.post(cleo, f"{page}/edit", step="add", product=cast.goods(RED).product_id, swap=1)
    first = db.session.scalar(db.select(BundleItem).order_by(BundleItem.pos))
    assert first is not None
    assert (first.slot, first.product_id) == ("one", cast.goods(RED).product_id)


def test_search_finds_goods_for_a_slot(cast: Cast) -> None:
    """The words find the wine, the button names product and slot."""
    cleo = cast.browser("cleo")
    page = begun(cast, cleo)
    found = cleo.get(f"{page}/edit?slot=two&q=riesling").get_data(as_text=True)
    assert f"product={cast.goods(WINE).product_id}&amp;slot=two" in found


def test_publishing_needs_a_chosen_audience_and_two_parts(cast: Cast) -> None:
    """bundles 3.14: nothing is chosen in advance; on refusal the draft stays a draft."""
    cleo = cast.browser("cleo")
    page = begun(cast, cleo, WINE)
    for more in ({"visibility": "public"}, {}):
        said = cast.post(cleo, f"{page}/edit", step="publish", title="Neuer Titel", **more)
        assert said.status_code == 422
        assert 'value="Neuer Titel"' in said.get_data(as_text=True)
    row = db.session.scalar(db.select(Bundle))
    assert row is not None
    assert (row.state, row.title) == ("draft", "Abend am Deich")


def test_two_windows_do_not_overwrite_each_other(cast: Cast) -> None:
    """The second window is told, its words stay in the form, nothing is changed."""
    cleo = cast.browser("cleo")
    page = begun(cast, cleo, WINE, HAT)
    said = cast.post(cleo, f"{page}/edit", step="save", title="Altes Fenster", version=1)
    assert said.status_code == 409
    assert 'value="Altes Fenster"' in said.get_data(as_text=True)
    assert db.session.scalar(db.select(Bundle.title)) == "Abend am Deich"


def test_draft_is_nowhere_for_others(cast: Cast, client: FlaskClient) -> None:
    """404 for page, editor, votes and basket of somebody else's draft."""
    page = begun(cast, cast.browser("cleo"), WINE, HAT)
    eva = cast.browser("eva")
    assert client.get(page).status_code == 404
    assert eva.get(f"{page}/edit").status_code == 404
    for end in ("edit", "votes", "basket", "comments"):
        assert cast.post(eva, f"{page}/{end}", vote="up", words="Schön").status_code == 404


def test_vote_counts_once_and_is_taken_back(cast: Cast) -> None:
    """bundles-8: up, down and none: one row, then none; not on one's own."""
    grown_up()
    cleo, eva = cast.browser("cleo"), cast.browser("eva")
    page = published(cast, cleo, WINE, HAT)
    for vote, counts in (("up", (1, 0)), ("up", (1, 0)), ("down", (0, 1)), ("none", (0, 0))):
        assert cast.post(eva, f"{page}/votes", vote=vote).status_code == 303
        assert db.session.execute(db.select(Bundle.up, Bundle.down)).one() == counts
    assert cast.post(cleo, f"{page}/votes", vote="up").status_code == 403
    assert db.session.scalar(db.select(db.func.count()).select_from(BundleVote)) == 0


def test_everything_goes_into_a_guests_basket_in_one_step(
    cast: Cast, client: FlaskClient
) -> None:
    """One post: both lines with one set; a second post raises nothing."""
    page = published(cast, cast.browser("cleo"), WINE, HAT)
    for _time in range(2):
        assert cast.post(client, f"{page}/basket").location == "/basket"
    lines = db.session.scalars(db.select(BasketLine)).all()
    assert [line.qty for line in lines] == [1, 1]
    assert len({line.set_key for line in lines}) == 1


def test_what_cannot_be_had_is_left_out_by_choice_only(cast: Cast, client: FlaskClient) -> None:
    """bundles 3.11: the page lists it with nothing ticked; the rest goes in when it is chosen."""
    page = published(cast, cast.browser("cleo"), WINE, HAT)
    hat = cast.goods(HAT)
    with committing():
        db.session.execute(db.update(Variant).where(Variant.id == hat.variant_id)
                           .values(on_hand=0))
    blocked = cast.post(client, f"{page}/basket")
    assert blocked.status_code == 409
    shown = blocked.get_data(as_text=True)
    assert "Mütze Deichwind" in shown and " checked" not in shown
    assert cast.post(client, f"{page}/basket", step="rest").status_code == 422
    assert db.session.scalar(db.select(BasketLine.id)) is None
    assert cast.post(client, f"{page}/basket", step="rest", **{"part-2": "out"}).status_code == 303
    assert db.session.scalars(db.select(BasketLine.variant_id)).all() == [
        cast.goods(WINE).variant_id]


def test_own_bundles_stand_in_the_account(cast: Cast) -> None:
    """Drafts lead to the editor, published ones to their page."""
    cleo = cast.browser("cleo")
    page = begun(cast, cleo, WINE)
    assert f'href="{page}/edit"' in cleo.get("/account/bundles").get_data(as_text=True)
