"""House, templates: one part = one macro = one file, and /parts shows it."""

from __future__ import annotations

import re

from tests.shape.house import Source, sources, told

PAGE = "templates/storefront/parts_page.html"
IMPORT = re.compile(r"\{%-?\s*from\s+'parts/([\w/]+)\.html'\s+import\s+([^%]+?)-?%\}")
INCLUDE = re.compile(r"\{%-?\s*(?:include|import|extends)\s+'([\w/]+\.html)'")


def hidden_parts(found: list[Source]) -> list[str]:
    """Parts that the parts page, or a page it includes, neither imports nor calls."""
    texts = {source.path: source.text for source in found}
    shown = texts[PAGE] + "".join(texts.get(f"templates/{name}", "")
                                  for name in INCLUDE.findall(texts[PAGE]) if "layout" not in name)
    called = set()
    for part, names in IMPORT.findall(shown):
        called |= {part for name in names.split(",")
                   if re.search(rf"\b{name.split(' as ')[-1].strip()}\(", shown)}
    return [path for path in sorted(texts) if path.startswith("templates/parts/")
            and path.removeprefix("templates/parts/").removesuffix(".html") not in called]


def misnamed_parts(found: list[Source]) -> list[str]:
    """Parts without a macro of the file's name."""
    return [source.path for source in found if source.path.startswith("templates/parts/")
            and not re.search(rf"macro {source.path.split('/')[-1].removesuffix('.html')}\(",
                              source.text)]


def orphan_sheets(sheets: list[str], parts: list[str]) -> list[str]:
    """Style sheets in css/parts whose name is no part."""
    names = {part.split("/")[-1].removesuffix(".html") for part in parts}
    return [path for path in sheets if path.split("/")[-1].removesuffix(".css") not in names]


def test_every_part_is_shown_on_the_parts_page() -> None:
    """House: a part exists when /parts shows it."""
    found = hidden_parts(sources("templates", ending=".html"))
    assert not found, told(found)


def test_every_part_is_a_macro_of_its_name() -> None:
    """House: one file = one part = one macro."""
    found = misnamed_parts(sources("templates/parts", ending=".html"))
    assert not found, told(found)


def test_every_part_sheet_belongs_to_a_part() -> None:
    """House: one css file = one part."""
    found = orphan_sheets([one.path for one in sources("static/css/parts", ending=".css")],
                          [one.path for one in sources("templates/parts", ending=".html")])
    assert not found, told(found)


def test_every_part_says_what_it_takes() -> None:
    """House: a part begins with a comment that names its arguments."""
    found = [one.path for one in sources("templates/parts", ending=".html")
             if not one.text.startswith("{#-")]
    assert not found, told(found)


def test_parts_check_can_fail() -> None:
    """Planted: one part imported and called, one only imported, one nowhere, one misnamed."""
    page = Source(PAGE, "{%- from 'parts/a.html' import a -%}{%- from 'parts/b.html' import b -%}"
                        "{{ a(1) }}")
    found = [page, *(Source(f"templates/parts/{n}.html", f"{{%- macro {n}() -%}}") for n in "abc")]
    assert hidden_parts(found) == ["templates/parts/b.html", "templates/parts/c.html"]
    assert misnamed_parts([Source("templates/parts/d.html", "{%- macro e() -%}")])
    assert orphan_sheets(["static/css/parts/z.css"], ["templates/parts/a.html"])
