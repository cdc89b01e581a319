import re

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client

from cohorts.sign_in import SECOND_FACTOR
from embrace.demo import links
from tests.factories import make_user
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
BASE = "http://127.0.0.1:8123"


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO = True


@pytest.fixture
def camille():
    return make_user("Camille Aubry", email="camille.aubry@example.org")


@pytest.fixture
def link(camille):
    return f"/demo/{links.make_link_token(camille)}/"


def test_opening_a_link_changes_nothing(client, link):
    pages = [client.get(link, HTTP_ACCEPT_LANGUAGE="en") for _time in range(2)]
    assert [page.status_code for page in pages] == [200, 200]
    assert b"Continue as <bdi>Camille</bdi> (staff)" in pages[1].content
    assert (Session.objects.count(), signed_in(client)) == (0, None)


def test_button_signs_in_and_counts_as_second_factor(client, link, camille):
    response = client.post(link)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert (signed_in(client), client.session[SECOND_FACTOR]) == (str(camille.pk), True)


@pytest.mark.parametrize("method", ["get", "post"])
def test_link_opens_once(client, link, method):
    client.post(link)
    client.logout()
    response = getattr(client, method)(link)
    assert (response.status_code, signed_in(client)) == (410, None)
    assert b"<code>./run</code>" in response.content


def test_unknown_link_opens_nothing(client):
    assert client.post("/demo/unknown/").status_code == 410


def test_link_of_somebody_barred_opens_nothing(client, link, camille):
    camille.is_active = False
    camille.save()
    assert (client.post(link).status_code, signed_in(client)) == (410, None)


@pytest.mark.parametrize("method", ["get", "post"])
def test_link_is_not_there_without_the_demo(client, link, settings, method):
    settings.DEMO = False
    assert (getattr(client, method)(link).status_code, signed_in(client)) == (404, None)


@pytest.mark.parametrize(
    "elsewhere", [{"REMOTE_ADDR": "192.168.1.7"}, {"HTTP_X_FORWARDED_FOR": "10.0.0.1"}]
)
def test_link_is_not_there_from_another_machine(client, link, elsewhere):
    assert (client.post(link, **elsewhere).status_code, signed_in(client)) == (404, None)
    assert client.post(link).status_code == 302


def test_link_is_read_by_no_other_page(client, link):
    assert client.get(link)["Referrer-Policy"] == "strict-origin"


def test_button_needs_the_page_that_it_stands_on(link):
    assert Client(enforce_csrf_checks=True).post(link).status_code == 403


def test_links_are_one_line_per_role(client, capsys, camille):
    for email in list(links.CAST)[1:]:
        make_user(email=email)
    call_command("sign_in_links", base=BASE)
    lines = capsys.readouterr().out.splitlines()
    roles = [line.split(" (")[0] for line in lines]
    assert roles == ["staff", "facilitator", "newcomer", "public agent", "coordinator"]
    addresses = re.findall(rf"{BASE}(/\S+)", "\n".join(lines))
    assert [client.get(address).status_code for address in addresses] == [200] * 5


def test_links_without_the_cast_say_what_to_do(capsys):
    call_command("sign_in_links", base=BASE)
    assert capsys.readouterr().out == "The demonstration is not loaded: ./run demo\n"


def test_links_are_refused_without_the_demo(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="EMBRACE_DEMO=1"):
        call_command("sign_in_links", base=BASE)
