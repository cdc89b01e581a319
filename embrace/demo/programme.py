"""The programme, its institutions, the cohort with its phases, and the team."""

from datetime import date, timedelta

from cohorts.appointing import appoint
from cohorts.models import Cohort, Organisation, Phase, Programme
from embrace.demo.content import chosen
from embrace.demo.scene import saved

OF_PROGRAMME = ("name", "grant_reference", "funding_statement", "completion_percent")
OF_COHORT = ("slug", "name", "territory", "starts_on", "ends_on", "time_zone", "languages")
OF_PHASE = ("kind", "track", "starts_on", "ends_on", "name", "planned")
PREPARED = timedelta(days=14)


def set_up(scene, programme=None):
    """Make the cohort, in a programme of its own or in one that is there."""
    scene.programme = programme or add_programme(scene)
    add_organisations(scene)
    add_cohort(scene)
    add_team(scene)


def add_programme(scene):
    return saved(Programme(**chosen(scene.content["programme"], *OF_PROGRAMME)))


def add_organisations(scene):
    for entry in scene.entries("organisation"):
        parent = scene.organisations.get(entry.get("parent"))
        scene.organisations[entry["name"]] = saved(
            Organisation(programme=scene.programme, parent=parent, **chosen(entry, "name", "kind"))
        )


def add_cohort(scene):
    entry = scene.content["cohort"]
    scene.cohort = saved(
        Cohort(
            programme=scene.programme,
            host=scene.organisations[entry["host"]],
            is_demonstration=True,
            **chosen(entry, *OF_COHORT),
        )
    )
    scene.cohort.partners.set(scene.organisations[name] for name in entry["partners"])
    for phase in scene.entries("phase"):
        saved(Phase(cohort=scene.cohort, **chosen(phase, *OF_PHASE)))


def say_what_took_place(scene, until=date.max):
    """Write beside each phase that was over by a day what took place, for the report."""
    for entry in scene.entries("phase"):
        if "actual" in entry and entry["ends_on"] <= until:
            phase = scene.cohort.phases.get(kind=entry["kind"])
            phase.actual = entry["actual"]
            saved(phase)


def add_team(scene):
    """Staff of the whole programme, when it begins with this cohort; else of the cohort alone."""
    at = scene.moment(scene.cohort.starts_on - PREPARED)
    older = [each.user for each in scene.programme.appointments.select_related("user")]
    place = {"cohort": scene.cohort} if older else {"programme": scene.programme}
    for entry in scene.entries("staff"):
        by = scene.staff[0] if scene.staff else None
        user = appoint(entry["name"], entry["email"], place, by=by, at=at).user
        user.phone = entry["phone"]
        scene.staff.append(saved(user))
    scene.staff += older
    for entry in scene.entries("coordinator"):
        institution = scene.organisations[entry["organisation"]]
        place = {"cohort": scene.cohort, "organisation": institution}
        appointment = appoint(entry["name"], entry["email"], place, by=scene.host, at=at)
        scene.coordinators[institution.name] = appointment.user
