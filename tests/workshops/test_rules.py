import pytest
from django.db import DatabaseError, transaction

from cohorts.database_rules import ERASED
from tests.factories import NOW, make_participant, make_workshop
from workshops import allocation
from workshops.models import RegistrationMove

pytestmark = pytest.mark.django_db


@pytest.fixture
def move():
    workshop = make_workshop(capacity=0)
    person = make_participant(workshop.cohort)
    allocation.ask(workshop, person, by=None, at=NOW, override_reason="comes with a friend")
    return RegistrationMove.objects.get()


def test_reason_of_a_move_may_be_erased(move):
    RegistrationMove.objects.update(reason=ERASED)
    move.refresh_from_db()
    assert move.reason == ERASED


@pytest.mark.parametrize("change", [{"reason": "another"}, {"reason": ERASED, "status": "waiting"}])
def test_move_takes_no_other_change(move, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        RegistrationMove.objects.update(**change)
