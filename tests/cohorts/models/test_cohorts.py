from datetime import date

import pytest

from cohorts.models.cohorts import propose_slug
from tests.factories import make_cohort

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Est Ensemble", "est-ensemble-2022"),
        ("Est Ensemble 2022", "est-ensemble-2022"),
        ("Évry à pied !", "evry-a-pied-2022"),
        ("إيست أنسامبل", "cohort-2022"),
        ("2022", "cohort-2022"),
        ("x" * 200, "x" * 60 + "-2022"),
    ],
)
def test_slug_is_proposed_from_any_name(name, slug):
    assert propose_slug(name, date(2022, 9, 1)) == slug


def test_slug_is_proposed_once():
    for slug in ("est-2022", "est-2022-2"):
        make_cohort(slug=slug)
    assert propose_slug("Est", date(2022, 9, 1)) == "est-2022-3"
