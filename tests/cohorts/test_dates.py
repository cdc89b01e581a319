from datetime import UTC, date, datetime, time

import pytest
from django.template import Context, Template
from django.utils.translation import override

from cohorts.dates import date_range, date_text


def test_date_range_of_one_day_is_that_day():
    assert date_range(date(2023, 1, 17)) == "17\xa0January\xa02023"


def test_date_range_says_once_what_both_days_share():
    assert date_range(date(2022, 9, 5), date(2022, 9, 30)) == "5 – 30\xa0September\xa02022"


def test_date_range_breaks_between_its_dates_only():
    spoken = date_range(date(2022, 9, 5), date(2022, 10, 14))
    assert spoken == "5\xa0September – 14\xa0October\xa02022"


@pytest.mark.parametrize(
    ("language", "day", "form", "text"),
    [
        ("fr", date(2022, 9, 1), "DATE_FORMAT", "1er septembre 2022"),
        ("fr", date(2022, 9, 1), "l j F", "jeudi 1er septembre"),
        ("fr", date(2022, 9, 11), "j F", "11 septembre"),
        ("fr", date(2022, 9, 1), "Y-m-d", "2022-09-01"),
        ("fr", time(9, 30), "TIME_FORMAT", "09:30"),
        ("en", date(2022, 9, 1), "j F Y", "1 September 2022"),
    ],
)
def test_date_is_written_as_its_language_does(language, day, form, text):
    with override(language):
        assert date_text(day, form) == text


def test_date_in_a_template_is_that_of_its_place():
    midnight = {"at": datetime(2022, 8, 31, 22, 30, tzinfo=UTC), "nothing": None}
    template = Template('{{ at|date:"j F" }}, {{ at|date }}{{ nothing|date }}')
    with override("fr"):
        assert template.render(Context(midnight)) == "1er septembre, 1er septembre 2022"
