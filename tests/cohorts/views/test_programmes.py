import pytest
from django.urls import reverse

from cohorts.models import Organisation
from tests.factories import make_organisation, make_programme, make_programme_staff
from tests.typing import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(sign_in, staff):
    return sign_in(staff)


def add(visitor, programme, **typed):
    where = reverse("cohorts:organisation_add", args=[programme.pk])
    return visitor.post(where, {"name": "Pantin", "kind": "city"} | typed)


def edit(visitor, organisation, **typed):
    where = reverse("cohorts:organisation_edit", args=[organisation.programme_id, organisation.pk])
    return visitor.post(where, filled(visitor.get(where).context["form"], **typed))


def test_programme_is_edited(sign_in, programme):
    visitor = sign_in(make_programme_staff(programme))
    where = reverse("cohorts:programme_edit", args=[programme.pk])
    form = visitor.get(where).context["form"]
    typed = {"name": "Embrace", "completion_percent": 70, "funding_statement_fr": "Cofinancé"}
    visitor.post(where, typed | {"seen": form["seen"].value()})
    programme.refresh_from_db()
    assert (programme.completion_percent, programme.funding_statement) == (70, {"fr": "Cofinancé"})


def test_programme_refuses_a_share_over_a_hundred(sign_in, programme):
    visitor = sign_in(make_programme_staff(programme))
    where = reverse("cohorts:programme_edit", args=[programme.pk])
    form = visitor.get(where).context["form"]
    typed = {"name": "Embrace", "completion_percent": 101, "seen": form["seen"].value()}
    assert not visitor.post(where, typed).context["form"].is_valid()


def test_programme_shows_the_staff_of_a_cohort_their_own_only(visitor, programme, cohort):
    shown = visitor.get(reverse("cohorts:programme", args=[programme.pk])).context
    assert (list(shown["cohorts"]), shown["may_edit"]) == ([cohort], False)


def test_organisation_is_added(visitor, programme, city):
    add(visitor, programme, kind="city", parent=city.pk)
    assert Organisation.objects.get(name="Pantin").parent == city


def test_organisation_of_the_same_name_is_refused(visitor, programme):
    make_organisation(programme, name="Pantin")
    assert add(visitor, programme).context["form"].non_field_errors()


def test_programme_has_one_operator(visitor, programme):
    make_organisation(programme, kind="operator")
    assert add(visitor, programme, kind="operator").context["form"].non_field_errors()


def test_organisation_is_edited(visitor, city):
    edit(visitor, city, name="Montreuil-sous-Bois")
    city.refresh_from_db()
    assert city.name == "Montreuil-sous-Bois"


def test_organisation_cannot_belong_to_one_that_belongs_to_it(visitor, programme, city):
    child = make_organisation(programme, parent=city)
    assert list(edit(visitor, city, parent=child.pk).context["form"].errors) == ["parent"]


def test_organisation_of_another_programme_is_no_parent(visitor, programme):
    stranger = make_organisation(make_programme())
    assert list(add(visitor, programme, parent=stranger.pk).context["form"].errors) == ["parent"]


def test_organisation_in_use_stays(visitor, cohort, city):
    where = reverse("cohorts:organisation_remove", args=[city.programme_id, city.pk])
    assert (visitor.post(where).status_code, Organisation.objects.count()) == (409, 1)


def test_organisation_out_of_use_is_removed(visitor, programme):
    organisation = make_organisation(programme)
    visitor.post(reverse("cohorts:organisation_remove", args=[programme.pk, organisation.pk]))
    assert not Organisation.objects.filter(pk=organisation.pk).exists()
