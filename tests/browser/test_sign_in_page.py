import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_sign_in_page_opens_without_complaint(page, live_server, complaints):
    page.goto(f"{live_server.url}/accounts/login/")
    assert page.get_by_role("textbox").count() == 2
    assert complaints == []


def test_complaints_hold_what_the_policy_refuses(page, live_server, complaints):
    page.goto(f"{live_server.url}/accounts/login/")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    assert len(complaints) == 1
