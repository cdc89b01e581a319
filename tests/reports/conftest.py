import pytest
from django.db import transaction

from tests.reports.sample import make_report_cohort


@pytest.fixture
def report_cohort(db):
    return make_report_cohort()


@pytest.fixture(scope="module")
def rows_of_the_module(django_db_setup, django_db_blocker):
    """Rows made in here last for all the tests of a module, and no longer."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
