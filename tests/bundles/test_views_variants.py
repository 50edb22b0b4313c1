"""Variants with their chain, changes after publishing, reasons, and parts chosen instead."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from marketplace.bundles.models import Bundle, BundleChange, BundleItem
from marketplace.catalog.models import Variant
from marketplace.checkout.models import BasketLine
from marketplace.foundation.database import committing, db
from tests.bundles.test_views_bundles import HAT, RED, WINE, published
from tests.cast import Cast

LITRE = "literwein-fuer-alle-tage"


def variant_of(cast: Cast, client: FlaskClient, page: str, title: str) -> str:
    """A published variant with another title; its page."""
    made = cast.post(client, f"{page}/remix")
    assert made.status_code == 303
    own = str(made.location.removesuffix("/edit"))
    done = cast.post(client, f"{own}/edit", step="publish", title=title, visibility="public",
                     licence="CC-BY-SA-4.0")
    assert done.status_code == 303, done.get_data(as_text=True)
    return own


def test_chain_of_five_steps_is_named_on_both_ends(cast: Cast, client: FlaskClient) -> None:
    """bundles-7: each step keeps parent and root; the last page names all origins, newest first,
    the first page its variant; a draft is not counted."""
    pages = [published(cast, cast.browser("cleo"), WINE, HAT)]
    for step, who in enumerate(("eva", "dan", "cleo", "eva", "dan"), start=1):
        pages.append(variant_of(cast, cast.browser(who), pages[-1], f"Schritt Nummer {step}"))
    rows = db.session.scalars(db.select(Bundle).order_by(Bundle.id)).all()
    assert [row.depth for row in rows] == [0, 1, 2, 3, 4, 5]
    assert {row.root_id for row in rows[1:]} == {rows[0].id}
    assert [row.remixes for row in rows] == [1, 1, 1, 1, 1, 0]
    last = client.get(pages[-1]).get_data(as_text=True)
    places = [last.index(f'href="{page}"') for page in reversed(pages[:-1])]
    assert places == sorted(places)
    assert "Schritt Nummer 1" in client.get(pages[0]).get_data(as_text=True)


def test_the_author_hears_of_a_variant_once_it_is_shown(cast: Cast) -> None:
    """bundles 5: cleo is told with a link, not of a draft, not of her own; one who may not see
    the variant hears nothing.
    """
    cleo, eva = cast.browser("cleo"), cast.browser("eva")
    page = published(cast, cleo, WINE, HAT)
    cast.post(eva, f"{page}/remix")
    assert "Variante" not in cleo.get("/account/notices").get_data(as_text=True)
    own = variant_of(cast, eva, page, "Evas Abend")
    variant_of(cast, cleo, page, "Mein zweiter Abend")
    shown = cleo.get("/account/notices").get_data(as_text=True)
    assert "eva hat aus deiner Zusammenstellung „Abend am Deich“ eine Variante gemacht." in shown
    assert f'href="{own}"' in shown and "2 Varianten" not in shown


def test_a_draft_variant_is_nobodys_business(cast: Cast, client: FlaskClient) -> None:
    """bundles-24: the original neither counts nor names a draft made of it."""
    page = published(cast, cast.browser("cleo"), WINE, HAT)
    made = cast.post(cast.browser("eva"), f"{page}/remix").location.removesuffix("/edit")
    assert db.session.scalar(db.select(Bundle.remixes).where(Bundle.parent_id.is_(None))) == 0
    assert made not in client.get(page).get_data(as_text=True)


def test_no_variants_where_the_author_wants_none(cast: Cast, client: FlaskClient) -> None:
    """bundles-7: no button, 403, nothing made; what was settled by publishing stays."""
    cleo = cast.browser("cleo")
    page = published(cast, cleo, WINE, HAT, remix="no")
    assert f'{page}/remix"' not in client.get(page).get_data(as_text=True)
    assert cast.post(cast.browser("eva"), f"{page}/remix").status_code == 403
    version = db.session.scalar(db.select(Bundle.version))
    cast.post(cleo, f"{page}/edit", step="save", title="Abend am Deich", remix="yes",
              version=version)
    assert db.session.execute(db.select(Bundle.may_remix, db.func.count()).group_by(
        Bundle.may_remix)).one() == (False, 1)


def test_variant_keeps_to_the_licence_of_its_origin(cast: Cast) -> None:
    """bundles-7: CC BY of a CC BY-SA original is refused beside its field."""
    page = published(cast, cast.browser("cleo"), WINE, HAT)
    eva = cast.browser("eva")
    own = cast.post(eva, f"{page}/remix").location.removesuffix("/edit")
    said = cast.post(eva, f"{own}/edit", step="publish", title="Meins daraus",
                     visibility="public", licence="CC-BY-4.0")
    assert said.status_code == 422
    assert "keeps to the licence" in said.get_data(as_text=True)
    assert db.session.scalar(db.select(Bundle.state).where(Bundle.depth == 1)) == "draft"


def test_changes_after_publishing_are_told(cast: Cast, client: FlaskClient) -> None:
    """3.6: a swapped part stands on the page; swapping more than half is refused, and kept."""
    cleo = cast.browser("cleo")
    page = published(cast, cleo, WINE, HAT)
    done = cast.post(cleo, f"{page}/edit?step=add&swap=1&product={cast.goods(RED).product_id}")
    assert done.status_code == 303
    assert db.session.scalar(db.select(BundleChange.what))["swapped"] == [
        [cast.goods(WINE).product_id, cast.goods(RED).product_id]]
    shown = client.get(page).get_data(as_text=True)
    assert "Spätburgunder Dorfkern statt Riesling vom Schiefer" in shown
    said = cast.post(cleo, f"{page}/edit?step=add&swap=2&product={cast.goods(LITRE).product_id}")
    assert said.status_code == 422
    assert "Variante" in said.get_data(as_text=True)
    assert set(db.session.scalars(db.select(BundleItem.product_id))) == {
        cast.goods(RED).product_id, cast.goods(HAT).product_id}


def test_reasons_are_given_with_a_vote_and_shown_after_it(cast: Cast, client: FlaskClient) -> None:
    """bundles-9: from the closed list only; others see counts after five votes and a day."""
    page = published(cast, cast.browser("cleo"), WINE, HAT)
    eva = cast.browser("eva")
    cast.post(eva, f"{page}/votes", vote="up", reason=["fits", "price", "looks"])
    own = eva.get(page).get_data(as_text=True)
    assert own.count('name="reason"') == 7
    assert own.count('value="fits" checked') == own.count('value="price" checked') == 1
    assert "in one word" in own
    assert "in einem Wort" not in client.get(page).get_data(as_text=True)
    cast.post(eva, f"{page}/votes", vote="none")
    assert 'name="reason"' not in eva.get(page).get_data(as_text=True)


def sold_out(cast: Cast, slug: str) -> None:
    """Nothing of it is left."""
    with committing():
        db.session.execute(db.update(Variant)
                           .where(Variant.id == cast.goods(slug).variant_id).values(on_hand=0))


def nearly_as_dear(cast: Cast) -> None:
    """The red wine costs a tenth more than the white one: 11.40 and 12.50."""
    with committing():
        db.session.execute(db.update(Variant).where(
            Variant.id == cast.goods(RED).variant_id).values(price_minor=1250))


def test_sold_out_part_is_offered_a_replacement_by_choice(
    cast: Cast, client: FlaskClient
) -> None:
    """bundles-15: replace, leave out, tell me, nothing ticked; the line remembers what it
    replaces, in the same set."""
    page = published(cast, cast.browser("cleo"), WINE, HAT)
    sold_out(cast, WINE)
    nearly_as_dear(cast)
    asked = cast.post(client, f"{page}/basket")
    shown = asked.get_data(as_text=True)
    assert asked.status_code == 409 and " checked" not in shown
    red = cast.goods(RED).variant_id
    for value in (red, "out", "tell"):
        assert f'name="part-1" value="{value}"' in shown
    assert "1,10" in shown
    assert db.session.scalar(db.select(BasketLine.id)) is None
    done = cast.post(client, f"{page}/basket", step="rest", **{"part-1": red})
    assert done.location == "/basket"
    lines = db.session.scalars(db.select(BasketLine).order_by(BasketLine.id)).all()
    assert [(line.variant_id, line.substitute_for) for line in lines] == [
        (red, cast.goods(WINE).variant_id), (cast.goods(HAT).variant_id, None)]
    assert len({line.set_key for line in lines}) == 1


@pytest.mark.parametrize("choice", ["", "999", "x"])
def test_only_what_was_offered_can_be_taken(
    cast: Cast, client: FlaskClient, choice: str
) -> None:
    """bundles-15: any other value asks again, and nothing is in the basket."""
    page = published(cast, cast.browser("cleo"), WINE, HAT)
    sold_out(cast, WINE)
    said = cast.post(client, f"{page}/basket", step="rest", **{"part-1": choice})
    assert said.status_code == 422
    assert db.session.scalar(db.select(BasketLine.id)) is None


def test_tell_me_leaves_out_and_watches(cast: Cast) -> None:
    """bundles-15: the rest goes in; the member waits for the part."""
    from marketplace.catalog.models import Watch

    page = published(cast, cast.browser("cleo"), WINE, HAT)
    sold_out(cast, WINE)
    eva = cast.browser("eva")
    assert cast.post(eva, f"{page}/basket", step="rest", **{"part-1": "tell"}).status_code == 303
    assert db.session.scalars(db.select(BasketLine.variant_id)).all() == [
        cast.goods(HAT).variant_id]
    assert db.session.scalars(db.select(Watch.product_id).where(
        Watch.person_id == cast.id("eva"))).all() == [cast.goods(WINE).product_id]


def test_agreed_price_is_split_to_the_cent_before_buying(
    cast: Cast, client: FlaskClient
) -> None:
    """bundles-18: 11.40 + 14.50 of one house for 20.00 is 8.80 + 11.20 (20.00 x 11.40 / 25.90 =
    8.803); one by one it is 25.90."""
    from marketplace.checkout.actions.offering import Agreed, NewOffer, publish_offer

    page = published(cast, cast.browser("cleo"), WINE, RED)
    bundle_id = db.session.scalar(db.select(Bundle.id))
    wine, red = cast.goods(WINE), cast.goods(RED)
    with committing():
        publish_offer(NewOffer(
            title_de="Abend", title_en="Evening", set_key=f"bundle-{bundle_id}",
            items={one.variant_id: 1 for one in (wine, red)},
            terms=[Agreed(wine.producer_id, "fixed", 2000, cast.id("ana"))]))
    shown = client.get(page).get_data(as_text=True)
    for sum_ in ("8,80", "11,20", "25,90", "20,00"):
        assert sum_ in shown


def test_variant_of_a_removed_original_keeps_its_step(cast: Cast, client: FlaskClient) -> None:
    """bundles-30: the variant stays; the chain says that the original is not shown."""
    page = published(cast, cast.browser("cleo"), WINE, HAT)
    own = variant_of(cast, cast.browser("eva"), page, "Meins daraus")
    with committing():
        db.session.execute(db.update(Bundle).where(Bundle.depth == 0).values(standing="removed"))
    shown = client.get(own).get_data(as_text=True)
    assert "Eine Vorlage, die hier nicht gezeigt wird" in shown
    assert f'href="{page}"' not in shown


def test_leaving_takes_drafts_and_keeps_chains_without_a_name(
    cast: Cast, client: FlaskClient
) -> None:
    """bundles-31: cleo leaves and lets her words stay: the draft is gone, the shown original
    stays in the chain of its variant as of a former member."""
    from marketplace.handlers.leaving import forget
    from marketplace.people.events import PersonErased
    from tests.bundles.test_views_bundles import begun

    cleo = cast.browser("cleo")
    page = published(cast, cleo, WINE, HAT)
    begun(cast, cleo, RED, HAT)
    own = variant_of(cast, cast.browser("eva"), page, "Meins daraus")
    with committing():
        forget(PersonErased(cast.id("cleo"), "cleo", "keep"))
    assert db.session.scalars(db.select(Bundle.state)).all() == ["published", "published"]
    assert f'href="{page}"' in client.get(own).get_data(as_text=True)


def test_who_sells_it_says_so_and_is_not_judged_best(cast: Cast, client: FlaskClient) -> None:
    """bundles-23: ana's bundle with her own wine is labelled on page and card, and stands in the
    order by date only; with other people's goods it is a bundle like any other."""
    own = published(cast, cast.browser("ana"), WINE, HAT)
    other = published(cast, cast.browser("gina"), WINE, HAT)
    words = "von jemandem, der dies verkauft"
    newest = client.get("/bundles?order=new").get_data(as_text=True)
    best = client.get("/bundles").get_data(as_text=True)
    assert words in client.get(own).get_data(as_text=True)
    assert newest.count(words) == 1 and own in newest and other in newest
    assert own not in best and other in best and words not in best
    assert words not in client.get(other).get_data(as_text=True)
