"""Somebody takes a quote back while it is being published. Its words must stay nowhere.

Only PostgreSQL lets writers run side by side, so only there the fault can be shown.
"""

import json
import threading

import pytest

from reports import publishing
from reports.models import Edition
from reports.publishing import QuoteTakenBack, publish
from tests.factories import (
    make_cohort,
    make_released_theme,
    make_testimony,
    make_user,
    make_workshop,
)
from tests.reports.sample import PUBLISHED
from tests.workshops.test_allocation_at_once import all_at_once
from workshops import listening

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
WORDS = "Je garde la lettre"


@pytest.fixture(autouse=True)
def quick_files(monkeypatch):
    monkeypatch.setattr(publishing, "render_file", lambda document: document.language.encode())


@pytest.fixture
def quote():
    workshop = make_workshop(make_cohort(), kind="listening", status="held")
    more = {"number": 1, "quotable": True, "checked_at": PUBLISHED}
    quote = make_testimony(workshop, text={"fr": WORDS}, **more)
    make_released_theme(workshop.cohort, testimonies=[quote])
    return quote


def take_back_after_the_check(monkeypatch, check):
    """Have the words taken back right after publishing found that they were not."""
    checked, taken_back = threading.Event(), threading.Event()

    def check_and_wait(cohort, prepared):
        check(cohort, prepared)
        checked.set()
        taken_back.wait(timeout=1)

    def withdraw(quote):
        checked.wait(timeout=20)
        listening.withdraw(quote, at=PUBLISHED)
        taken_back.set()

    monkeypatch.setattr(publishing, "refuse_quotes_taken_back", check_and_wait)
    return withdraw


def check_without_lock(cohort, prepared):
    if set(publishing.quotable(cohort).values_list("pk", flat=True)) != set(prepared.quotes):
        raise QuoteTakenBack


def publish_and_withdraw(quote, withdraw):
    by = make_user()
    calls = [
        lambda: publish(quote.cohort, by=by, at=PUBLISHED, not_approved_reason="Alone"),
        lambda: withdraw(quote),
    ]
    errors = all_at_once(calls)
    quote.refresh_from_db()
    assert (errors, quote.status) == ([], "withdrawn")
    edition = Edition.objects.get()
    pages = "".join(edition.pages.values_list("html", flat=True))
    return json.dumps(edition.data, ensure_ascii=False) + pages


def test_without_the_lock_the_words_stay_in_the_edition(quote, monkeypatch):
    withdraw = take_back_after_the_check(monkeypatch, check_without_lock)
    assert WORDS in publish_and_withdraw(quote, withdraw)


def test_with_the_lock_the_words_are_taken_out_of_the_edition(quote, monkeypatch):
    withdraw = take_back_after_the_check(monkeypatch, publishing.refuse_quotes_taken_back)
    assert WORDS not in publish_and_withdraw(quote, withdraw)
