"""Every page makes the same number of queries, few of them, for a cohort ten times as large."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.access.table import ROLES
from tests.access.test_access import rows, world  # noqa: F401 - the fixture
from tests.factories import (
    NOW,
    make_action,
    make_idea,
    make_participant,
    make_released_theme,
    make_subject,
    make_testimony,
    make_workshop,
)
from tests.signing_in import sign_in
from workshops import allocation

MOST_QUERIES = 20
ORDER = ("staff", "newcomer", "coordinator", "agent", "facilitator", "admin")


def pages():
    """Each address that somebody may read, with the first role that may."""
    for row in rows():
        answers = dict(zip(ROLES, row.answers, strict=True))
        reader = next((role for role in ORDER if answers[role] == 200), None)
        if row.method == "get" and reader:
            yield pytest.param(row, reader, id=row.name)


def enlarge(cohort, workshop, times):
    """Add `times` of everything that a cohort holds many of."""
    for number in range(times):
        track = "agents" if number % 3 == 0 else "newcomers"
        person = make_participant(cohort, track)
        allocation.ask(workshop, person, by=None, at=NOW)
        make_released_theme(cohort)
        testimony = make_testimony(workshop)
        testimony.theme_links.create(theme=make_released_theme(cohort))
        make_subject(cohort)
        make_idea(cohort)
        make_action(cohort, lead=cohort.host)
        make_workshop(cohort, NOW + timedelta(days=number), kind="listening")


@pytest.mark.parametrize(("row", "reader"), pages())
def test_page_queries_do_not_grow(row, reader, world, client):  # noqa: F811
    address = reverse(row.name, args=row.make(world))
    enlarge(world["cohort"], world["workshop"], 3)
    small = count_queries(client, world[reader], address)
    enlarge(world["cohort"], world["workshop"], 27)
    large = count_queries(client, world[reader], address)
    assert (large, large <= MOST_QUERIES) == (small, True)


def count_queries(client, user, address):
    sign_in(client, user)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200
    return len(queries)
