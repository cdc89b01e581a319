import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.shortcuts import redirect

from cohorts.forms.fresh import FreshForm
from cohorts.forms.once import OnceForm, once
from cohorts.models import Programme, Submission
from tests.typing import filled

pytestmark = pytest.mark.django_db


@once
def add(request):
    if not request.POST.get("name"):
        return HttpResponse("mend me")
    programme = Programme.objects.create(name=request.POST["name"])
    return redirect(f"/programmes/{programme.pk}/")


@pytest.fixture
def send(rf):
    def send(path="/programmes/add/", **typed):
        request = rf.post(path, typed)
        request.user = AnonymousUser()
        return add(request)

    return send


def test_once_leads_a_second_click_to_where_the_first_led(send):
    first = send(once="k1", name="Embrace")
    second = send(once="k1", name="Embrace")
    assert (second.url, Programme.objects.count()) == (first.url, 1)


def test_once_makes_one_row_per_form_opened(send):
    send(once="k1", name="Embrace")
    send(once="k2", name="Embrace 2")
    assert Programme.objects.count() == 2


def test_once_lets_a_form_with_an_error_be_mended(send):
    assert send(once="k1", name="").content == b"mend me"
    assert send(once="k1", name="Embrace").status_code == 302


def test_once_keeps_nothing_when_the_view_fails(send):
    Programme.objects.create(name="Embrace")
    with pytest.raises(Exception, match=r"(?i)unique"):
        send(once="k1", name="Embrace")
    assert Submission.objects.count() == 0


def test_once_form_has_another_key_each_time_it_is_opened():
    assert OnceForm()["once"].value() != OnceForm()["once"].value()


def test_once_form_keeps_its_key_when_it_comes_back():
    assert OnceForm({"once": "k1"})["once"].value() == "k1"


class ProgrammeForm(OnceForm, FreshForm):
    class Meta:
        model = Programme
        fields = ("name", "completion_percent")


def test_once_form_goes_together_with_a_fresh_form():
    form = ProgrammeForm(filled(ProgrammeForm(), name="Embrace"))
    assert form.save().name == "Embrace"
