from cohorts.models import Card, OutboxMessage, Participant
from tests.access.table import STAFF_ONLY, Row
from tests.factories import NOW, make_participant, make_phase

# A programme is not seen by those who take part in its cohorts.
PROGRAMME_STAFF_ONLY = ("in", 404, 404, 404, 404, 404, 403, 404)
ALL_STAFF = ("in", 404, 404, 404, 404, 404, 200, 404)
EVERYBODY = (200, 200, 200, 200, 200, 200, 200, 200)
SIGNED_IN = (302, 302, 302, 302, 302, 302, 302, 302)
POSTED = ("in", 404, 403, 403, 403, 403, 302, 404)


def of_phase(world):
    return [world["cohort"].slug, make_phase(world["cohort"]).pk]


def of_person(world):
    return [world["cohort"].slug, Participant.objects.get(user=world["newcomer"]).pk]


def of_new_person(world):
    return [world["cohort"].slug, make_participant(world["cohort"]).pk]


def of_appointment(world):
    appointment = world["coordinator"].appointments.get()
    return [world["cohort"].slug, appointment.pk]


def of_card(world):
    people = world["cohort"].participants.filter(user=world["newcomer"])
    return [Card.objects.issue(people, by=None, at=NOW)[0].token]


def of_message(world):
    message = OutboxMessage.objects.create(
        cohort=world["cohort"], user=world["newcomer"], language="fr", subject="…", queued_at=NOW
    )
    return [world["cohort"].slug, message.pk]


def of_programme(world):
    return [world["programme"].pk]


def of_organisation(world):
    return [world["programme"].pk, world["city"].pk]


ROWS = [
    Row("cohorts:details", ("in", 200, 200, 200, 200, 200, 200, 200), lambda world: []),
    Row("cohorts:list", ("in", 200, 200, 200, 200, 200, 200, 200), lambda world: []),
    Row("cohorts:add", ("in", 403, 403, 403, 403, 403, 403, 403), lambda world: []),
    Row("cohorts:edit", STAFF_ONLY),
    Row("cohorts:remove", ("in", 404, 403, 403, 403, 403, 403, 404)),
    Row("cohorts:phases", STAFF_ONLY),
    Row("cohorts:phases_lay_out", POSTED, method="post"),
    Row("cohorts:phase_add", STAFF_ONLY),
    Row("cohorts:phase_edit", STAFF_ONLY, of_phase),
    Row("cohorts:phase_remove", STAFF_ONLY, of_phase),
    Row("cohorts:programme", ALL_STAFF, of_programme),
    Row("cohorts:programme_edit", PROGRAMME_STAFF_ONLY, of_programme),
    Row("cohorts:organisations", ALL_STAFF, of_programme),
    Row("cohorts:organisation_add", ALL_STAFF, of_programme),
    Row("cohorts:organisation_edit", ALL_STAFF, of_organisation),
    Row("cohorts:organisation_remove", ALL_STAFF, of_organisation),
    Row("cohorts:team", STAFF_ONLY),
    Row("cohorts:appointment_add", STAFF_ONLY),
    Row("cohorts:appointment_edit", STAFF_ONLY, of_appointment),
    Row("cohorts:appointment_remove", STAFF_ONLY, of_appointment),
    Row("cohorts:people", ("in", 404, 403, 403, 200, 403, 200, 404)),
    Row("cohorts:person_add", STAFF_ONLY),
    Row("cohorts:people_add", STAFF_ONLY),
    Row("cohorts:import_people", STAFF_ONLY),
    Row("cohorts:import_model", STAFF_ONLY, is_page=False),
    Row("cohorts:person", STAFF_ONLY, of_person),
    Row("cohorts:person_edit", STAFF_ONLY, of_person),
    Row("cohorts:person_remove", STAFF_ONLY, of_new_person),
    Row("cohorts:person_take_back", POSTED, of_person, method="post"),
    Row("cohorts:cards_issue", STAFF_ONLY),
    Row("cohorts:card_issue", STAFF_ONLY, of_person),
    Row("cohorts:card_revoke", STAFF_ONLY, of_person),
    Row("cohorts:card_revoke", POSTED, of_person, method="post"),
    Row("cohorts:card_sign_in", (200, 302, 302, 302, 302, 302, 302, 302), lambda world: []),
    Row("cohorts:card_scan", EVERYBODY, of_card),
    Row("cohorts:card_scan", SIGNED_IN, of_card, method="post"),
    Row("cohorts:outbox", STAFF_ONLY),
    Row("cohorts:message", STAFF_ONLY, of_message),
    Row("cohorts:message_hold", POSTED, of_message, method="post"),
    Row("cohorts:message_release", POSTED, of_message, method="post"),
]
