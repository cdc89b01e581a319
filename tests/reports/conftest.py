import pytest

from tests.reports.sample import make_report_cohort


@pytest.fixture
def report_cohort(db):
    return make_report_cohort()
