import pytest
from django.core.exceptions import ValidationError

from cohorts.forms.fields import EmailField, RowsField
from cohorts.models import Programme


def test_wrong_e_mail_is_called_as_its_field_is():
    with pytest.raises(ValidationError) as error:
        EmailField().clean("amina@")
    assert error.value.messages == ["This is not an e-mail address."]


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["9" * 30, "9" * 18, "x"])
def test_row_that_is_not_there_is_refused_in_words(key):
    with pytest.raises(ValidationError) as error:
        RowsField(Programme.objects.all()).clean([key])
    assert len(error.value.messages) == 1
