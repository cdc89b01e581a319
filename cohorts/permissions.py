"""Who may do what with a cohort and its people. When it may be done is the models' business."""

from allauth.mfa.models import Authenticator

from cohorts.models import Cohort, Participant, Programme, User


def can_manage(user, cohort):
    return Cohort.objects.managed_by(user).filter(pk=cohort.pk).exists()


def can_manage_programme(user, programme):
    return Programme.objects.managed_by(user).filter(pk=programme.pk).exists()


def can_change_appointment(user, appointment):
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


# Coordinators see no contact and no testimony: their e-mail is enough.
def needs_second_factor(user):
    return user.is_admin or user.appointments.of_staff().exists()


def has_authenticator(user):
    """Whether a second factor is set up; recovery codes alone are none."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def who_may_have_card(cohort):
    """Those who do nothing but take part in this programme: a card opens all that its holder may.

    Whoever prints a card could use it, so it must not reach further than its printer.
    """
    users = User.objects.taking_part_only_in(cohort.programme).filter(is_active=True)
    return cohort.participants.present().filter(user__in=users)


def has_role(user):
    return user.is_admin or user.appointments.exists()


def may_sign_in_by_card(participant):
    """A card is for taking part: whoever has a role or a second factor signs in by e-mail."""
    user = participant.user
    return user.is_active and not has_role(user) and not has_authenticator(user)
