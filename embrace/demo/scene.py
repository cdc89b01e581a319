from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from cohorts.models import Cohort, Programme


@dataclass
class Scene:
    """A cohort that is being loaded, and what is there already, by its name in the files."""

    content: dict
    programme: Programme | None = None
    cohort: Cohort | None = None
    organisations: dict = field(default_factory=dict)
    staff: list = field(default_factory=list)
    coordinators: dict = field(default_factory=dict)
    people: dict = field(default_factory=dict)
    workshops: dict = field(default_factory=dict)
    testimonies: dict = field(default_factory=dict)
    themes: dict = field(default_factory=dict)
    subjects: dict = field(default_factory=dict)
    ideas: dict = field(default_factory=dict)
    actions: dict = field(default_factory=dict)

    def entries(self, name):
        return self.content.get(name, [])

    @property
    def host(self):
        """Who enters what nobody in particular enters."""
        return self.staff[0]

    def user(self, name):
        found = [person for person in self.staff if person.name == name]
        return found[0] if found else self.people[name].user

    def local(self, moment):
        return moment.replace(tzinfo=self.cohort.zone)

    def moment(self, day, hour=10, minutes=0):
        """A working hour of a day, as an instant."""
        return self.local(datetime.combine(day, time(hour))) + timedelta(minutes=minutes)


def saved(row):
    """Check a row as a form would, and save it."""
    row.full_clean()
    row.save()
    return row
