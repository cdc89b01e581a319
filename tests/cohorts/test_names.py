"""A person's name in any script, however it is entered."""

import pytest
from django.core.exceptions import ValidationError

from cohorts.forms.fields import NameField

ZERO_WIDTH = "\N{ZERO WIDTH SPACE}\N{ZERO WIDTH JOINER}"


@pytest.mark.parametrize("name", ["A", "ليلى", "李", "Ana 🌻", "O’Brien", "a" * 200])
def test_name_of_any_script_is_taken(name):
    assert NameField().clean(name) == name


@pytest.mark.parametrize("name", ["🌻", ZERO_WIDTH, "-", "12", "?!", "=SUM(A1)", "@a", "a" * 201])
def test_name_that_is_none_or_too_long_is_refused(name):
    with pytest.raises(ValidationError):
        NameField().clean(name)
