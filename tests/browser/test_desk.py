"""The listening desk by keyboard alone, and without JavaScript."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.factories import make_facilitator, make_participant, make_user, make_workshop
from tests.signing_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def workshop():
    return make_workshop(kind="listening")


def sit_down(context, live_server, workshop):
    """Open the desk as somebody who facilitates."""
    client = Client()
    sign_in(client, make_facilitator(workshop, make_user(language="en")))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookies = {settings.SESSION_COOKIE_NAME: session, settings.LANGUAGE_COOKIE_NAME: "en"}
    context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )
    page = context.new_page()
    page.goto(
        live_server.url + reverse("workshops:notes", args=[workshop.cohort.slug, workshop.pk])
    )
    return page


def texts(workshop):
    return [str(testimony.text) for testimony in workshop.testimonies.order_by("desk_position")]


def test_desk_saves_by_enter_and_begins_the_next(context, live_server, workshop):
    page = sit_down(context, live_server, workshop)
    for words in ("The first", "The second"):
        page.keyboard.type(words)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "words"
    assert texts(workshop) == ["The first", "The second"]


def test_desk_begins_a_line_by_shift_and_enter(context, live_server, workshop):
    page = sit_down(context, live_server, workshop)
    page.keyboard.type("One")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("two")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert texts(workshop) == ["One\ntwo"]


def test_desk_saves_once_however_often_enter_is_pressed(context, live_server, workshop):
    page = sit_down(context, live_server, workshop)
    page.keyboard.type("Once")
    with page.expect_navigation():
        for _each in range(3):
            page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    assert texts(workshop) == ["Once"]


def test_desk_asks_before_a_name_is_saved(context, live_server, workshop):
    make_participant(workshop.cohort, name="Amina Rahimi")
    page = sit_down(context, live_server, workshop)
    page.keyboard.type("Amina said so")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.get_by_role("alert").first.is_visible()
    page.get_by_label("Save it all the same").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Save and write the next").click()
    assert texts(workshop) == ["Amina said so"]


def test_desk_works_without_javascript(browser, live_server, workshop):
    context = browser.new_context(java_script_enabled=False)
    page = sit_down(context, live_server, workshop)
    page.get_by_label("What was heard").fill("By the button")
    page.get_by_role("button", name="Save and write the next").click()
    page.wait_for_load_state()
    assert texts(workshop) == ["By the button"]
