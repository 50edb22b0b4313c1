"""How the rooms are put together into one application."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, Request, Response

from marketplace.foundation import events
from marketplace.foundation.database import db, engine_options, prepare_engine
from marketplace.foundation.settings import Settings

if TYPE_CHECKING:
    from marketplace.people.queries import SignedInPerson

HOUSE = Path(__file__).resolve().parent


def database(app: Flask, settings: Settings) -> None:
    """Connect the database and its migrations; every room's tables become known."""
    from flask_migrate import Migrate

    load_each("models")
    import_module("marketplace.foundation.jobs")
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings.database_url)
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    Migrate(app, db, directory=str(HOUSE.parent / "migrations"), render_as_batch=True)


def load_each(name: str) -> None:
    """Import one piece of furniture of every room that has it, in room order."""
    from marketplace import ROOMS

    for room in ROOMS:
        if (HOUSE / room / f"{name}.py").exists() or (HOUSE / room / name).is_dir():
            import_module(f"marketplace.{room}.{name}")


def web(app: Flask, settings: Settings) -> None:
    """What every page needs."""
    from flask_login import LoginManager

    from marketplace.notify.actions.closing import closing_day
    from marketplace.storefront.queries.frame import frame_counts
    from marketplace.touchpoints.queries import survey_shown
    from marketplace.web import (
        addresses,
        assets,
        csrf,
        error_pages,
        formats,
        frame,
        headers,
        known_urls,
        languages,
        limits,
        metering,
        page_cache,
        templates,
        words,
    )

    if settings.metrics_token:
        metering.init_app(app, settings.instance / "metrics")
    templates.init_app(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    addresses.init_app(app)
    assets.init_app(app, settings.instance)
    page_cache.init_app(app, settings.page_cache_seconds)
    languages.init_app(app, settings.instance)
    known_urls.init_app(app)
    formats.init_app(app)
    words.init_app(app)
    limits.init_app(app, settings.rate_limits)
    csrf.init_app(app)
    headers.init_app(app, settings.production)
    error_pages.init_app(app)
    frame.init_app(app, frame_counts, closing_day, survey_shown)
    _later_rooms(app, settings)
    _flush_counts(app)
    logins = LoginManager(app)
    logins.session_protection = None
    logins.user_loader(_signed_in)
    logins.request_loader(_by_token)


def _later_rooms(app: Flask, settings: Settings) -> None:
    """What rooms ask of later ones, by name."""
    from marketplace.dialogue.queries.dealing import words_about
    from marketplace.reviews.queries import answered_lines

    app.extensions["answered_lines"] = answered_lines
    app.extensions["words_about_parts"] = words_about
    app.extensions["find_products"] = _find_products
    app.extensions["read_wish"] = _read_wish
    app.extensions["group_topics"] = _group_topics
    app.extensions["fitting_products"] = _fitting_products
    app.extensions["three_to_look_at"] = _three_to_look_at
    app.extensions["like_taste"] = _like_taste
    app.extensions["ask_mail"] = _ask_mail
    app.extensions["ask_push"] = _ask_push
    app.extensions["studio_talk"] = _studio_talk
    app.extensions["opt_ins"] = (_opt_ins, _end_opt_in)
    app.extensions["demo_people"] = _demo_people if settings.demo else lambda lang: ()


def _signed_in(key: str) -> SignedInPerson | None:
    """The person of an open login; that it was used is noted once a day, after the answer."""
    from marketplace.people.actions.seeing import seen
    from marketplace.people.queries import signed_in_by

    who = signed_in_by(key)
    if who is not None and who.seen_on is not None:
        seen(who.login_id, who.id, who.seen_on)
    return who


def _by_token(request: Request) -> SignedInPerson | None:
    """For whom a program acts, by the key it sends; on no page made for people."""
    from marketplace.people.actions.seeing import token_seen
    from marketplace.people.queries.login import holder_of

    kind, _blank, secret = request.headers.get("Authorization", "").partition(" ")
    if not request.path.startswith("/api/") or kind.lower() != "bearer" or len(secret) > 200:
        return None
    found = holder_of(secret.strip())
    if found is None:
        return None
    who, token_id = found
    token_seen(token_id, who.id, who.seen_on)
    return who


def _find_products(words: str, limit: int) -> list[int]:
    """Ids of goods for words, best first: what rooms before `search` look products up with."""
    from marketplace.search.queries import Asked, find

    return list(find(Asked(words=words), limit).ids)


def _group_topics(group_id: int) -> list[dict[str, object]]:
    """All that was said in a group, for its export."""
    from marketplace.dialogue.queries import exported_topics

    return list(exported_topics(group_id))


def _read_wish(words: str) -> list[dict[str, object]]:
    """What is understood of a wish, as plain values: what rooms before `search` read it with."""
    from dataclasses import asdict

    from marketplace.foundation import clock
    from marketplace.search.queries import vocabulary
    from marketplace.search.rules.wishes import parse

    read = parse(words, vocabulary(), clock.today()).all_chips()
    return [asdict(chip) for chip in read if chip.kind != "word"]


def _fitting_products(product_ids: Collection[int]) -> list[tuple[int, str]]:
    """Goods that go with some, best first, and why: what rooms before `recommend` suggest."""
    from marketplace.recommend.queries import fitting

    return [(one.product_id, one.words()) for one in fitting(product_ids)]


def _three_to_look_at(lang: str) -> Sequence[object]:
    """Three cards by everybody's verdict: what a page shows that has nothing else to show."""
    from marketplace.recommend.queries import suggestions
    from marketplace.storefront.queries.cards import product_cards

    told = suggestions(None, lang, 3)
    return product_cards([one.product_id for one in told], lang, None, "",
                         {one.product_id: one for one in told})


def _like_taste(person_id: int) -> list[tuple[int, str]]:
    """People of like taste who are named to a person, and in how much they agreed."""
    from flask_babel import gettext as _

    from marketplace.recommend.queries import circle_of

    return [(one.person_id, _("you agreed on %(same)s of %(both)s", same=one.same,
                              both=one.common)) for one in circle_of(person_id).named]


def _opt_ins(person_id: int) -> Sequence[tuple[str, str]]:
    """What later rooms do with a person because they said so: what `people` lists."""
    from marketplace.handlers.opt_ins import opt_ins

    return opt_ins(person_id)


def _ask_mail(person_id: int, class_: str) -> str:
    """Where a person says whether a class comes by mail; "" where they are not to be asked."""
    from flask import url_for

    from marketplace.notify.queries import may_ask

    return url_for("notify.asked", name=class_) if may_ask(person_id, class_) else ""


def _ask_push(person_id: int) -> object | None:
    """What is needed to ask this browser to tell of answers; None where it does, or cannot."""
    from marketplace.notify.views.pushing import push_box

    box = push_box(person_id)
    return box if box is not None and not any(row.here for row in box.rows) else None


def _studio_talk(producer_id: int, viewer_id: int) -> Sequence[tuple[str, str, str]]:
    """What is said elsewhere of a house and its goods: title, small words, address."""
    from marketplace.handlers.talked import talk_of

    return talk_of(producer_id, viewer_id)


def _end_opt_in(person_id: int, key: str) -> bool:
    """End one of these; whether it was known."""
    from marketplace.handlers.opt_ins import end_opt_in

    return end_opt_in(person_id, key)


def _demo_people(lang: str) -> tuple[tuple[str, str, str, str], ...]:
    """Who can sign in to the demo: handle, address, password and what one sees with them."""
    from marketplace.demo.sign_ins import sign_ins

    return tuple((one.handle, one.email, one.password,
                  one.shows_de if lang == "de" else one.shows_en) for one in sign_ins())


def _flush_counts(app: Flask) -> None:
    """Write clicks once an answer is out, and view counts when enough time has gone by."""
    from marketplace.checkout.actions import clicks_wait, write_clicks
    from marketplace.foundation.database import committing
    from marketplace.journal.actions import count, flush_if_due
    from marketplace.people.actions.seeing import looks_wait, write_looks
    from marketplace.search.actions import searches_wait, write_searches
    from marketplace.web.readers import looks

    @app.after_request
    def flush(response: Response) -> Response:
        for look in looks() if response.status_code < 400 else ():
            count(*look)

        def later() -> None:
            with app.app_context():
                if clicks_wait():
                    with committing():
                        write_clicks()
                if looks_wait():
                    with committing():
                        write_looks()
                flush_if_due()
                if searches_wait():
                    with committing():
                        write_searches()

        response.call_on_close(later)
        return response


def reactions() -> None:
    """Load all jobs and set what follows what, and who answers what is asked of later rooms."""
    from marketplace.catalog.queries.readiness import ask_rates_of
    from marketplace.journal.actions import ask_hidden_of
    from marketplace.moderation.queries import case_is_open
    from marketplace.orders.queries import buyers_with_orders
    from marketplace.orders.queries.tax import rate_known
    from marketplace.people.actions.helping import ask_cases_of
    from marketplace.people.queries import without_pseudonym
    from marketplace.people.queries.names import ask_houses_of
    from marketplace.people.queries.standing import ask_orders_of
    from marketplace.producers.queries import is_staff, names_of_houses
    from marketplace.reactions import REACTIONS

    load_each("jobs")
    ask_rates_of(rate_known)
    ask_orders_of(buyers_with_orders)
    ask_houses_of(names_of_houses, is_staff)
    ask_cases_of(case_is_open)
    ask_hidden_of(without_pseudonym)
    events.wire(REACTIONS)
