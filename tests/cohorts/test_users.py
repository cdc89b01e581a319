import pytest
from django.db import IntegrityError, transaction

from cohorts.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_user_blank_email_and_phone_are_null():
    users = [make_user(email="", phone="") for _each in range(2)]
    assert [(user.email, user.phone) for user in users] == [(None, None), (None, None)]


def test_user_email_is_unique_whatever_its_case():
    make_user(email="Amina@Example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_user(email="amina@example.ORG ")


def test_user_phone_is_unique_however_written():
    make_user(phone="06 39 98 01 01")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_user(phone="+33639980101")


def test_user_without_a_name_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_user(" ", email=None)
    assert not User.objects.filter(name="").exists()


def test_user_is_found_without_accents():
    user = make_user("Éléonore Dubois")
    assert list(User.objects.search("eleonore")) == [user]


def test_user_has_no_usable_password():
    assert not make_user().has_usable_password()


@pytest.mark.parametrize("name", ["A", "é" * 200, "ﷺ" * 200, "محمد", "Zoé 🌻"])
def test_user_takes_a_name_of_any_length_and_script(name):
    user = make_user(name)
    user.refresh_from_db()
    assert (user.name, len(user.name_folded) <= 400) == (name, True)
