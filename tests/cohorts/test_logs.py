import logging
import sys

import pytest

from cohorts.logs import LOGGERS, DiscreetFormatter, HideTokens

RECORD = ("test", logging.WARNING, "file", 1)


@pytest.mark.parametrize(
    ("message", "args", "written"),
    [
        ("Gone: /card/ab_C-d1/", (), "Gone: /card/…/"),
        ("%s: %s", ("Gone", "/card/ab_C-d1/"), "Gone: /card/…/"),
        ("%s: %s", ("Gone", "/calendar/ab_C-d1.ics"), "Gone: /calendar/….ics"),
    ],
)
def test_filter_hides_the_token(message, args, written):
    record = logging.LogRecord(*RECORD, message, args, None)
    HideTokens().filter(record)
    assert record.getMessage() == written


def test_filter_leaves_other_records_alone():
    record = logging.LogRecord(*RECORD, "%s /cohorts/%d/", ("GET", 7), None)
    assert HideTokens().filter(record)
    assert record.getMessage() == "GET /cohorts/7/"


def failed_to_add(email):
    try:
        raise ValueError(f"Key (email)=({email}) already exists.")
    except ValueError:
        return sys.exc_info()


def test_formatter_says_where_an_error_arose_without_its_words():
    error = failed_to_add("planted@example.org")
    record = logging.LogRecord("django.request", logging.ERROR, "file", 1, "Oh", (), error)
    text = DiscreetFormatter().format(record)
    assert ("in failed_to_add" in text, text.splitlines()[-1]) == (True, "ValueError")
    assert "planted@example.org" not in text


def test_error_of_a_page_is_written_to_the_servers_output():
    [handler] = logging.getLogger("django").handlers
    assert (type(handler.formatter), handler.level) == (DiscreetFormatter, logging.ERROR)


@pytest.mark.parametrize("name", LOGGERS)
def test_filter_is_in_place(name):
    assert any(isinstance(each, HideTokens) for each in logging.getLogger(name).filters)
