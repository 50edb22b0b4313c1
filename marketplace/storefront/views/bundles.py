"""The page of a bundle, composed of several rooms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from marketplace.bundles import queries as bundles
from marketplace.bundles.queries import BundleRow, Family
from marketplace.bundles.queries.asking import poll_views
from marketplace.bundles.queries.offer_words import offered_words
from marketplace.bundles.queries.offers import open_offer
from marketplace.bundles.queries.previews import (
    layout_words,
    more_photos,
    picture_credits,
    picture_of,
)
from marketplace.bundles.queries.rows import origins_elsewhere
from marketplace.bundles.queries.words import (
    LICENCE_URLS,
    author_of,
    licence_name,
    reason_words,
    season_words,
)
from marketplace.bundles.rules import Difference, difference, licences_for
from marketplace.catalog import queries as catalog
from marketplace.catalog.queries.cards import PriceView
from marketplace.checkout.actions import clicked
from marketplace.checkout.queries.reductions import offers_for
from marketplace.dialogue.queries import comments_of
from marketplace.dialogue.queries.cards import comment_posts
from marketplace.foundation.kept import kept
from marketplace.people.queries import lines
from marketplace.reviews.queries import rated_cards
from marketplace.storefront.queries.bundles import (
    BundlePage,
    ReasonForm,
    bundle_rows,
    bundle_total,
)
from marketplace.storefront.queries.cards import bundle_vote, relation_labels
from marketplace.storefront.views import pages
from marketplace.storefront.views.bundle_files import machine_links
from marketplace.storefront.views.bundle_states import removed_page, standing_words
from marketplace.storefront.views.challenges import taking_part
from marketplace.web.access import basket_key, viewer_id
from marketplace.web.answers import answer
from marketplace.web.formats import day, money
from marketplace.web.languages import current_lang
from marketplace.web.links import arrived_by, mint
from marketplace.web.page_cache import visitor_page
from marketplace.web.readers import looked_at
from marketplace.web.shapes import (
    Composer,
    nobody,
    share,
)


@pages.get("/bundles/<slug>")
@visitor_page
def bundle(slug: str) -> Response:
    """One bundle: parts, prices, votes, comments, everything into the basket in one step."""
    lang, me = current_lang(), viewer_id()
    row = bundles.bundle_for(slug, me, removed=True)
    if row.standing == "removed":
        return answer("bundles/removed.html", removed_page(row), 410)
    looked_at("view.bundle", "bundle", row.id)
    source = arrived_by()
    if source is not None:
        clicked((source.kind, source.ref), [i.product_id for i in row.items], me, basket_key())
    return answer("bundles/bundle.html", _bundle_page(row, lang, me))


def _bundle_page(row: BundleRow, lang: str, me: int | None) -> BundlePage:
    family = bundles.family_of(row, me)
    changes = kept(("bundle changes", row.id, row.version), lambda: bundles.changes_of(row))
    origin = bundles.pieces_of(row.parent_id) if family.chain and row.parent_id else []
    unlike = difference(origin, [item.piece for item in row.items]) if origin \
        else Difference()
    goods, said = rated_cards({i.product_id for i in row.items} | {
        piece.product_id for piece in origin} | _named_in(changes), lang)
    parts = bundle_rows(row, goods, said)
    polls, said_of_it = bundles.polls_about(me, bundle_id=row.id), comments_of(row.id)
    people = lines({row.author_id or 0, *(kin.author_id or 0 for kin in (
        *family.chain, *family.variants)), *(poll.author_id for poll in polls),
        *(post.author_id or 0 for _thread, post in said_of_it)}, me)
    occasion = catalog.occasions().get(row.occasion_id or 0)
    vote, whole = bundle_vote(row, me), all(item.available for item in row.items)
    heard = bundles.heard_of(row.id, me, basket_key())
    return BundlePage(
        title=row.title, text=row.words, lang=row.lang, labels=relation_labels(row),
        occasion=occasion.name(lang) if occasion else "",
        season=season_words().get(row.season or "", ""),
        author=author_of(row, people),
        when=day(row.published_at) if row.published_at else _("draft"),
        picture=picture_of(row, goods), alt=layout_words(row, goods) if row.preview else "",
        state=standing_words(row), rows=parts, credits=picture_credits(row, goods),
        photos=more_photos(row),
        total=bundle_total(row, goods, offers_for([f"bundle-{row.id}"]),
                           heard.country),
        basket_url=url_for("bundles.into_basket", slug=row.slug),
        basket_words=_("Everything into the basket") if whole else _("Choose what goes in"),
        source=mint("bundle", row.slug[:40]), vote=None if row.blind else vote,
        reasons=[(words, heard.reasons[key]) for key, words in reason_words().items()
                 if key in heard.reasons] if vote.up is not None else [],
        reason_form=_reason_form(row, vote.mine, heard.own) if vote.mine else None,
        comments=comment_posts(said_of_it, people),
        composer=Composer(url_for("dialogue.comment", slug=row.slug), _("Your comment"),
                          _("Say it"), locked=_locked(row, me)),
        polls=poll_views(polls, me, people), saved=heard.saved, share=share(row.title),
        price_words=money(row.price_minor), price=PriceView(row.price_minor, "EUR", None, "",
                                                            False),
        chain=_chain(row, family, people),
        offer=_offer(row.id), challenge=taking_part(row.id) if row.blind_until else None,
        unlike=_unlike(unlike, goods),
        changes=[(day(at), ", ".join(_changed(what, goods))) for at, what in changes],
        variants=[(kin.title, kin.url, _name(people, kin.author_id)) for kin in family.variants],
        away=[str(item["product"]).replace("-", " ") for item in (row.not_here or {}).get(
            "items", ())], **_ways(row, me), **machine_links(row, goods),
        licence=licence_name(row.licence), licence_url=LICENCE_URLS.get(row.licence, ""))


def _offer(bundle_id: int) -> str:
    """Who offers it as a set, or why that rests. Loads: 1 statement a minute."""
    found = kept(("bundle offer", bundle_id), lambda: open_offer(bundle_id))
    return offered_words(found) if found and found.state != "asked" else ""


def _locked(row: BundleRow, me: int | None) -> str:
    """Why nothing can be said now, or nothing."""
    if row.blind:
        return _("Words are taken after the challenge.")
    return "" if me else _("Sign in to comment.")


def _ways(row: BundleRow, me: int | None) -> dict[str, str]:
    """What can be done with it."""
    out = row.state == "published"
    return {
        "edit_url": url_for("bundles.edit", slug=row.slug) if me and me == row.author_id else "",
        "recommend_url": url_for("recommend.recommend", thing="bundle", slug=row.slug)
        if out and row.visibility == "public" else "",
        "save_url": url_for("bundles.save", slug=row.slug) if out else "",
        "ask_url": ask_url(row.url) if out else "",
        "remix_url": url_for("bundles.remix", slug=row.slug)
        if out and not row.blind and row.may_remix and licences_for(row.licence) else "",
        "report_url": url_for("moderation.report", kind="bundle", ref=row.slug),
        "help_url": url_for("dialogue.new", about=row.url)}


def ask_url(about: str) -> str:
    """Where others are asked about something."""
    return url_for("bundles.new_poll", about=about)


def _reason_form(row: BundleRow, mine: str, own: Sequence[str]) -> ReasonForm:
    return ReasonForm(url_for("bundles.vote", slug=row.slug), mine, [
        (key, words, key in own) for key, words in reason_words().items()])


def _name(people: Mapping[int, Any], author_id: int | None) -> str:
    return str(people.get(author_id or 0, nobody()).name)


def _chain(row: BundleRow, family: Family, people: Mapping[int, Any]
           ) -> list[tuple[str, str, str]]:
    """Where it comes from, newest first; what was taken away since stays as a step, and what is
    in another market is named with its address there.
    """
    gone = (_("An original that is not shown here"), "", "")
    elsewhere = [(one["title"], one["url"], "" if row.blind else one["author"])
                 for one in origins_elsewhere(row)]
    if row.parent_id is not None and not family.chain:
        return [gone, *elsewhere]
    return [*((kin.title, kin.url, "" if row.blind else _name(people, kin.author_id))
              if kin.shown else gone for kin in family.chain), *elsewhere]


def _named_in(changes: Sequence[tuple[Any, Mapping[str, Any]]]) -> set[int]:
    """Goods that a change is about."""
    named: set[int] = set()
    for _at, what in changes:
        named |= {*what["added"], *what["removed"], *what["moved"],
                  *(one for pair in what["swapped"] for one in pair)}
    return named


def _changed(what: Mapping[str, Any], goods: Mapping[int, Any]) -> list[str]:
    """A change after publishing in words."""
    made = Difference(tuple(what["added"]), tuple(what["removed"]),
                      tuple((old, new) for old, new in what["swapped"]), tuple(what["moved"]))
    return [*_unlike(made, goods), *([_("words changed")] if what["words"] else [])]


def _unlike(made: Difference, goods: Mapping[int, Any]) -> list[str]:
    """A difference in words."""
    def title(product_id: int) -> str:
        return str(goods[product_id].title) if product_id in goods else _("something gone")

    return [
        *(_("%(new)s instead of %(old)s", new=title(new), old=title(old))
          for old, new in made.swapped),
        *(_("added: %(title)s", title=title(one)) for one in made.added),
        *(_("taken out: %(title)s", title=title(one)) for one in made.removed),
        *(_("moved: %(title)s", title=title(one)) for one in made.moved)]
