"""The workshops: who was asked, who came, and what was noted there."""

from datetime import timedelta

from cohorts.models import Guest
from embrace.demo.content import chosen
from embrace.demo.scene import saved
from workshops import allocation, attendance
from workshops.models import Attendance, HalfDay, Registration, Workshop

OF_WORKSHOP = (
    "kind", "title", "outcome", "track", "venue", "languages", "mode", "capacity",
    "newcomer_seats", "agent_seats", "guests_allowed",
)  # fmt: skip
GUEST = "guest: "
PLANNED = timedelta(days=28)
SAID_SO = timedelta(days=2)
PARTS = {HalfDay.Part.MORNING: "morning", HalfDay.Part.AFTERNOON: "afternoon"}
State = Attendance.State


def add_workshops(scene):
    for entry in scene.entries("workshop"):
        workshop = add_workshop(scene, entry)
        scene.workshops[entry["key"]] = workshop
        register(scene, workshop, entry)
        if entry.get("status", "held") == "held":
            hold(scene, workshop, entry)


def add_workshop(scene, entry):
    starts, ends = scene.local(entry["starts_at"]), scene.local(entry["ends_at"])
    planned = {"recorded_by": scene.host, "recorded_at": starts - PLANNED}
    workshop = Workshop(
        cohort=scene.cohort,
        starts_at=starts,
        ends_at=ends,
        **planned,
        **chosen(entry, *OF_WORKSHOP),
    )
    workshop.phase = workshop.proposed_phase()
    saved(workshop).renew_half_days()
    workshop.move_to(Workshop.Status.OPEN)
    for name in entry["facilitators"]:
        user = scene.user(name)
        allocation.add_facilitator(workshop, user, by=scene.host, at=starts - PLANNED)
    return workshop


# --- Who comes ----------------------------------------------------------------------------------


def register(scene, workshop, entry):
    """Those who said that they can't come; then those who asked, in their order."""
    people = scene.people | add_guests(scene, entry)
    for name in entry.get("declined", []):
        how = told_by(scene, people[name]) | {"at": workshop.starts_at - SAID_SO}
        allocation.say_cannot_come(workshop, people[name], **how)
    for number, name in enumerate(entry.get("asked", [])):
        at = scene.moment(entry["asked_on"], minutes=7 * number)
        allocation.ask(workshop, people[name], **told_by(scene, people[name]), at=at)
    for name in entry.get("cancelled", []):
        registration = workshop.registrations.get(participant=people[name])
        how = told_by(scene, people[name]) | {"at": scene.moment(entry["cancelled_on"], hour=15)}
        allocation.give_up(registration, Registration.Status.CANCELLED, **how)


def add_guests(scene, entry):
    at = scene.moment(entry["asked_on"], hour=9) if "asked_on" in entry else None
    return {
        GUEST + guest["first_name"]: saved(Guest(cohort=scene.cohort, added_at=at, **guest))
        for guest in entry.get("guest", [])
    }


def told_by(scene, person):
    """Whoever signs in by e-mail does it themselves; staff do it for the others."""
    user = getattr(person, "user", None)
    if user and user.email:
        return {"by": user}
    return {"by": scene.host, "on_behalf": True}


# --- Who came -----------------------------------------------------------------------------------


def hold(scene, workshop, entry):
    how = {"by": scene.host, "at": workshop.ends_at}
    for half_day in workshop.half_days.all():
        said = entry["attendance"].get(PARTS[half_day.part], {})
        attendance.record(workshop, marks_of(scene, workshop, half_day, said), **how)
        attendance.record_rest_present(workshop, half_day, **how)
    attendance.close(workshop, **how)
    workshop.refresh_from_db()


def marks_of(scene, workshop, half_day, said):
    states = {State.EXCUSED: said.get("excused", []), State.ABSENT: said.get("absent", [])}
    return [
        attendance.Mark(person_named(scene, workshop, name), half_day, state)
        for state, names in states.items()
        for name in names
    ]


def person_named(scene, workshop, name):
    if not name.startswith(GUEST):
        return scene.people[name]
    guests = Guest.objects.filter(registrations__workshop=workshop)
    return guests.get(first_name=name.removeprefix(GUEST))
