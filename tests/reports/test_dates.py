from datetime import date

import pytest
from django.utils.translation import override

from reports.dates import day_text, months_text


@pytest.mark.parametrize(
    ("language", "day", "text"),
    [
        ("fr", date(2023, 4, 1), "1er avril 2023"),
        ("fr", date(2023, 4, 2), "2 avril 2023"),
        ("en", date(2023, 4, 1), "1 April 2023"),
        ("en", None, ""),
    ],
)
def test_day_is_written_as_its_language_does(language, day, text):
    with override(language):
        assert day_text(day) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2022, 9, 1), date(2023, 3, 31), "September 2022 – March 2023"),
        (date(2022, 9, 1), date(2022, 11, 2), "September – November 2022"),
        (date(2022, 9, 1), date(2022, 9, 30), "September 2022"),
        (date(2022, 9, 1), None, "September 2022"),
    ],
)
def test_months_are_told_once(first, last, text):
    assert months_text(first, last) == text
