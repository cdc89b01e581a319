"""Who may do what at a workshop; `cohorts.permissions` says who may manage its cohort."""


def facilitates(user, workshop):
    return workshop.facilitations.filter(user=user).exists()
