"""A page under observation: what a person with a phone or a screen reader would stumble over."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

GRAVE = ("serious", "critical")
WIDTHS = """() => {
  const root = document.documentElement, room = root.clientWidth;
  const inside = one => { for (let up = one.parentElement; up && up !== document.body;
    up = up.parentElement) if (getComputedStyle(up).overflowX !== "visible") return true; };
  const over = [...document.body.querySelectorAll("*")].filter(
    one => one.getBoundingClientRect().right > room + 1 && !inside(one));
  return [root.scrollWidth, room, over.slice(-2).map(one => one.outerHTML.slice(0, 160)).join()];
}"""
"""Width of the page, width of the window, and what sticks out."""

FRAME = [["header.head"], ["footer.foot"]]
"""What is the same on every page."""
AXE = """exclude => axe.run({exclude}, {resultTypes: ["violations"]})
  .then(found => ({violations: found.violations}))"""


class Watched:
    """A browser window that notes errors and looks closely at every page it is asked to."""

    def __init__(self, browser: Browser, site: str, lang: str, width: int, height: int,
                 scheme: str = "light") -> None:
        self._context = browser.new_context(
            locale=lang, viewport={"width": width, "height": height}, base_url=site,
            color_scheme="dark" if scheme == "dark" else "light")
        self._context.add_init_script(AXE_SCRIPT)
        self.page: Page = self._context.new_page()
        self.page.set_default_timeout(10_000)
        self.faults: list[str] = []
        self.page.on("console", lambda said: self.faults.append(f"console: {said.text}")
                     if said.type == "error" else None)
        self.page.on("pageerror", lambda fault: self.faults.append(f"script: {fault}"))
        self.page.on("request", lambda asked: None if asked.url.startswith((site, "data:"))
                     else self.faults.append(f"elsewhere: {asked.url}"))

    def look(self, name: str, frame: bool = True) -> None:
        """Width, and everything grave that axe finds; in head and foot only if asked to."""
        self.measure(name)
        found = self.page.evaluate(AXE, [] if frame else FRAME)
        self.faults += [f"{name}: {one}" for one in grave(found)]

    def measure(self, name: str) -> None:
        """Whether the page is wider than its window."""
        wide, room, which = self.page.evaluate(WIDTHS)
        if wide > room:
            self.faults.append(f"{name}: {wide} px wide in {room}: {which}")

    def close(self) -> None:
        """Shut the window."""
        self._context.close()


def grave(found: dict[str, Any]) -> list[str]:
    """Serious and critical findings as lines: rule, where, how often."""
    return [f"{one['impact']} {one['id']} at {one['nodes'][0]['target']} "
            f"({len(one['nodes'])}): {one['nodes'][0]['html'][:160]}"
            for one in found["violations"] if one["impact"] in GRAVE]
