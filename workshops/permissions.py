"""Who may do what at a workshop; `cohorts.permissions` says who may manage its cohort."""

from cohorts.permissions import can_answer_for


def facilitates(user, workshop):
    return workshop.facilitations.filter(user=user).exists()


def may_speak_for_lead(user, action, *, manages):
    """Answer and report progress: the leading institution's coordinator, or staff on its behalf."""
    if action.lead_id is None:
        return False
    return manages or can_answer_for(user, action.cohort, action.lead)
