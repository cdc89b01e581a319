"""Somebody in front of a browser, who does what the screen offers and types no inner address."""

import re
from urllib.parse import urljoin

from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext, override
from playwright.sync_api import Error as NotThere

PATIENCE = 30_000  # milliseconds


class Person:
    """Finds things by what a reader sees: links, buttons and fields by their words.

    Words are given in English and looked for in the language that the person reads; a pattern is
    looked for as it is. Whatever is not found fails with what the screen showed instead.
    """

    def __init__(self, name, page, language):
        self.name, self.page, self.language = name, page, language
        page.set_default_timeout(PATIENCE)

    def open(self, address):
        self.page.goto(address)

    def follow(self, link, within=None):
        self.act("link", link, self.find("link", link, within).click)

    def press(self, button, within=None):
        self.act("button", button, self.find("button", button, within).click)

    def go_to(self, room):
        """Open one of the cohort's rooms; a phone has them behind its menu."""
        menu = self.find("button", "Menu")
        if menu.is_visible():
            menu.click()
        self.follow(room, within=self.find("navigation", "Cohort"))

    def choose_language(self, language):
        self.press(re.compile(capfirst(get_language_info(language)["name_local"])))
        self.language = language

    def fill(self, label, text, within=None):
        self.act("field", label, lambda: self.field(label, within).fill(str(text)))

    def fill_in_languages(self, label, texts):
        """A text has a field for each language; the others than the first are folded away."""
        fields = self.page.get_by_role("group", name=self.labelled(label))
        for language, text in texts.items():
            if not fields.get_by_label(language, exact=True).is_visible():
                self.unfold("In other languages", fields)
            self.fill(re.compile(language), text, fields)

    def tick(self, label, within=None):
        self.act("tick", label, self.field(label, within).check)

    def choose(self, label, option):
        """The first option with these words: it may say more, such as a date."""
        options = self.field(label).locator("option").filter(has_text=self.read(option))
        self.act(
            "list",
            label,
            lambda: self.field(label).select_option(options.first.get_attribute("value")),
        )

    def attach(self, label, name, content):
        file = {"name": name, "mimeType": "", "buffer": content}
        self.act("file", label, lambda: self.field(label).set_input_files(file))

    def unfold(self, summary, within=None):
        folded = (within or self.page).locator("summary", has_text=self.read(summary))
        self.act("fold", summary, folded.click)

    def sees(self, words):
        self.act(
            "text",
            words,
            self.page.get_by_text(self.read(words)).filter(visible=True).first.wait_for,
        )

    def download(self, link):
        with self.page.expect_download() as download:
            self.follow(link)
        return download.value.path().read_bytes()

    def file_behind(self, link):
        """What a link opens in the browser's own viewer, whose pages no test can read."""
        self.act("link", link, self.find("link", link).wait_for)
        address = self.find("link", link).get_attribute("href")
        return self.page.request.get(urljoin(self.page.url, address)).body()

    def find(self, role, words, within=None):
        """Within a row or a card, words may be followed by what only a screen reader says."""
        exact = isinstance(words, str) and within is None
        return (within or self.page).get_by_role(role, name=self.read(words), exact=exact).first

    def field(self, label, within=None):
        return (within or self.page).get_by_label(self.labelled(label)).filter(visible=True)

    def labelled(self, words):
        """The words of a label, after which it may say "(optional)"."""
        if isinstance(words, re.Pattern):
            return words
        return re.compile(rf"^\s*{re.escape(self.read(words))}(\s*\([^)]*\))?\s*$", re.I)

    def row(self, words):
        return self.page.locator("tr, li").filter(has_text=words).last

    def card(self, heading):
        title = self.page.get_by_role("heading", name=self.read(heading), exact=True)
        return self.page.locator("section").filter(has=title)

    def read(self, words):
        """These words as this person reads them; a label may be a field's name, capitalised."""
        if isinstance(words, re.Pattern):
            return words
        plain = words[:1].lower() + words[1:]
        with override(self.language):
            if gettext(words) == words and gettext(plain) != plain:
                return capfirst(gettext(plain))
            return gettext(words)

    def act(self, kind, words, do):
        try:
            do()
        except NotThere as error:
            raise AssertionError(
                f"{self.name} could not use the {kind} {words!r} ({self.read(words)}).\n"
                f"{self.screen()}\n{error.message[:300]}"
            ) from None

    def screen(self):
        text = re.sub(r"\s*\n\s*", "\n", self.page.locator("main").inner_text())
        return f"On the screen: {self.page.title()}, {self.page.url}\n{text[:800]}"
