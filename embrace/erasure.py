"""Erase what is known of a person, and keep what the cohort did without their name.

`ERASURE` says for every key to an account, a participant or a guest what becomes of its row. Rows
that counts rest on are kept, and lead to a person without name, e-mail or phone.
"""

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction

from cohorts.database_rules import ERASED
from cohorts.models import AgeBand, Gender, Guest, Participant, User
from workshops.models import AttendanceCorrection, RegistrationMove
from workshops.withdrawal import give_up_places, withdraw

PEOPLE = (User, Participant, Guest)
DELETE = "the row goes"
BLANK = "the key is emptied, since it only says who entered or decided something"
COUNTED = "kept: attendance and its totals rest on it, and it leads to nobody's name"
FACILITATED = "kept: how many facilitated is counted, and it leads to nobody's name"
SECOND_PERSON = "kept: whoever took the notes may not check them, whatever their name was"

ERASURE = {
    "account.EmailAddress.user": DELETE,
    "admin.LogEntry.user": DELETE,
    "mfa.Authenticator.user": DELETE,
    "cohorts.Appointment.user": DELETE,
    "cohorts.Appointment.recorded_by": BLANK,
    "cohorts.Card.participant": DELETE,
    "cohorts.Card.recorded_by": BLANK,
    "cohorts.Cohort.recorded_by": BLANK,
    "cohorts.Need.participant": DELETE,
    "cohorts.Need.guest": DELETE,
    "cohorts.OutboxMessage.user": DELETE,
    "cohorts.Participant.user": COUNTED,
    "cohorts.Participant.recorded_by": BLANK,
    "cohorts.User.erased_by": BLANK,
    "workshops.Action.recorded_by": BLANK,
    "workshops.Answer.recorded_by": BLANK,
    "workshops.Answer.retracted_by": BLANK,
    "workshops.Attendance.recorded_by": BLANK,
    "workshops.AttendanceCorrection.recorded_by": BLANK,
    "workshops.CalendarFeed.user": DELETE,
    "workshops.Decision.recorded_by": BLANK,
    "workshops.Facilitation.user": FACILITATED,
    "workshops.Facilitation.recorded_by": BLANK,
    "workshops.Idea.recorded_by": BLANK,
    "workshops.IdeaAction.recorded_by": BLANK,
    "workshops.NoteTaker.user": SECOND_PERSON,
    "workshops.Progress.recorded_by": BLANK,
    "workshops.Progress.retracted_by": BLANK,
    "workshops.Registration.participant": COUNTED,
    "workshops.Registration.guest": COUNTED,
    "workshops.Registration.recorded_by": BLANK,
    "workshops.RegistrationMove.recorded_by": BLANK,
    "workshops.Subject.recorded_by": BLANK,
    "workshops.SubjectIdea.recorded_by": BLANK,
    "workshops.Testimony.checked_by": BLANK,
    "workshops.TestimonyTheme.recorded_by": BLANK,
    "workshops.Theme.checked_by": BLANK,
    "workshops.Theme.recorded_by": BLANK,
    "workshops.Theme.worded_by": BLANK,
    "workshops.ThemeIdea.recorded_by": BLANK,
    "workshops.ThemeSubject.recorded_by": BLANK,
    "workshops.Workshop.notes_closed_by": BLANK,
    "workshops.Workshop.recorded_by": BLANK,
    "reports.Edition.approved_by": BLANK,
    "reports.Edition.published_by": BLANK,
    "reports.ReportText.recorded_by": BLANK,
}


def keys_to_people():
    """Return {"app.Model.field": field} of every key in the project that leads to a person."""
    fields = (field for model in apps.get_models() for field in model._meta.get_fields())
    return {
        f"{field.model._meta.label}.{field.name}": field
        for field in fields
        if field.is_relation and field.related_model in PEOPLE and not field.auto_created
    }


@transaction.atomic
def erase(person, *, by, at):
    """Erase an account, a participant or a guest.

    A participant whose account serves elsewhere too, in another cohort or in another role, leaves
    that account as it is and goes on without a name here.
    """
    if isinstance(person, Guest):
        return erase_guest(person, by, at)
    if isinstance(person, Participant):
        return erase_participant(person, by, at)
    for participant in person.participations.select_related("cohort"):
        erase_participation(participant, by, at)
    return erase_account(person, by, at)


def erase_participant(participant, by, at):
    people = Participant.objects.select_for_update(of=["self"]).select_related("user", "cohort")
    participant = people.get(pk=participant.pk)
    if participant.user.erased_at:
        return
    erase_participation(participant, by, at)
    account = participant.user
    if serves_elsewhere(account, participant):
        part_from_account(participant, account, by, at)
    else:
        erase_account(account, by, at)


def erase_participation(participant, by, at):
    withdraw(participant, by=by, at=at)
    follow_table(participant)
    erase_reasons(participant.registrations.all())
    Participant.objects.filter(pk=participant.pk).update(
        organisation=None,
        function="",
        languages=[],
        gender=Gender.NOT_STATED,
        age_band=AgeBand.NOT_STATED,
    )


def erase_guest(guest, by, at):
    give_up_places(guest, by=by, at=at)
    follow_table(guest)
    erase_reasons(guest.registrations.all())
    guest.first_name, guest.language, guest.erased_at = ERASED, "", at
    guest.save()


def erase_account(user, by, at):
    end_sessions(user)
    follow_table(user)
    about = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk)
    )
    about.update(object_repr=ERASED, change_message="")
    make_nameless(user, by, at)


def make_nameless(user, by, at):
    user.name, user.email, user.phone = ERASED, None, None
    user.language = User.language.field.default
    user.is_active = user.is_admin = False
    user.last_login = None
    user.erased_at, user.erased_by = at, by
    user.set_unusable_password()
    user.save()


def serves_elsewhere(user, participant):
    cohort = participant.cohort_id
    return (
        user.is_admin
        or user.appointments.exists()
        or user.participations.exclude(pk=participant.pk).exists()
        or user.facilitations.exclude(workshop__cohort=cohort).exists()
    )


def part_from_account(participant, account, by, at):
    """Let a nameless account take over what this person did in the cohort."""
    nobody = User(joined_at=at)
    make_nameless(nobody, by, at)
    Participant.objects.filter(pk=participant.pk).update(user=nobody)
    # Elsewhere the account goes on, and so does what it did there.
    in_cohort = {"workshop__cohort": participant.cohort_id}
    account.facilitations.filter(**in_cohort).update(user=nobody)
    account.note_takings.filter(**in_cohort).update(user=nobody)
    account.outbox_messages.filter(cohort=participant.cohort_id).delete()


def follow_table(person):
    """Do to every row that has a key to `person` what ERASURE says."""
    for key, fate in ERASURE.items():
        field = field_of(key)
        if field.related_model is not type(person):
            continue
        rows = field.model._base_manager.filter(**{field.name: person})
        if fate == DELETE:
            rows.delete()
        elif fate == BLANK:
            rows.update(**{field.name: None})


def field_of(key):
    label, name = key.rsplit(".", 1)
    return apps.get_model(label)._meta.get_field(name)


def erase_reasons(registrations):
    """What staff wrote about a place or a presence may speak of the person."""
    registrations.exclude(override_reason="").update(override_reason=ERASED)
    moves = RegistrationMove.objects.filter(registration__in=registrations)
    # The rows are frozen, but for a text that becomes ERASED: see database_rules.
    moves.exclude(reason="").update(reason=ERASED)
    corrections = AttendanceCorrection.objects.filter(attendance__registration__in=registrations)
    corrections.update(reason=ERASED)


def end_sessions(user):
    """Sign the account out everywhere; a session may also hold the e-mail that asked for a code."""
    # Sessions are closed bags: there is no other way to find those of one person.
    for session in Session.objects.iterator():
        kept = session.get_decoded()
        if kept.get("_auth_user_id") == str(user.pk) or (user.email and user.email in str(kept)):
            session.delete()
