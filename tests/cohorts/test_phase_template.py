from datetime import date, timedelta

import pytest

from cohorts.phase_template import five_phases
from tests.factories import make_cohort

pytestmark = pytest.mark.django_db


def laid_out(starts_on, ends_on):
    cohort = make_cohort(starts_on=starts_on, ends_on=ends_on)
    return [(phase.kind, phase.starts_on, phase.ends_on) for phase in five_phases(cohort)]


def test_five_phases_share_the_time_of_the_cohort():
    assert laid_out(date(2022, 9, 1), date(2022, 12, 9)) == [
        ("training", date(2022, 9, 1), date(2022, 9, 20)),
        ("listening", date(2022, 9, 21), date(2022, 10, 20)),
        ("joint_meeting", date(2022, 10, 21), date(2022, 10, 30)),
        ("co_creation", date(2022, 10, 31), date(2022, 11, 19)),
        ("reporting", date(2022, 11, 20), date(2022, 12, 9)),
    ]


def test_five_phases_last_eight_months_where_no_end_is_known():
    first, *_between, last = laid_out(date(2022, 9, 1), None)
    assert (first[1], last[2]) == (date(2022, 9, 1), date(2023, 4, 29))


@pytest.mark.parametrize("days", [1, 2, 5, 9, 1000])
def test_five_phases_fit_a_cohort_of_any_length(days):
    start = date(2022, 9, 1)
    end = start + timedelta(days=days - 1)
    for phase in five_phases(make_cohort(starts_on=start, ends_on=end)):
        phase.full_clean()
        assert start <= phase.starts_on <= phase.ends_on <= end


def test_five_phases_are_saved_by_whoever_wants_them():
    cohort = make_cohort()
    assert (len(five_phases(cohort)), cohort.phases.count()) == (5, 0)
