"""Importing as staff see it: each thing that can be wrong with a file, in a sentence."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cohorts.models import Participant
from tests.factories import make_organisation, make_participant, make_staff, make_user
from tests.reading import words
from tests.spreadsheets import csv, xlsx

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
NO_SPREADSHEET = "This is not a spreadsheet that can be read. Save it as XLSX or CSV."


@pytest.fixture
def visitor(sign_in, cohort):
    return sign_in(make_staff(cohort, make_user(language="en")))


@pytest.fixture
def where(cohort):
    return reverse("cohorts:import_people", args=[cohort.slug])


def send(visitor, where, name, content, **more):
    return visitor.post(where, {"file": SimpleUploadedFile(name, content), **more})


def rows_of(response):
    """The preview's rows, each on one line."""
    table = response.content.split(b"<tbody>")[1].split(b"</tbody>")[0]
    response.content = b"<main>" + table.replace(b"</tr>", b"|") + b"</main>"
    return [line.strip() for line in words(response).split("|") if line.strip()]


def preview(visitor, where, headers, *rows):
    return rows_of(send(visitor, where, "people.xlsx", xlsx(headers, *rows).read()))


# --- The file ---------------------------------------------------------------------------------


# By name, since a workbook holds the moment at which it was made: so would the test's own name.
FILES = {
    "empty.csv": (b"   \n", "This file is empty."),
    "empty.xlsx": (xlsx([]).read(), "This file is empty."),
    "photo.xlsx": (PNG, NO_SPREADSHEET),
    "photo.csv": (PNG, NO_SPREADSHEET),
    "old.xls": (b"\xd0\xcf\x11\xe0\x00\x00", NO_SPREADSHEET),
    "zip.xlsx": (b"PK\x03\x04broken", NO_SPREADSHEET),
    "quotes.csv": (b'Nom;Groupe\n"' + b"a" * 200_000, NO_SPREADSHEET),
    "large.xlsx": (b"PK" + b"0" * 30_000_000, "This file is too large: at most 5 MB."),
    "other.csv": (
        b"Pays;Date de naissance\nx;1990-01-01",
        "No column holds names. The first row of the file says: Pays, Date de naissance.",
    ),
    "alone.csv": (b"Nom;Groupe\n", "This file has headers, but nobody below them."),
}


@pytest.mark.parametrize("name", FILES)
def test_file_that_cannot_be_read_is_refused_in_a_sentence(visitor, where, name):
    content, sentence = FILES[name]
    response = send(visitor, where, name, content)
    assert (response.status_code, Participant.objects.count()) == (200, 0)
    assert response.context["form"].errors["file"] == [sentence]
    assert sentence in words(response)


def test_file_that_was_not_chosen_is_asked_for(visitor, where):
    response = visitor.post(where, {"track": "agents"})
    assert response.context["form"].errors["file"] == ["This field is required."]


def test_preview_names_the_columns_that_are_not_read(visitor, where):
    file = csv(["Nom", "Groupe", "Pays", "Date de naissance"], ["Amina", "newcomers", "x", "y"])
    text = words(send(visitor, where, "people.csv", file.read()))
    assert "Columns that are not read: Pays, Date de naissance" in text


def test_preview_counts_what_it_would_do(visitor, where, cohort):
    make_participant(cohort, name="Zoé")
    file = csv(["Nom", "Groupe"], ["Amina", "newcomers"], ["Bruno", "?"], ["Zoé", "newcomers"])
    text = words(send(visitor, where, "people.csv", file.read()))
    assert "New 1 Already there, changed 0 Problems 1" in text
    assert "Write it: 1 person added" in text


# --- The rows ---------------------------------------------------------------------------------


def test_preview_says_which_row_is_new_the_same_or_a_problem(visitor, where, cohort):
    make_participant(cohort, name="Zoé Ba")
    rows = preview(
        visitor,
        where,
        ["Nom", "Groupe"],
        ["Amina Sow", "newcomers"],
        ["amina SOW", "newcomers"],
        ["Zoé Ba", "newcomers"],
        ["Karim", "chef"],
    )
    assert rows == [
        "5 Karim — problem This group is unknown: chef. Write newcomers or public agents. "
        "Leave row 5 out",
        "2 Amina Sow newcomers new",
        "3 amina SOW newcomers same person as row 2",
        "4 Zoé Ba newcomers already there Nothing changes.",
    ]


def test_preview_shows_what_changes_in_words(visitor, where, cohort):
    make_participant(cohort, user=make_user("Amina", email=None), languages=["fr"])
    headers = ["Nom", "Groupe", "Téléphone", "Langues", "Lit le français", "Langue de contact"]
    headers += ["Fonction", "Besoins", "Genre", "Organisation"]
    cells = ["Amina", "newcomers", 639980101, "dari", "non", "arabe"]
    cells += ["guide", "interprète dari", "femme", "Pantin"]
    [row] = preview(visitor, where, headers, cells)
    for change in (
        "Phone: 06 39 98 01 01",
        "Languages spoken: French French, Dari",
        "Reads French: yes no",
        "Language of the screens: Français العربية",
        "Function: guide",
        "Practical needs: an interpreter (dari)",
        "Gender: stated",
        "Organisation: Pantin",
    ):
        assert change in row


def test_two_people_with_one_phone_are_told_apart(visitor, where):
    headers = ["Nom", "Groupe", "Téléphone"]
    rows = preview(
        visitor,
        where,
        headers,
        ["Amina Sow", "newcomers", "06 39 98 01 01"],
        ["Bruno Petit", "agents", "+33 6 39 98 01 01"],
    )
    assert rows[0].startswith(
        "3 Bruno Petit public agents problem "
        "Row 2 has the same e-mail or phone, for Amina Sow. Leave row 3 out"
    )


def test_formula_in_a_name_is_refused(visitor, where):
    file = csv(["Nom", "Groupe"], ["=HYPERLINK(x)", "newcomers"])
    [row] = rows_of(send(visitor, where, "people.csv", file.read()))
    assert "“=HYPERLINK(x)” begins like a formula: take its first sign away." in row


def test_formula_that_was_never_computed_is_no_name(visitor, where):
    [row] = preview(visitor, where, ["Nom", "Groupe"], ['="Am"&"ina"', "newcomers"])
    assert "The name is missing." in row


def test_birth_date_in_the_age_column_is_left_out(visitor, where):
    file = csv(["Nom", "Groupe", "Âge"], ["Amina", "newcomers", "12/03/1990"])
    [row] = rows_of(send(visitor, where, "people.csv", file.read()))
    assert row == "2 Amina newcomers new Not understood, and left out: 12/03/1990."


@pytest.mark.parametrize("name", ["A", "李", "أمينة يوسف", "Amina 🌻", "Éléonore d’Arc", "a" * 200])
def test_any_real_name_is_written_as_it_is(visitor, where, name):
    response = send(visitor, where, "people.xlsx", xlsx(["Nom"], [name]).read(), track="agents")
    form = response.context["form"]
    visitor.post(where, {key: form[key].value() for key in ("rows", "seen", "once")})
    assert Participant.objects.get().user.name == name


def test_institution_that_is_new_is_announced_once(visitor, where, programme):
    make_organisation(programme, name="Bondy")
    headers = ["Nom", "Groupe", "Ville"]
    people = [["A", "agents", "Pantin"], ["B", "agents", "PANTIN"], ["C", "agents", "bondy"]]
    text = words(send(visitor, where, "people.xlsx", xlsx(headers, *people).read()))
    assert "will be added as cities: PANTIN Row" in text


def test_file_of_a_windows_spreadsheet_is_read(visitor, where):
    content = "Prénom;Nom;Groupe\r\nZoé;Lefèvre;acteurs publics\r\n".encode("cp1252")
    [row] = rows_of(send(visitor, where, "people.csv", content))
    assert row == "2 Zoé Lefèvre public agents new"


def test_preview_that_was_tampered_with_leads_back_to_the_file(visitor, where):
    response = visitor.post(where, {"rows": "forged", "seen": "x"}, follow=True)
    assert "This preview is too old or was changed. Choose the file again." in (
        response.content.decode()
    )
    assert Participant.objects.count() == 0


def test_what_was_written_is_said(visitor, where):
    file = io.BytesIO(csv(["Nom", "Groupe"], ["Amina", "newcomers"]).read())
    form = send(visitor, where, "people.csv", file.read()).context["form"]
    sent = {key: form[key].value() for key in ("rows", "seen", "once")}
    response = visitor.post(where, sent, follow=True)
    assert "Import done. Added: 1. Changed: 0." in response.content.decode()
