"""One product as its producer writes it: words and particulars, and putting it on sale."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, flash, url_for
from flask_babel import gettext as _

from marketplace.catalog import actions
from marketplace.catalog.actions import NewProduct
from marketplace.catalog.forms import WordsForm, facts_typed, read_facts
from marketplace.catalog.queries import occasions
from marketplace.catalog.queries.studio import Draft
from marketplace.catalog.views import pages
from marketplace.catalog.views.editing import edit_page
from marketplace.catalog.views.facts import facts_shown
from marketplace.catalog.views.frame import own_product, typed_fields
from marketplace.catalog.views.keeping import merged, unpacked
from marketplace.catalog.views.typed import keeps_typed, typed_before
from marketplace.catalog.views.withdrawals import WITHDRAWALS
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import see_other
from marketplace.web.forms import sent
from marketplace.web.languages import current_lang


@pages.get("/studio/products/<int:product_id>")
@signed_in
def product(product_id: int) -> Response:
    """The product with everything that can be changed."""
    known, before = own_product(product_id), typed_before()
    return edit_page(known, before, {}, again=bool(before))


@pages.post("/studio/products/<int:product_id>")
@keeps_typed
def words_post(product_id: int) -> Response:
    """Keep words and particulars; two people at once: both are shown, nothing is lost."""
    known, body = own_product(product_id), sent()
    form, fields = WordsForm(body), typed_fields(known)
    typed = {name: str(bound.data or "") for name, bound in form._fields.items()
             if name not in ("version", "occasions")}
    typed |= facts_typed(fields, body)
    facts, faults = read_facts(fields, typed)
    chosen = frozenset(o.id for o in occasions().values()
                       if str(o.id) in (form.occasions.data or []))
    try:
        form.demand()
        if faults:
            raise Invalid(faults)
        with committing():
            actions.edit(product_id, int(form.version.data or 0),
                         _changed(known, typed, facts, chosen), current_lang(), person_id())
    except Invalid as fault:
        return edit_page(known, typed, {**faults, **fault.faults}, 422, chosen)
    except Conflict as fault:
        now = own_product(product_id)
        shown, theirs = merged(now, typed, unpacked(str(body.get("base", ""))))
        return edit_page(now, shown, {"version": fault.sentence}, 409, chosen, theirs)
    flash(_("Kept."), "good")
    return see_other(url_for("catalog.product", product_id=product_id))


def _changed(known: Draft, typed: Mapping[str, str], facts: Mapping[str, object],
             chosen: frozenset[int]) -> NewProduct:
    texts = {lang: (typed[f"title_{lang}"], typed[f"teaser_{lang}"], typed[f"story_{lang}"])
             for lang in ("de", "en")}
    if not any(text[0] for text in texts.values()):
        raise Invalid({"title_de": _("Please give it a name.")})
    for lang, text in texts.items():
        if not text[0] and (text[1] or text[2]):
            raise Invalid({f"title_{lang}": _("These words need a name in their language.")})
    withdrawal = typed["withdrawal"] or known.withdrawal
    if withdrawal not in WITHDRAWALS:
        raise Invalid({"withdrawal": _("Please choose one of these.")})
    years = typed["guarantee_years"]
    return NewProduct(
        known.category_id, texts, (), typed["not_for_de"], typed["not_for_en"],
        typed["place_of_making"], withdrawal, _untouched(known, typed, facts), sorted(chosen),
        guarantee_years=int(years) if years.isdecimal() else None,
        guarantee_words=typed["guarantee_words"])


def _untouched(known: Draft, typed: Mapping[str, str], facts: Mapping[str, object]
               ) -> dict[str, object]:
    """Particulars as they are kept: what was not touched stays as it was, lists stay lists."""
    fields = typed_fields(known)
    shown = facts_shown(fields, known.facts)
    found: dict[str, object] = {}
    for field in fields:
        names = [name for name in shown if name == f"fact_{field.key}"
                 or name.startswith(f"fact_{field.key}_")]
        same = names and all(typed.get(name, "") == shown[name] for name in names)
        if same and field.key in known.facts:
            found[field.key] = known.facts[field.key]
        elif isinstance(known.facts.get(field.key), list) and isinstance(
                facts.get(field.key), str):
            found[field.key] = [part.strip() for part in str(facts[field.key]).replace(
                ";", ",").split(",") if part.strip()]
        else:
            found[field.key] = facts.get(field.key, "")
    return found


@pages.post("/studio/products/<int:product_id>/sale")
@signed_in
def sale_post(product_id: int) -> Response:
    """Put it on sale; what is missing stands beside its field."""
    known = own_product(product_id)
    try:
        with committing():
            on_sale = actions.publish(product_id)
    except Invalid as fault:
        return edit_page(known, {}, fault.faults, 422)
    if not on_sale:
        flash(_("It is ready and goes on sale by itself as soon as your house may sell."), "good")
        return see_other(url_for("catalog.product", product_id=product_id))
    flash(_("It is on sale."), "good")
    return see_other(url_for("storefront.product", slug=known.slug))
