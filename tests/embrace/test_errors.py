import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404
from django.test import override_settings
from django.urls import path
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from embrace.errors import bad_request


def fails(error):
    def view(request):
        raise error

    return view


@csrf_exempt
def reads_form(request):
    return request.POST


urlpatterns = [
    path("bad/", fails(SuspiciousOperation())),
    path("forbidden/", fails(PermissionDenied())),
    path("forbidden/said/", fails(PermissionDenied("Only the host may do this."))),
    path("missing/", fails(Http404())),
    path("broken/", fails(RuntimeError())),
    path("form/", reads_form),
    path("button/", require_POST(reads_form)),
]
handler400 = "embrace.errors.bad_request"
HEADINGS = {
    "bad": (400, "We could not read this"),
    "forbidden": (403, "This is not yours to do"),
    "missing": (404, "There is nothing here"),
    "broken": (500, "Something went wrong on our side"),
}


@pytest.fixture
def client(client):
    client.raise_request_exception = False
    client.defaults |= {"HTTP_ACCEPT_LANGUAGE": "en"}
    return client


@pytest.fixture(autouse=True)
def own_addresses(settings):
    settings.ROOT_URLCONF = "tests.embrace.test_errors"
    settings.MIDDLEWARE = [
        name for name in settings.MIDDLEWARE if "LoginRequired" not in name and "zeal" not in name
    ]


@pytest.mark.parametrize("address", HEADINGS)
def test_error_page_says_what_happened_without_database(client, address):
    response = client.get(f"/{address}/")
    status, heading = HEADINGS[address]
    assert response.status_code == status
    assert f"<h1>{heading}</h1>" in response.content.decode()


def test_forbidden_page_gives_the_reason_that_is_known(client):
    response = client.get("/forbidden/said/")
    assert "Only the host may do this." in response.content.decode()


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=10)
def test_too_large_form_answers_413(client):
    response = client.post("/form/", "a=" + "b" * 100, "application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "<h1>This is too large</h1>" in response.content.decode()


def test_button_opened_as_a_page_says_that_nothing_was_done(client):
    response = client.get("/button/")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "<h1>Nothing was done</h1>" in response.content.decode()


def test_form_without_its_token_says_how_to_go_on(client):
    client.handler.enforce_csrf_checks = True
    response = client.post("/missing/")
    assert response.status_code == 403
    assert "<h1>This page was open for too long</h1>" in response.content.decode()


@pytest.mark.parametrize(("language", "direction"), [("fr", "ltr"), ("ar", "rtl")])
def test_bad_request_answers_in_the_readers_language(rf, language, direction):
    with translation.override(language):
        page = bad_request(rf.get("/"), RequestDataTooBig()).content.decode()
    assert f'<html lang="{language}" dir="{direction}">' in page
