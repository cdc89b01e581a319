import pytest

from cohorts.navigation import section_of


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("/cohorts/x/", "board"),
        ("/cohorts/x/edit/", "board"),
        ("/cohorts/x/team/add/", "board"),
        ("/cohorts/x/people/3/edit/", "people"),
        ("/cohorts/x/workshops/7/", "workshops"),
        ("/cohorts/x/workshops/7/notes/", "listening"),
        ("/cohorts/x/themes/2/", "listening"),
        ("/cohorts/x/subjects/", "subject"),
        ("/cohorts/x/actions/", "actions"),
    ],
)
def test_section_is_the_part_of_the_cohort_that_one_is_in(path, section):
    assert section_of(path) == section
