import pytest
from django.core.management import CommandError, call_command

from cohorts.models import User
from tests.factories import make_participant

pytestmark = pytest.mark.django_db


def test_check_data_says_that_every_rule_holds(capsys):
    make_participant()
    call_command("check_data")
    assert capsys.readouterr().out == "Every rule holds.\n"


def test_check_data_fails_and_names_nobody(capsys):
    person = make_participant(name="Amina Karimi")
    User.objects.update(name_folded="")
    with pytest.raises(CommandError) as error:
        call_command("check_data")
    said = capsys.readouterr().out
    assert said == f"cohorts.User {person.user_id}: it cannot be found by its name.\n"
    assert error.value.returncode == 1
