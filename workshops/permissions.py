"""Who may do what at a workshop; `cohorts.permissions` says who may manage its cohort."""

from cohorts.permissions import can_answer_for, can_manage


def facilitates(user, workshop):
    return workshop.facilitations.filter(user=user).exists()


def may_speak_for_lead(user, action, *, manages):
    """Answer and report progress: the leading institution's coordinator, or staff on its behalf."""
    if action.lead_id is None:
        return False
    return manages or can_answer_for(user, action.cohort, action.lead)


def may_follow(feed):
    """Whether a calendar address still shows something: it ends with the account and the role."""
    if not feed.user.is_active:
        return False
    return feed.cohort is None or can_manage(feed.user, feed.cohort)


def has_own_workshops(user):
    """Whoever takes part, facilitates, or speaks for an institution; not whoever is staff alone."""
    return (
        user.participations.present().exists()
        or user.facilitations.exists()
        or user.appointments.of_coordinators().exists()
    )
