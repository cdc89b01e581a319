import pytest
from django.core.exceptions import ValidationError

from cohorts.forms.fields import EmailField


def test_wrong_e_mail_is_called_as_its_field_is():
    with pytest.raises(ValidationError) as error:
        EmailField().clean("amina@")
    assert error.value.messages == ["This is not an e-mail address."]
