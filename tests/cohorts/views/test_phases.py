import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from cohorts.models import Phase
from tests.factories import make_cohort, make_phase, make_workshop
from tests.typing import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(sign_in, staff):
    return sign_in(staff)


def address(name, cohort, *more):
    return reverse(f"cohorts:{name}", args=[cohort.slug, *more])


def typed(**more):
    return {"kind": "training", "starts_on": "2022-09-05", "ends_on": "2022-10-01"} | more


def test_phases_are_listed_in_order(visitor, cohort):
    late = make_phase(cohort, starts_on="2023-01-01", ends_on="2023-02-01")
    early = make_phase(cohort)
    listed = visitor.get(address("phases", cohort)).context["phases"]
    assert [phase for phase, _is_open in listed] == [early, late]


def test_phases_are_laid_out_once(visitor, cohort):
    for _click in range(2):
        visitor.post(address("phases_lay_out", cohort))
    assert cohort.phases.count() == 5


def test_phase_is_added(visitor, cohort):
    visitor.post(address("phase_add", cohort), typed(name_fr="Formation"))
    phase = cohort.phases.get()
    assert (phase.kind, phase.name) == ("training", {"fr": "Formation"})


def test_phase_is_edited(visitor, cohort):
    phase = make_phase(cohort)
    where = address("phase_edit", cohort, phase.pk)
    form = visitor.get(where).context["form"]
    visitor.post(where, typed(kind="listening", seen=form["seen"].value()))
    phase.refresh_from_db()
    assert phase.kind == "listening"


def test_phase_cannot_end_before_it_starts(visitor, cohort):
    form = visitor.post(address("phase_add", cohort), typed(ends_on="2022-09-01")).context["form"]
    assert (len(form.non_field_errors()), Phase.objects.count()) == (1, 0)


def test_phase_outside_the_cohort_is_kept_and_said(visitor, cohort):
    response = visitor.post(
        address("phase_add", cohort), typed(starts_on="2022-01-01", ends_on="2024-01-01")
    )
    said = [message.level_tag for message in get_messages(response.wsgi_request)]
    assert said == ["success", "warning", "warning"]


def test_phase_with_a_workshop_stays(visitor, cohort):
    phase = make_phase(cohort)
    make_workshop(cohort, phase=phase)
    assert visitor.post(address("phase_remove", cohort, phase.pk)).status_code == 409
    assert cohort.phases.count() == 1


def test_phase_without_workshop_is_removed(visitor, cohort):
    phase = make_phase(cohort)
    visitor.post(address("phase_remove", cohort, phase.pk))
    assert cohort.phases.count() == 0


def test_phase_of_another_cohort_is_not_found(visitor, cohort):
    elsewhere = make_phase(make_cohort())
    assert visitor.get(address("phase_edit", cohort, elsewhere.pk)).status_code == 404


def test_phase_form_shows_what_it_holds(visitor, cohort):
    phase = make_phase(cohort, name={"fr": "Formation"})
    form = visitor.get(address("phase_edit", cohort, phase.pk)).context["form"]
    assert filled(form)["kind"] == "training"
