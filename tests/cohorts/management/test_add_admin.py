import pytest
from django.core.management import CommandError, call_command

from cohorts.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def add_admin(email, name="Ada"):
    call_command("add_admin", "--name", name, "--email", email, verbosity=0)


def test_admin_is_added(capsys):
    add_admin(" Ada@Example.org ")
    user = User.objects.get()
    assert (user.name, user.email, user.is_admin) == ("Ada", "ada@example.org", True)
    assert "ada@example.org" in capsys.readouterr().out


def test_account_that_is_there_becomes_admin_and_keeps_its_name(capsys):
    make_user("Camille", email="ada@example.org", is_active=False)
    add_admin("ada@example.org")
    user = User.objects.get()
    assert (user.name, user.is_admin, user.is_active) == ("Camille", True, True)


@pytest.mark.parametrize("email", ["", "nobody"])
def test_what_is_no_email_is_refused(email):
    with pytest.raises(CommandError):
        add_admin(email)
    assert not User.objects.exists()
