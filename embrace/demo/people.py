"""The two groups, through the import of the staff's spreadsheet."""

from datetime import timedelta

from cohorts.import_plan import Plan, Planned
from cohorts.importing import plan_import, read_people
from cohorts.models import Card
from embrace.demo.content import FOLDER

SPREADSHEET = FOLDER / "est_ensemble" / "participants.xlsx"
AHEAD = timedelta(days=7)


def add_people(scene):
    """Import everybody, and give a card to whoever has no e-mail to sign in with."""
    cohort, at = scene.cohort, scene.moment(scene.cohort.starts_on - AHEAD)
    plan = plan_of(scene)
    # The spreadsheet is as staff kept it, mistakes included.
    plan.leave_out({row.number for row in plan.problem_rows})
    plan.write(by=scene.host, at=at)
    people = cohort.participants.select_related("user")
    scene.people = {person.user.name: person for person in people}
    Card.objects.issue(cohort.participants.filter(user__email=None), by=scene.host, at=at)


def plan_of(scene):
    entries = scene.entries("participant")
    if entries:
        rows = [Planned(number, **entry) for number, entry in enumerate(entries, start=2)]
        return Plan(scene.cohort, rows)
    with SPREADSHEET.open("rb") as file:
        return plan_import(scene.cohort, read_people(file, SPREADSHEET.name))
