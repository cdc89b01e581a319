import pytest

from reports.models import ReportText, StaleText
from reports.models.texts import write_text
from tests.factories import NOW, make_cohort, make_user

pytestmark = pytest.mark.django_db


def write(cohort, body, seen, language="fr"):
    return write_text(cohort, "summary", language, body, seen=seen, by=make_user(), at=NOW)


def test_write_text_keeps_earlier_versions():
    cohort = make_cohort()
    write(cohort, "Un", 0)
    write(cohort, "Deux", 1)
    assert list(ReportText.objects.values_list("version", "body")) == [
        (2, "Deux"),
        (1, "Un"),
    ]


def test_write_text_tells_the_second_of_two():
    cohort = make_cohort()
    write(cohort, "Un", 0)
    with pytest.raises(StaleText) as told:
        write(cohort, "Autre", 0)
    assert told.value.newest.body == "Un"


def test_newest_has_one_version_per_section_and_language():
    cohort = make_cohort()
    write(cohort, "Un", 0), write(cohort, "Deux", 1), write(cohort, "One", 0, "en")
    assert {text.body for text in ReportText.objects.newest()} == {"Deux", "One"}
