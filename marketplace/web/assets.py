"""Static files under names that carry their content, the style sheets joined into one.

Built once per content into the instance folder, compressed beforehand, served by WhiteNoise.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
from hashlib import sha256
from pathlib import Path

import brotli
from flask import Flask, abort
from whitenoise import WhiteNoise

STATIC = Path(__file__).resolve().parent.parent.parent / "static"
PREFIX = "/static/"
SHEET = "site.css"
PACKED = {".css", ".js", ".svg", ".json", ".webmanifest", ".txt"}
YEAR = 31_536_000


def sheet_sources() -> list[Path]:
    """The style sheets in the order they are joined: tokens, base, parts, rooms."""
    css = STATIC / "css"
    first = [css / "tokens.css", css / "base.css"]
    return [*first, *sorted((css / "parts").glob("*.css")), *sorted((css / "rooms").glob("*.css"))]


def joined_sheet() -> str:
    """All style sheets as one text, comments and needless blanks removed."""
    text = "\n".join(path.read_text("utf-8") for path in sheet_sources() if path.exists())
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", text).strip() + "\n"


def _digest() -> str:
    seen = sha256(Path(__file__).read_bytes())
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            seen.update(str(path.relative_to(STATIC)).encode() + path.read_bytes())
    return seen.hexdigest()[:16]


def _named(name: str, body: bytes) -> str:
    stem, dot, end = name.rpartition(".")
    return f"{stem}.{sha256(body).hexdigest()[:10]}{dot}{end}"


def packed(body: bytes, coding: str, quickly: bool = False) -> bytes:
    """A body as small as "br" or "gzip" makes it, or nearly so within a thousandth of a second."""
    if coding == "br":
        found: bytes = brotli.compress(body, quality=5 if quickly else 11)
        return found
    return gzip.compress(body, 6 if quickly else 9, mtime=0)


def _write(folder: Path, name: str, body: bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    if path.suffix in PACKED:
        path.with_name(path.name + ".gz").write_bytes(packed(body, "gzip"))
        path.with_name(path.name + ".br").write_bytes(packed(body, "br"))


def _repointed(text: str, names: dict[str, str]) -> str:
    """CSS or JS whose `/static/...` addresses name the hashed files."""
    return re.sub(r"/static/([\w./@-]+)",
                  lambda found: PREFIX + names.get(found.group(1), found.group(1)), text)


def build(into: Path) -> tuple[Path, dict[str, str]]:
    """Make the folder of hashed files if its content is new; the folder and name -> hashed name."""
    target = into / _digest()
    if not (target / "names.json").exists():
        draft = into / f"{target.name}.draft{id(into)}"
        names = _fill(draft)
        (draft / "names.json").write_text(json.dumps(names))
        try:
            draft.rename(target)
        except OSError:
            shutil.rmtree(draft)
    return target, json.loads((target / "names.json").read_text())


def _fill(folder: Path) -> dict[str, str]:
    names: dict[str, str] = {}
    files = [path for path in sorted(STATIC.rglob("*")) if path.is_file()]
    texts = [path for path in files if path.suffix in (".css", ".js")]
    for path in files:
        if path not in texts:
            name, body = str(path.relative_to(STATIC)), path.read_bytes()
            names[name] = _named(name, body)
            _write(folder, names[name], body)
    bodies = {str(path.relative_to(STATIC)): path.read_text("utf-8") for path in texts
              if path.suffix == ".js" or "vendor" in path.parts}
    bodies[SHEET] = joined_sheet()
    for name, text in bodies.items():
        body = _repointed(text, names).encode()
        names[name] = _named(name, body)
        _write(folder, names[name], body)
    return names


def init_app(app: Flask, instance: Path) -> None:
    """Serve the built files and offer `asset(name)` to templates."""
    folder, names = build(instance / "assets")

    def asset(name: str) -> str:
        return PREFIX + names[name]

    @app.url_defaults
    def hashed_name(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == "static":
            values["filename"] = names.get(str(values["filename"]), values["filename"])

    app.add_url_rule(f"{PREFIX}<path:filename>", "static", lambda filename: abort(404))

    app.extensions["asset_names"] = names
    app.jinja_env.globals["asset"] = asset
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app, root=folder, prefix=PREFIX, max_age=YEAR, immutable_file_test=lambda *_: True,
    )
