import pytest
from django.core.exceptions import ValidationError

from cohorts.phones import display_phone, normalise_phone


@pytest.mark.parametrize(
    "written",
    ["06 39 98 01 01", "+33 6 39 98 01 01", "06.39.98.01.01", " 0033639980101 "],
)
def test_phone_is_one_however_it_is_written(written):
    assert normalise_phone(written) == "+33639980101"


@pytest.mark.parametrize("blank", ["", "  ", None])
def test_phone_blank_is_none(blank):
    assert normalise_phone(blank) is None


@pytest.mark.parametrize("wrong", ["12", "bonjour", "06 39"])
def test_phone_refuses_what_is_no_number(wrong):
    with pytest.raises(ValidationError):
        normalise_phone(wrong)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [("+33639980101", "06 39 98 01 01"), ("+442079460000", "+44 20 7946 0000")],
)
def test_phone_is_shown_as_people_here_write_it(stored, shown):
    assert display_phone(stored) == shown
