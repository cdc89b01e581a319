"""Axe finds no fault on any page, at a phone's and a laptop's width, in French and in Arabic."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from tests.access.table import ROLES
from tests.access.test_access import rows, world  # noqa: F401 - the fixture
from tests.factories import make_session_cookie

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = {360: 760, 1440: 900}
LANGUAGES = ("fr", "ar")
READERS = ("staff", "newcomer", "coordinator", "admin", "anonymous")


def pages():
    for row in rows():
        answers = dict(zip(ROLES, row.answers, strict=True))
        reader = next((role for role in READERS if answers[role] == 200), None)
        if row.method == "get" and reader and row.is_page:
            yield pytest.param(row, reader, id=row.name)


@pytest.mark.parametrize(("row", "reader"), pages())
def test_page_is_accessible(row, reader, world, live_server, page):  # noqa: F811
    address = live_server.url + reverse(row.name, args=row.make(world))
    if reader != "anonymous":
        page.context.add_cookies([make_session_cookie(world[reader], live_server.url)])
    faults = []
    for language in LANGUAGES:
        choose_language(page, live_server.url, language)
        page.goto(address)
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            faults += faults_of(page, f"{language} {width}")
    assert faults == []


def choose_language(page, base, language):
    page.context.add_cookies([{"name": "django_language", "value": language, "url": base}])


def faults_of(page, where):
    violations = Axe().run(page).response["violations"]
    found = [f"{where}: {v['id']} {v['nodes'][0]['html'][:160]}" for v in violations]
    sideways = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    return found + [f"{where}: scrolls sideways"] * sideways
