from datetime import timedelta

import page
import pytest
from django.utils.translation import override

from cohorts.models import Need
from reports.pdf import PdfUnavailable, render_pdf
from reports.sheets import render_sheet, sheet_of
from tests.factories import (
    NOW,
    make_cohort,
    make_facilitator,
    make_participant,
    make_programme,
    make_user,
    make_workshop,
)
from workshops import allocation

pytestmark = pytest.mark.django_db


def names(sheet):
    return [place.name for place in sheet.places]


def numbers_of_boxes(sheet):
    return [len(half_days) for half_days in sheet.boxes]


def test_sheet_of_a_draft_lists_who_is_expected(cohort):
    make_participant(cohort, name="Amina"), make_participant(cohort, "agents", name="Bruno")
    assert names(sheet_of(make_workshop(cohort, status="draft"))) == ["Amina", "Bruno"]


def test_sheet_leaves_out_who_cannot_come(cohort):
    workshop = make_workshop(cohort)
    person = make_participant(cohort)
    allocation.say_cannot_come(workshop, person, by=None, at=NOW)
    assert names(sheet_of(workshop)) == []


@pytest.mark.parametrize(("people", "last"), [(0, 12), (3, 12), (20, 25)])
def test_sheet_has_blank_lines_for_walk_ins(cohort, people, last):
    workshop = make_workshop(cohort)
    for _person in range(people):
        make_participant(cohort)
    assert list(sheet_of(workshop).blanks) == list(range(people + 1, last + 1))


@pytest.mark.parametrize(("hours", "boxes"), [(2, [1]), (6, [2]), (54, [6]), (78, [6, 2])])
def test_sheet_has_a_box_per_half_day_and_goes_on_overleaf(cohort, hours, boxes):
    workshop = make_workshop(cohort, NOW - timedelta(hours=1), hours=hours)
    assert numbers_of_boxes(sheet_of(workshop)) == boxes


def test_sheet_says_what_where_when_who_and_who_pays(in_english):
    programme = make_programme(
        name="Embrace", grant_reference="AMIF-101", funding_statement={"en": "Paid by the Union"}
    )
    workshop = make_workshop(make_cohort(programme, name="Est Ensemble"), venue="PLACE, Paris")
    make_facilitator(workshop, make_user("Zahra Haidari"))
    html = render_sheet(sheet_of(workshop))
    for text in (
        "Training session",
        "PLACE, Paris",
        "Monday 3 October 2022",
        "Zahra Haidari",
        "Est Ensemble",
        "AMIF-101",
        "Paid by the Union",
    ):
        assert text in html


def test_sheet_never_shows_a_need_a_language_or_a_phone(cohort):
    user = make_user("Amina", phone="+33612345678")
    person = make_participant(cohort, user=user, languages=["ps"], function="Secret function")
    person.set_needs({Need.Kind.CHILDCARE: "two children", Need.Kind.INTERPRETER: "Pachto"})
    with override("fr"):
        html = render_sheet(sheet_of(make_workshop(cohort)))
    leaks = ("two children", "Pachto", "pachto", "12345678", "Secret", user.email)
    assert [leak for leak in leaks if leak in html] == []


@pytest.mark.pdf
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_sheet_is_an_accessible_pdf_with_names_in_any_script(cohort, language):
    for name in ("أحمد الخطيب", "Олександра Шевченко", "ሰላም ገብረ", "Şağ Yılmaz", "Zoé 🎉"):
        make_participant(cohort, name=name)
    with override(language):
        pdf = render_pdf(render_sheet(sheet_of(make_workshop(cohort, hours=30))))
    report = page.validate_pdf_bytes(pdf, profile="ua1")
    assert [failure.rule_id for failure in report.failures] == []


@pytest.mark.pdf
def test_sheet_is_shown_in_one_click(cohort, workshop, staff, sign_in):
    response = sign_in(staff).get(f"/cohorts/{cohort.slug}/workshops/{workshop.pk}/sheet/")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="est-ensemble-2022-10-03.pdf"'
    assert response.content.startswith(b"%PDF")


def test_sheet_without_pango_says_what_to_install(cohort, workshop, staff, sign_in, monkeypatch):
    def fail(html):
        raise PdfUnavailable

    monkeypatch.setattr("reports.views.sheets.render_pdf", fail)
    response = sign_in(staff).get(f"/cohorts/{cohort.slug}/workshops/{workshop.pk}/sheet/")
    assert (response.status_code, b"libpango" in response.content) == (503, True)


def test_sheet_keeps_the_direction_of_a_statement_in_another_language():
    programme = make_programme(funding_statement={"fr": "Financé par l’Union."})
    programme.refresh_from_db()
    with override("ar"):
        html = render_sheet(sheet_of(make_workshop(make_cohort(programme))))
    assert '<p lang="fr" dir="ltr">Financé par l’Union.</p>' in html
