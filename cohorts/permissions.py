"""Who may do what with a cohort and its people. When it may be done is the models' business."""

from cohorts.models import Cohort, Participant, Programme


def can_manage(user, cohort):
    return Cohort.objects.managed_by(user).filter(pk=cohort.pk).exists()


def can_manage_programme(user, programme):
    return Programme.objects.managed_by(user).filter(pk=programme.pk).exists()


def can_remove_appointment(user, appointment):
    """Whoever manages the cohort; for staff of the whole programme, whoever manages that."""
    if appointment.programme:
        return can_manage_programme(user, appointment.programme)
    return can_manage(user, appointment.cohort)


def can_answer_for(user, cohort, organisation):
    """Whether the user is this institution's coordinator in this cohort."""
    return (
        user.appointments.of_coordinators()
        .filter(cohort=cohort, organisation=organisation)
        .exists()
    )


def is_coordinator(user, cohort):
    return user.appointments.of_coordinators().filter(cohort=cohort).exists()


def participation(user, cohort):
    """The user's own place in the cohort, or None."""
    return Participant.objects.present().filter(user=user, cohort=cohort).first()


def needs_second_factor(user):
    return user.is_admin or user.appointments.of_staff().exists()
