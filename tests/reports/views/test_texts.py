from html import unescape

import pytest

from reports.models import ReportText, write_text
from tests.factories import NOW, make_staff, make_user

pytestmark = pytest.mark.django_db

OURS = "What we wrote on our own, and would not write again."


@pytest.fixture
def colleague(cohort):
    return make_staff(cohort, make_user("Nadia Colleague"))


@pytest.fixture
def address(cohort):
    return f"/cohorts/{cohort.slug}/report/texts/summary/en/"


def save(client, address, body, seen, **more):
    return client.post(address, {"body": body, "seen": seen} | more)


def kept():
    return list(ReportText.objects.order_by("version").values_list("body", flat=True))


def test_text_is_saved_and_opened_again(staff, address, sign_in):
    response = save(sign_in(staff), address, "**One**", 0)
    assert (response.status_code, kept()) == (302, ["**One**"])
    form = sign_in(staff).get(address).context["form"]
    assert (form["body"].value(), form["seen"].value()) == ("**One**", 1)


def test_text_of_a_stale_tab_is_refused_and_stays_on_the_screen(
    cohort, staff, colleague, address, sign_in
):
    write_text(cohort, "summary", "en", "Theirs", seen=0, by=colleague, at=NOW)
    response = save(sign_in(staff), address, OURS, 0)
    page = unescape(response.content.decode())
    assert (response.status_code, kept()) == (409, ["Theirs"])
    assert [text for text in (OURS, "Theirs", "Nadia Colleague") if text not in page] == []


def test_text_sent_twice_is_saved_once_and_no_conflict(staff, address, sign_in):
    client = sign_in(staff)
    answers = [save(client, address, OURS, 0).status_code for _click in range(2)]
    assert (answers, kept()) == ([302, 302], [OURS])


def test_text_is_saved_over_the_newer_one_once_that_was_seen(
    cohort, staff, colleague, address, sign_in
):
    write_text(cohort, "summary", "en", "Theirs", seen=0, by=colleague, at=NOW)
    form = save(sign_in(staff), address, OURS, 0).context["form"]
    response = save(sign_in(staff), address, form["body"].value(), form["seen"].value())
    assert (response.status_code, kept()) == (302, ["Theirs", OURS])


def test_text_of_a_third_person_is_seen_before_saving_again(
    cohort, staff, colleague, address, sign_in
):
    for seen, body in enumerate(["Theirs", "Theirs again"]):
        write_text(cohort, "summary", "en", body, seen=seen, by=colleague, at=NOW)
    response = save(sign_in(staff), address, OURS, 1)
    assert (response.status_code, response.context["newest"].body) == (409, "Theirs again")


def test_text_whose_author_is_gone_is_told_without_a_name(cohort, staff, address, sign_in):
    write_text(cohort, "summary", "en", "Theirs", seen=0, by=None, at=NOW)
    assert save(sign_in(staff), address, OURS, 0).status_code == 409


@pytest.mark.parametrize("seen", ["7", "-1", "x", "", "9" * 30])
def test_text_with_a_version_that_is_not_there_is_kept_on_the_screen(staff, address, sign_in, seen):
    response = save(sign_in(staff), address, OURS, seen)
    assert (response.status_code in (200, 409), kept()) == (True, [])
    assert response.context["form"]["body"].value() == OURS


def test_text_is_shown_before_it_is_saved(staff, address, sign_in):
    response = save(sign_in(staff), address, "**One**", 0, preview="1")
    assert (response.context["preview"], kept()) == ("<p><strong>One</strong></p>\n", [])
    assert response.context["form"]["body"].value() == "**One**"


def test_text_of_ten_megabytes_is_refused_in_a_sentence_and_kept_on_the_screen(
    staff, address, sign_in
):
    pasted = "mot " * 2_500_000
    response = save(sign_in(staff), address, pasted, 0)
    assert (response.status_code, kept()) == (200, [])
    assert "at most 200000 characters" in response.content.decode()
    assert response.context["form"]["body"].value() == pasted


def test_text_of_fifteen_megabytes_is_refused_in_a_sentence(staff, address, sign_in):
    response = save(sign_in(staff), address, "mot " * 3_750_000, 0)
    assert (response.status_code, kept()) == (413, [])


def test_text_with_a_null_character_is_refused(staff, address, sign_in):
    assert (save(sign_in(staff), address, "a\0b", 0).status_code, kept()) == (200, [])


@pytest.mark.parametrize("text", ["مرحبا 🎉", "a\u202eb", "<script>alert(1)</script>"])
def test_text_is_kept_as_it_was_typed(staff, address, sign_in, text):
    save(sign_in(staff), address, text, 0)
    assert kept() == [text]
    assert "<script>alert" not in sign_in(staff).get(address).content.decode()


@pytest.mark.parametrize("place", ["summary/ar", "summary/xx", "unknown/fr"])
def test_text_of_no_section_and_no_language_of_the_report_is_not_found(
    cohort, staff, sign_in, place
):
    assert sign_in(staff).get(f"/cohorts/{cohort.slug}/report/texts/{place}/").status_code == 404
