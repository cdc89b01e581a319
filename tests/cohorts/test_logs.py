import logging

import pytest

from cohorts.logs import LOGGERS, HideCardTokens

RECORD = ("test", logging.WARNING, "file", 1)


@pytest.mark.parametrize(
    ("message", "args"),
    [("Gone: /card/ab_C-d1/", ()), ("%s: %s", ("Gone", "/card/ab_C-d1/"))],
)
def test_filter_hides_the_token(message, args):
    record = logging.LogRecord(*RECORD, message, args, None)
    HideCardTokens().filter(record)
    assert record.getMessage() == "Gone: /card/…/"


def test_filter_leaves_other_records_alone():
    record = logging.LogRecord(*RECORD, "%s /cohorts/%d/", ("GET", 7), None)
    assert HideCardTokens().filter(record)
    assert record.getMessage() == "GET /cohorts/7/"


@pytest.mark.parametrize("name", LOGGERS)
def test_filter_is_in_place(name):
    assert any(isinstance(each, HideCardTokens) for each in logging.getLogger(name).filters)
