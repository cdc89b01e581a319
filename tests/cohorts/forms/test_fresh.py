import pytest

from cohorts.forms.fresh import STALE, FreshForm
from cohorts.models import Programme
from tests.factories import make_programme
from tests.typing import filled

pytestmark = pytest.mark.django_db


class ProgrammeForm(FreshForm):
    class Meta:
        model = Programme
        fields = ("name", "completion_percent")


def opened(programme):
    return ProgrammeForm(instance=Programme.objects.get(pk=programme.pk))


def sent(programme, **typed):
    fresh = Programme.objects.get(pk=programme.pk)
    return ProgrammeForm(typed, instance=fresh)


def test_fresh_form_saves_what_was_opened():
    programme = make_programme(name="Embrace")
    form = sent(programme, **filled(opened(programme), name="Embrace 2"))
    assert form.is_valid(), form.errors


def test_fresh_form_refuses_a_stale_tab():
    programme = make_programme(name="Embrace")
    typed = filled(opened(programme), completion_percent=70)
    Programme.objects.update(name="Renamed meanwhile")
    form = sent(programme, **typed)
    assert form.non_field_errors() == [STALE]


def test_fresh_form_refuses_what_carries_no_digest():
    form = sent(make_programme(), name="Embrace", completion_percent=80)
    assert form.non_field_errors() == [STALE]


def test_fresh_form_lets_another_field_of_the_row_change():
    programme = make_programme(name="Embrace")
    typed = filled(opened(programme), name="Embrace 2")
    Programme.objects.update(grant_reference="AMIF-1")
    assert sent(programme, **typed).is_valid()


def test_fresh_form_needs_no_digest_for_a_new_row():
    assert ProgrammeForm({"name": "Embrace", "completion_percent": 80}).is_valid()
