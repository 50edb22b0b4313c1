"""House, templates and static: colours only in tokens, no inline style or script."""

from __future__ import annotations

import re

from tests.shape.house import Source, sources, told

TOKENS = "static/css/tokens.css"
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(")
NAMED = re.compile(r":[^;{}]*(?<![\w-])(?:white|black|red|green|blue|gr[ae]y|silver|orange|yellow|"
                   r"purple|brown|beige|pink|navy|teal)(?![\w-])")
INLINE = re.compile(r"\sstyle\s*=|<style\b|\son[a-z]{3,}\s*=\s*[\"']|javascript:", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
PLAIN = "templates/layout_plain.html"
"""Drawn when nothing else works; still under the same rules."""


def colour_literals(found: list[Source]) -> list[str]:
    """Colour values written outside the tokens."""
    faults = []
    for source in found:
        if source.path == TOKENS:
            continue
        text = COMMENT.sub("", source.text)
        for rule in re.findall(r"\{([^{}]*)\}", text):
            for line in rule.split(";"):
                value = line.partition(":")[2]
                if COLOUR.search(value) or NAMED.search(f":{value}"):
                    faults.append(f"{source.path}: {line.strip()}")
    return faults


def inline_parts(found: list[Source]) -> list[str]:
    """Style attributes, style blocks, event attributes and scripts without a file."""
    faults = []
    for source in found:
        if source.path.startswith("templates/mail/"):
            continue
        text = re.sub(r"\{#.*?#\}", "", source.text, flags=re.DOTALL)
        faults += [f"{source.path}: {hit.group(0).strip()}" for hit in INLINE.finditer(text)]
        faults += [f"{source.path}: {hit.group(0)}" for hit in SCRIPT.finditer(text)
                   if "src=" not in hit.group(1) and "ld+json" not in hit.group(1)]
    return faults


def test_colours_stand_only_in_the_tokens() -> None:
    """storefront-8: no colour literal stands elsewhere."""
    found = sources("static/css", ending=".css")
    assert not colour_literals(found), told(colour_literals(found))


def test_no_template_carries_style_or_script() -> None:
    """foundation-8: the strict CSP has nothing to forbid; mail clients need inline style."""
    found = sources("templates", ending=".html")
    assert not inline_parts(found), told(inline_parts(found))


def test_no_script_writes_a_style_or_a_colour() -> None:
    """storefront-8: scripts switch classes and attributes, they do not paint."""
    found = [f"{one.path}: {hit.group(0)}" for one in sources("static/js", ending=".js")
             for hit in re.finditer(r"\.cssText|setAttribute\(.style.|#[0-9a-fA-F]{6}\b", one.text)]
    assert not found, told(found)


def test_colour_check_can_fail() -> None:
    """Planted: colours by number, function and name; a style attribute; a script with a body."""
    css = Source("static/css/parts/x.css", ".a{color:#fff;background:rgb(1 2 3)} .b{border:1px "
                                           "solid red} /* #123456 */ .c{color:var(--ink-red)}")
    assert len(colour_literals([css])) == 3
    assert not colour_literals([Source(TOKENS, ":root{--ink:#123456}")])
    html = Source("templates/x/y.html", '<p style="a"><b onclick="x()"></b><script>1</script>'
                                        '<script src="/a.js" defer></script>{# style= #}')
    assert len(inline_parts([html])) == 3
    assert not inline_parts([Source("templates/mail/x/body.html", '<p style="a">')])
