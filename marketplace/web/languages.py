"""German and English: which one is spoken, and the catalogues compiled from every room's file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations
from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, Domain, force_locale, get_locale
from flask_login import current_user
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

LANGS = ("de", "en")
FOLDER = Path(__file__).resolve().parent.parent / "translations"


class Catalogs(Domain):
    """The catalogues of our languages, found by the language's two letters."""

    def __init__(self) -> None:
        super().__init__()
        self._found: dict[str, NullTranslations] = {}

    def get_translations(self) -> NullTranslations:
        """The catalogue of this answer's language, held where `force_locale` looks for it."""
        try:
            known = getattr(g.get("_flask_babel"), "babel_translations", None)
        except RuntimeError:  # no app speaks
            known = None
        return self._found_anew() if known is None else known

    def _found_anew(self) -> NullTranslations:
        locale = get_locale()
        if locale is None:
            return super().get_translations()
        found = self._found.get(locale.language)
        if found is None:
            found = self._found[locale.language] = super().get_translations()
        g._flask_babel.babel_translations = found
        return found


CATALOGS = Catalogs()
"""One for the process: every app speaks from the same files."""


def _filled(context: EvalContext, said: str, variables: dict[str, object]) -> str:
    """A message with what is filled in, which is escaped where the page is; catalogues are ours."""
    if not context.autoescape:
        return str.__mod__(said, variables)
    if "%" not in said:
        return Markup(said)  # noqa: S704
    return Markup(said) % variables  # noqa: S704


@pass_eval_context
def _gettext(context: EvalContext, string: str, **variables: object) -> str:
    """A message in a template; always a format, as `%%` in catalogues expects."""
    return _filled(context, CATALOGS.get_translations().ugettext(string), variables)


@pass_eval_context
def _ngettext(
    context: EvalContext, singular: str, plural: str, num: int, **variables: object
) -> str:
    """A message of a number in a template."""
    said = CATALOGS.get_translations().ungettext(singular, plural, num)
    variables.setdefault("num", num)
    return _filled(context, said, variables)


def current_lang() -> str:
    """The language of this answer: asked for, chosen, or accepted by the browser; else German."""
    known = g.get("lang")
    if known is None and has_request_context():
        known = g.lang = asked_lang() or _chosen_lang() or accepted_lang()
    return str(known or "de")


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Words, amounts and days in another language than that of this answer."""
    before = g.get("lang")
    g.lang = lang
    try:
        with force_locale(lang):
            yield
    finally:
        g.lang = before


def asked_lang() -> str | None:
    """The language named in the address, if it is one of ours."""
    asked = request.args.get("lang", "")
    return asked if asked in LANGS else None


def accepted_lang() -> str:
    """What the browser accepts best, else German."""
    return request.accept_languages.best_match(LANGS) or "de"


def _chosen_lang() -> str | None:
    chosen = session.get("lang")
    if chosen in LANGS:
        return str(chosen)
    return str(current_user.lang) if current_user.is_authenticated else None


def merged_catalog(lang: str) -> Catalog:
    """All rooms' messages of one language in one catalogue; a message said twice must agree."""
    whole = Catalog(locale=lang)
    for path in sorted((FOLDER / lang).glob("*.po")):
        with path.open("rb") as file:
            part = read_po(file, locale=lang)
        for message in part:
            if message.id and message.string and not message.fuzzy:
                whole.add(message.id, message.string, context=message.context)
    return whole


def compile_catalogs(into: Path) -> Path:
    """Write `messages.mo` for each language below `into` if a room's file is newer; that folder."""
    sources = sorted(FOLDER.glob("*/*.po"))
    newest = max((path.stat().st_mtime_ns for path in sources), default=0)
    for lang in {path.parent.name for path in sources}:
        target = into / lang / "LC_MESSAGES" / "messages.mo"
        if target.exists() and target.stat().st_mtime_ns >= newest:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        buffer = BytesIO()
        write_mo(buffer, merged_catalog(lang))
        draft = target.with_suffix(f".{id(buffer)}")
        draft.write_bytes(buffer.getvalue())
        draft.replace(target)
    return into


def init_app(app: Flask, instance: Path) -> None:
    """Set up translation and keep a language that the address names through all links."""
    folder = compile_catalogs(instance / "translations")
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(folder)
    app.config["BABEL_DEFAULT_LOCALE"] = "en"
    babel = Babel(app, locale_selector=current_lang, default_timezone="Europe/Berlin")
    with app.app_context():
        babel.domain_instance = CATALOGS
    app.jinja_env.globals.update({"_": _gettext, "gettext": _gettext, "ngettext": _ngettext})

    @app.url_defaults
    def keep_lang(endpoint: str, values: dict[str, object]) -> None:
        if has_request_context() and "lang" in request.args and asked_lang():
            view = app.view_functions.get(endpoint)
            if not endpoint.startswith("static") and not getattr(view, "machine", False):
                values.setdefault("lang", asked_lang())
