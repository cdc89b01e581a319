import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse
from openpyxl import load_workbook

from cohorts.import_plan import Plan
from cohorts.importing import read_people
from cohorts.models import Participant
from tests.factories import make_participant, make_staff
from tests.spreadsheets import csv, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(sign_in, staff):
    return sign_in(staff)


@pytest.fixture
def where(cohort):
    return reverse("cohorts:import_people", args=[cohort.slug])


def upload(visitor, where, *rows, **more):
    file = SimpleUploadedFile("people.xlsx", xlsx(["Nom", "Groupe"], *rows).read())
    return visitor.post(where, {"file": file} | more)


def confirmation(preview, **more):
    form = preview.context["form"]
    return {name: form[name].value() for name in ("rows", "seen", "once")} | more


def names():
    return sorted(Participant.objects.values_list("user__name", flat=True))


def test_preview_writes_nothing(visitor, where):
    response = upload(visitor, where, ["Amina", "newcomers"])
    assert ([row.name for row in response.context["plan"].new], names()) == (["Amina"], [])


def test_confirmed_preview_is_written(visitor, where, staff):
    preview = upload(visitor, where, ["Amina", "newcomers"], ["Bruno", "agents"])
    response = visitor.post(where, confirmation(preview))
    assert (response.status_code, names()) == (302, ["Amina", "Bruno"])
    assert Participant.objects.first().recorded_by == staff


def test_preview_confirmed_twice_is_written_once(visitor, where):
    sent = confirmation(upload(visitor, where, ["Amina", "newcomers"]))
    answers = [visitor.post(where, sent) for _click in range(2)]
    assert ([each.status_code for each in answers], names()) == ([302, 302], ["Amina"])


def test_problem_row_blocks_writing(visitor, where):
    preview = upload(visitor, where, ["Amina", "newcomers"], ["Bruno", "?"])
    response = visitor.post(where, confirmation(preview))
    assert (response.status_code, response.context["is_unmended"], names()) == (200, True, [])


def test_problem_row_is_left_out_by_a_tick(visitor, where):
    preview = upload(visitor, where, ["Amina", "newcomers"], ["Bruno", "?"])
    visitor.post(where, confirmation(preview, left_out=["3"]))
    assert names() == ["Amina"]


def test_all_problem_rows_are_left_out_by_one_tick(visitor, where):
    preview = upload(visitor, where, ["Amina", "newcomers"], ["Bruno", "?"], ["", "agents"])
    visitor.post(where, confirmation(preview, leave_all="on"))
    assert names() == ["Amina"]


def test_what_changed_since_the_preview_is_shown_first(visitor, where, cohort):
    preview = upload(visitor, where, ["Amina", "newcomers"])
    make_participant(cohort, name="Amina")
    response = visitor.post(where, confirmation(preview))
    assert (response.context["is_other"], names()) == (True, ["Amina"])


def test_email_taken_elsewhere_at_the_last_instant_is_shown_first(visitor, where, monkeypatch):
    def write(plan, **_how):
        raise IntegrityError

    preview = upload(visitor, where, ["Amina", "newcomers"])
    monkeypatch.setattr(Plan, "write", write)
    response = visitor.post(where, confirmation(preview))
    assert (response.status_code, response.context["is_other"], names()) == (200, True, [])


def test_preview_that_was_changed_is_refused(visitor, where):
    sent = confirmation(upload(visitor, where, ["Amina", "newcomers"]))
    visitor.post(where, sent | {"rows": sent["rows"][:-1]})
    assert names() == []


def test_preview_of_somebody_else_is_refused(visitor, where, sign_in, cohort):
    sent = confirmation(upload(visitor, where, ["Amina", "newcomers"]))
    sign_in(make_staff(cohort)).post(where, sent)
    assert names() == []


def test_preview_that_is_too_old_is_refused(visitor, where, monkeypatch):
    monkeypatch.setattr("cohorts.forms.importing.GOOD_FOR", -1)
    response = visitor.post(where, confirmation(upload(visitor, where, ["Amina", "newcomers"])))
    assert (response["Location"], names()) == (where, [])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("photo.xlsx", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
        ("photo.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
        ("large.csv", b"Nom\n" + b"a" * (6 * 1024 * 1024)),
        ("other.csv", "Prénommé;Pays".encode()),
    ],
)
def test_file_that_cannot_be_read_is_refused_in_words(visitor, where, name, content):
    response = visitor.post(where, {"file": SimpleUploadedFile(name, content)})
    assert (response.status_code, list(response.context["form"].errors)) == (200, ["file"])


def test_group_of_the_whole_file_is_chosen_once(visitor, where):
    preview = upload(visitor, where, ["Amina"], track="newcomers")
    assert [row.track for row in preview.context["plan"].rows] == ["newcomers"]


def test_preview_never_shows_a_gender(visitor, where):
    file = csv(["Nom", "Groupe", "Genre", "Âge"], ["Amina", "newcomers", "femme", "26-39"])
    file = SimpleUploadedFile("people.csv", file.read())
    page = visitor.post(where, {"file": file}).content.decode()
    assert "26" not in page.split("<tbody>")[1].split("</tbody>")[0]


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_model_can_be_filled_in_and_read(visitor, cohort, language):
    address = reverse("cohorts:import_model", args=[cohort.slug])
    response = visitor.get(address, headers={"accept-language": language})
    workbook = load_workbook(io.BytesIO(response.content))
    sheet = workbook.worksheets[0]
    sheet["A2"] = "Amina"
    filled_in = io.BytesIO()
    workbook.save(filled_in)
    filled_in.seek(0)
    people = read_people(filled_in, "model.xlsx")
    assert (people.ignored, people.rows[0].cells["name"]) == ([], "Amina")
