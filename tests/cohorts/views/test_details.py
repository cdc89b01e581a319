import pytest
from django.db import IntegrityError

from cohorts.forms.details import DetailsForm
from cohorts.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db
ADDRESS = "/me/"


def save(client, phone="", **typed):
    form = client.get(ADDRESS).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return client.post(ADDRESS, shown | {"phone": phone} | typed)


def phone_of(user):
    return User.objects.get(pk=user.pk).phone


def test_details_keep_a_phone_however_it_is_written(sign_in, newcomer):
    response = save(sign_in(newcomer), "06 39 98 01 77")
    assert (response.status_code, phone_of(newcomer)) == (302, "+33639980177")


def test_details_take_a_phone_away(sign_in):
    person = make_user(phone="+33639980177")
    save(sign_in(person), "")
    assert phone_of(person) is None


def test_details_refuse_what_is_no_phone(sign_in):
    response = save(sign_in(make_user(language="en")), "call me")
    assert response.context["form"].errors["phone"] == ["This is not a phone number: call me"]


def test_details_do_not_tell_whose_a_phone_is(sign_in):
    make_user("Somebody Else", phone="+33639980177")
    response = save(sign_in(make_user(language="en")), "06 39 98 01 77")
    assert response.context["form"].errors["phone"] == ["This number cannot be used. Ask the team."]
    assert "Somebody Else" not in response.content.decode()


def test_details_change_nothing_but_the_phone(sign_in, newcomer):
    client = sign_in(newcomer)
    seen = client.get(ADDRESS).context["form"]["seen"].value()
    client.post(ADDRESS, {"phone": "", "seen": seen, "email": "x@example.org", "is_admin": "on"})
    after = User.objects.get(pk=newcomer.pk)
    assert (after.email, after.is_admin) == (newcomer.email, False)


def test_details_of_staff_are_called_by_participants(sign_in, staff, newcomer):
    save(sign_in(staff), "06 39 98 01 77")
    assert "06 39 98 01 77" in sign_in(newcomer).get("/").content.decode()


def test_phone_taken_in_this_instant_is_said(sign_in, monkeypatch):
    def taken(form):
        raise IntegrityError

    monkeypatch.setattr(DetailsForm, "save", taken)
    response = save(sign_in(make_user(language="en")), "06 39 98 01 77")
    assert response.context["form"].errors["phone"] == ["This number cannot be used. Ask the team."]


def test_details_of_staff_are_named_by_themselves(sign_in, staff):
    save(sign_in(staff), name="Nadia Benali")
    assert User.objects.get(pk=staff.pk).name == "Nadia Benali"


def test_details_of_a_participant_are_named_by_the_team(sign_in, newcomer):
    save(sign_in(newcomer), name="Another")
    assert User.objects.get(pk=newcomer.pk).name == newcomer.name
