from datetime import date

import pytest
from django.urls import reverse

from cohorts.models import Cohort, Organisation
from tests.factories import (
    make_cohort,
    make_organisation,
    make_participant,
    make_programme,
    make_programme_staff,
)
from tests.typing import filled

pytestmark = pytest.mark.django_db
ADD = reverse("cohorts:add")


@pytest.fixture
def chief(programme):
    """Staff of the whole programme."""
    return make_programme_staff(programme)


@pytest.fixture
def visitor(sign_in, chief):
    return sign_in(chief)


def opened(visitor, address):
    return visitor.get(address).context["form"]


def test_cohort_is_added_from_a_name_and_a_date(visitor, programme, chief):
    visitor.post(ADD, {"name": "Est Ensemble", "starts_on": "2022-09-01", "five_phases": "on"})
    cohort = Cohort.objects.get()
    assert (cohort.slug, cohort.programme, cohort.recorded_by) == (
        "est-ensemble-2022",
        programme,
        chief,
    )
    assert cohort.phases.count() == 5


def test_cohort_is_added_without_phases(visitor):
    visitor.post(ADD, {"name": "Est", "starts_on": "2022-09-01"})
    assert Cohort.objects.get().phases.count() == 0


def test_cohort_form_sent_twice_adds_one(visitor):
    typed = filled(opened(visitor, ADD), name="Est", starts_on="2022-09-01")
    first, second = visitor.post(ADD, typed), visitor.post(ADD, typed)
    assert (second["Location"], Cohort.objects.count()) == (first["Location"], 1)


def test_cohort_takes_institutions_typed_on_the_fly(visitor, programme):
    pantin = make_organisation(programme, name="Pantin")
    visitor.post(
        ADD,
        {
            "name": "Est",
            "starts_on": "2022-09-01",
            "new_host": "Est Ensemble",
            "partners": [],
            "new_partners": "PANTIN\n\n Bondy \nBondy",
        },
    )
    cohort = Cohort.objects.get()
    assert (cohort.host.name, cohort.host.kind) == ("Est Ensemble", "authority")
    assert [each.name for each in cohort.partners.all()] == ["Bondy", "Pantin"]
    assert pantin in cohort.partners.all()


def test_cohort_has_one_host(visitor, programme):
    host = make_organisation(programme)
    typed = {"name": "Est", "starts_on": "2022-09-01", "host": host.pk, "new_host": "Another"}
    form = visitor.post(ADD, typed).context["form"]
    assert (list(form.errors), Cohort.objects.count()) == (["new_host"], 0)


def test_cohort_cannot_end_before_it_starts(visitor):
    typed = {"name": "Est", "starts_on": "2022-09-01", "ends_on": "2022-08-01"}
    assert visitor.post(ADD, typed).context["form"].non_field_errors()
    assert Cohort.objects.count() == 0


def test_cohort_goes_to_the_programme_that_was_chosen(visitor, chief):
    other = make_programme()
    make_programme_staff(other, chief)
    assert not visitor.get(ADD).context.get("form")
    visitor.post(f"{ADD}?programme={other.pk}", {"name": "Est", "starts_on": "2022-09-01"})
    assert Cohort.objects.get().programme == other


@pytest.mark.parametrize("wanted", ["x", "0", "²", "9" * 30])
def test_cohort_of_an_unknown_programme_is_not_found(visitor, wanted):
    assert visitor.get(ADD, {"programme": wanted}).status_code == 404


def test_cohort_of_another_programme_is_not_found(visitor):
    assert visitor.get(ADD, {"programme": make_programme().pk}).status_code == 404


def test_cohort_is_edited(visitor, cohort):
    address = reverse("cohorts:edit", args=[cohort.slug])
    typed = filled(opened(visitor, address), territory="Seine-Saint-Denis", languages=["fr", "ar"])
    assert visitor.post(address, typed).status_code == 302
    cohort.refresh_from_db()
    assert (cohort.territory, cohort.languages) == ("Seine-Saint-Denis", ["fr", "ar"])


def test_cohort_edited_meanwhile_is_left_alone(visitor, cohort):
    address = reverse("cohorts:edit", args=[cohort.slug])
    typed = filled(opened(visitor, address), territory="Nord")
    Cohort.objects.update(ends_on=date(2023, 6, 1))
    assert visitor.post(address, typed).status_code == 200
    cohort.refresh_from_db()
    assert cohort.territory == ""


@pytest.mark.parametrize("slug", ["add", "taken"])
def test_cohort_cannot_take_an_address_in_use(visitor, cohort, slug):
    make_cohort(slug="taken")
    address = reverse("cohorts:edit", args=[cohort.slug])
    form = visitor.post(address, filled(opened(visitor, address), slug=slug)).context["form"]
    assert list(form.errors) == ["slug"]


def test_cohort_without_people_is_removed(visitor, programme):
    cohort = make_cohort(programme)
    visitor.post(reverse("cohorts:remove", args=[cohort.slug]))
    assert Cohort.objects.count() == 0


def test_cohort_with_people_stays_and_says_why(visitor, programme, in_english):
    cohort = make_cohort(programme)
    make_participant(cohort)
    response = visitor.post(reverse("cohorts:remove", args=[cohort.slug]))
    assert (response.status_code, Cohort.objects.count()) == (409, 1)
    assert len(response.context["hanging"]) == 1


def test_list_offers_adding_to_staff_of_a_programme_only(sign_in, chief, staff):
    offers = [
        sign_in(user).get(reverse("cohorts:list")).context["may_add"] for user in (chief, staff)
    ]
    assert offers == [True, False]


def test_list_shows_only_ones_own_cohorts(sign_in, outsider, cohort):
    listed = sign_in(outsider).get(reverse("cohorts:list")).context["cohorts"]
    assert cohort not in listed
    assert Organisation.objects.filter(programme__cohorts__in=listed).count() == 0
