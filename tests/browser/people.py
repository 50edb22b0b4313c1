"""A person at a window of their own: what they press, and in which words it is said to them."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Locator, expect

from tests.browser.looking import Watched
from tests.cast import PASSWORD

SIZES = {"de": (360, 640), "en": (1280, 800)}
"""German is walked on a phone, English on a desk."""
SAID = {
    "menu": ("Menü", "Menu"), "sign in": ("Anmelden", "Sign in"), "account": ("Konto", "Account"),
    "network": ("Netz", "Network"), "agree": ("Ich stimme zu", "I agree"),
    "for you": ("Für dich", "For you"), "recommend": ("Empfehlen", "Recommend"),
    "everybody": ("Alle", "Everybody"), "preview": ("Vor dem Senden ansehen",
                                                    "Look at it before sending"),
    "look": ("Ansehen", "Look at it"), "follow": ("Folgen", "Follow"),
    "following": ("Du folgst", "Following"), "into basket": ("In den Korb", "Add to basket"),
    "basket": ("Korb", "Basket"), "checkout": ("Zur Kasse", "To the checkout"),
    "place": ("zahlungspflichtig bestellen", "order with obligation to pay"),
    "placed": ("Danke. Deine Bestellung ist eingegangen.", "Thank you. Your order is placed."),
    "to payment": ("Zur Zahlung", "To payment"), "studio": ("Studio", "Studio"),
    "orders": ("Bestellungen", "Orders"), "paid": ("Das Geld ist da", "The money is here"),
    "hand over": ("Übergeben", "Hand over"), "left": ("Das Paket ist raus", "The parcel left"),
    "delivered": ("Wurde zugestellt", "It was delivered"),
    "again?": ("Würdest du es wieder kaufen?", "Would you buy it again?"), "yes": ("Ja", "Yes"),
    "publish": ("Worte veröffentlichen", "Publish the words"),
    "counts": ("Gespeichert. Deine Antwort zählt jetzt.", "Kept. Your answer counts now."),
    "reply": ("Antwort veröffentlichen", "Publish the reply"), "answer": ("Antworten", "Answer"),
    "answers": ("Der Erzeuger antwortet", "The producer answers"),
    "recommendations": ("Empfehlungen", "Recommendations"),
    "bought": ("bestellt: 1", "ordered: 1"),
    "assortment": ("Sortiment", "Assortment"), "2 of 2": ("2 von 2", "2 of 2"),
    "transfer": ("Überweisung", "Bank transfer"),
    "agreed 1": ("Bei 1 von 1 wart ihr euch einig", "You agreed on 1 of 1"),
    "agreed 2": ("ihr wart euch bei 2 von 2 einig", "you agreed on 2 of 2"),
    "eva's word": ("Eva empfiehlt es, und du folgst dieser Person",
                   "Eva, whom you follow, recommends it"),
    "by a word": ("durch eine Empfehlung", "by a recommendation"),
    "cleo's word": ("Cleo würde es wieder kaufen; ihr zwei wart euch bei 2 von 2 einig",
                    "Cleo would buy it again; you two agreed on 2 of 2"),
    "riesling": ("Riesling vom Schiefer", "Slate Riesling"),
    "hat": ("Mütze Deichwind", "Dyke wind hat"),
}
"""What stands on the page, in German and in English."""


class Someone(Watched):
    """A person who reads one language and only presses what stands on the page."""

    def __init__(self, browser: Browser, site: str, lang: str, seen: set[str]) -> None:
        self.lang, self.seen = lang, seen
        super().__init__(browser, site, {"de": "de-DE", "en": "en-GB"}[lang], *SIZES[lang])

    def word(self, key: str) -> str:
        """The words of the page for this."""
        return SAID[key][self.lang == "en"]

    @property
    def main(self) -> Locator:
        """What the page is about."""
        return self.page.locator("main")

    def look(self, name: str) -> None:
        """Look at a kind of page, once in the story: closely in German, else at its width.

        What every kind of page is like in both languages is looked at in test_pages.
        """
        if name in self.seen:
            return
        self.seen.add(name)
        if self.lang == "de":
            super().look(name)
        else:
            self.measure(name)

    def reads(self, words: str, page: str) -> None:
        """These words stand on this kind of page."""
        expect(self.main).to_contain_text(words)
        self.look(page)

    def link(self, words: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Follow the first link of these words."""
        (within or self.main).get_by_role("link", name=words).first.click()
        self.page.wait_for_load_state()

    def press(self, words: str, within: Locator | None = None) -> None:
        """Press the first button of exactly these words."""
        (within or self.main).get_by_role("button", name=words, exact=True).first.click()
        self.page.wait_for_load_state()

    def menu(self, words: str) -> None:
        """Open the menu and follow one of its links."""
        panel = self.page.locator(".head-menu")
        panel.locator("summary").click()
        panel.get_by_role("link", name=words, exact=True).click()
        self.page.wait_for_load_state()

    def signs_in(self, handle: str) -> None:
        """From the home page, by the form."""
        self.page.goto("/")
        expect(self.page.locator("html")).to_have_attribute("lang", self.lang)
        self.menu(self.word("sign in"))
        self.page.locator("#f-email").fill(f"{handle}@example.org")
        self.page.locator("#f-password").fill(PASSWORD)
        self.press(self.word("sign in"))
        self.page.locator(".head-menu summary").click()
        expect(self.page.locator(".menu-who")).to_contain_text(f"@{handle}")
        self.page.keyboard.press("Escape")
        self.look("home")

    def finds(self, word: str, key: str) -> None:
        """Search in the head and open the product."""
        self.searches(word)
        self.link(self.word(key))
        expect(self.page.locator("h1")).to_have_text(self.word(key))

    def searches(self, word: str) -> None:
        """Type into the field in the head."""
        self.page.locator("header input[type=search]").fill(word)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/search?**")

    def agrees_to_be_compared(self) -> None:
        """Menu, account, network, yes."""
        self.menu(self.word("account"))
        self.look("account")
        self.link(self.word("network"))
        self.press(self.word("agree"))
        expect(self.main.get_by_role("button", name=self.word("agree"))).to_have_attribute(
            "aria-pressed", "true")
        self.look("network")
