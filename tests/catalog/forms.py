"""What the forms of a page hold, as a browser would send them."""

from __future__ import annotations

from html.parser import HTMLParser


class _Forms(HTMLParser):
    """Every form of a page: its action and its fields with their values."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self._name = self._text = ""
        self._in_area = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note forms, inputs, chosen options and where an area begins."""
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((said.get("action", ""), {}))
        if not self.forms:
            return
        fields = self.forms[-1][1]
        if tag == "input" and said.get("name") and said.get("type") not in ("file", "submit"):
            ticked = said.get("type") not in ("checkbox", "radio") or "checked" in said
            if ticked:
                fields[said["name"]] = said.get("value", "")
        elif tag == "select":
            self._name = said.get("name", "")
            fields[self._name] = ""
        elif tag == "option" and "selected" in said:
            fields[self._name] = said.get("value", "")
        elif tag == "textarea":
            self._name, self._text, self._in_area = said.get("name", ""), "", True

    def handle_data(self, data: str) -> None:
        """The text of an area."""
        if self._in_area:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        """An area ends."""
        if tag == "textarea" and self._in_area:
            self.forms[-1][1][self._name] = self._text
            self._in_area = False


def form_at(html: str, action: str) -> dict[str, str]:
    """The fields of the largest form that goes to an address, without its token."""
    read = _Forms()
    read.feed(html)
    found = max((fields for where, fields in read.forms if where.split("?")[0] == action), key=len)
    return {name: value for name, value in found.items() if name != "csrf_token"}
