import pytest

from reports.material import institutions_of
from reports.source import Source
from tests.factories import make_cohort, make_organisation

pytestmark = pytest.mark.django_db


def test_institutions_of_a_report_name_the_host_first():
    cohort = make_cohort()
    host = make_organisation(cohort.programme, name="Est Ensemble")
    city = make_organisation(cohort.programme, name="Bondy")
    cohort.host = host
    cohort.partners.set([city, host])
    assert institutions_of(Source(cohort)) == ["Est Ensemble", "Bondy"]
