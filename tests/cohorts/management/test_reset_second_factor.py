import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from tests.factories import make_user
from tests.signing_in import set_up_second_factor

pytestmark = pytest.mark.django_db


def test_second_factor_is_forgotten(capsys):
    chosen, other = make_user(email="ada@example.org"), make_user()
    set_up_second_factor(chosen), set_up_second_factor(other)
    call_command("reset_second_factor", "Ada@example.org")
    assert [each.user for each in Authenticator.objects.all()] == [other]


def test_unknown_email_is_said():
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "nobody@example.org")
