from importlib import import_module

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.table import ROLES
from tests.signing_in import sign_in

APPS = ("cohorts", "workshops", "reports", "embrace")
FOREIGN = ("account_", "mfa_", "admin:", "socialaccount_")


def rows():
    return [row for app in APPS for row in import_module(f"tests.access.{app}").ROWS]


def url_names(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            namespace = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from url_names(pattern.url_patterns, namespace)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{prefix}{pattern.name}"


def test_access_every_url_has_its_row():
    ours = {name for name in url_names(get_resolver().url_patterns) if not name.startswith(FOREIGN)}
    assert ours == {row.name for row in rows()}


@pytest.fixture
def world(request, cohort, workshop, city, programme):
    cast = {role: request.getfixturevalue(role) for role in ROLES if role != "anonymous"}
    return cast | {
        "cohort": cohort,
        "workshop": workshop,
        "city": city,
        "programme": programme,
    }


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.name}-{row.method}")
def test_access_answers_each_role(row, world, client):
    address = reverse(row.name, args=row.make(world))
    given = {}
    for role in ROLES:
        client.logout()
        if role != "anonymous":
            sign_in(client, world[role])
        response = getattr(client, row.method)(address, row.data)
        given[role] = "in" if is_sent_to_sign_in(response) else response.status_code
    assert given == dict(zip(ROLES, row.answers, strict=True))


def is_sent_to_sign_in(response):
    return response.status_code == 302 and "/login/" in response["Location"]
