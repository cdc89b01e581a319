"""How a cohort's common subject is chosen, and taken back: the only module that writes decisions.

Both functions lock the cohort's row first, so that two people recording at once queue up.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Phase
from workshops.models import Decision, DecisionOption, Subject

Method = Decision.Method
Status = Subject.Status


@transaction.atomic
def decide(cohort, subject, *, method, by, at, votes=None, **fields):
    """Record that `subject` was chosen; set the other candidates aside; show all to the cohort.

    `votes` is {subject: (newcomers for it, agents for it)}, `fields` what else the decision holds:
    decided_on, reason, workshop, newcomer_voters, agent_voters. Raises ValidationError when a
    subject is chosen already, when the numbers cannot be, and when a vote lacks the support of one
    of the groups.
    """
    lock(cohort)
    subject = cohort.subjects.get(pk=subject.pk)
    if subject.status != Status.CANDIDATE or in_force(cohort):
        raise ValidationError(_("This cohort has already chosen its subject."))
    decision = Decision(
        cohort=cohort, subject=subject, method=method, recorded_by=by, recorded_at=at, **fields
    )
    options = [
        DecisionOption(
            decision=decision, subject=option, newcomer_votes=newcomers, agent_votes=agents
        )
        for option, (newcomers, agents) in (votes or {}).items()
    ]
    check(decision, options, today=cohort.today(at))
    decision.save()
    DecisionOption.objects.bulk_create(options)
    cohort.subjects.candidates().exclude(pk=subject.pk).update(status=Status.SET_ASIDE)
    cohort.subjects.filter(pk=subject.pk).update(status=Status.CHOSEN)
    # What was chosen means little beside candidates that nobody else ever saw.
    cohort.subjects.release(at=at)
    return decision


@transaction.atomic
def reopen(decision, *, at, reason):
    """Take a decision back with a reason; answer whether it was still in force.

    Raises ValidationError once co-creation has started, since ideas then rest on the subject.
    """
    cohort = lock(decision.cohort)
    if co_creation_has_started(cohort, at):
        raise ValidationError(_("Co-creation has started: the subject can no longer be reopened."))
    if not reason:
        raise ValidationError(_("Say why the decision is reopened."))
    reopened = Decision.objects.filter(pk=decision.pk, reopened_on=None).update(
        reopened_on=cohort.today(at), reopened_reason=reason
    )
    if reopened:
        cohort.subjects.update(status=Status.CANDIDATE)
    return bool(reopened)


def lock(cohort):
    return Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)


def in_force(cohort):
    """Return the decision that holds, or None."""
    return cohort.decisions.filter(reopened_on=None).select_related("subject").first()


def co_creation_has_started(cohort, at):
    begun = cohort.phases.filter(kind=Phase.Kind.CO_CREATION, starts_on__lte=cohort.today(at))
    return begun.exists() or cohort.ideas.exists()


def check(decision, options, *, today):
    """Raise ValidationError when what was recorded cannot be, or falls short of the rule."""
    decision.full_clean(exclude=["cohort", "subject"])
    if decision.decided_on > today:
        raise ValidationError({"decided_on": _("This day is still to come.")})
    if decision.method == Method.CONSENSUS:
        return
    if any(has_more_votes_than_voters(option) for option in options):
        raise ValidationError(_("A subject cannot have more people for it than took part."))
    chosen = next((option for option in options if option.subject == decision.subject), None)
    if not chosen or not chosen.has_support_of_each_track:
        raise ValidationError(
            _(
                "Not half of the voters of each group are for this subject, so the vote has not "
                "chosen it. Vote again, or record the consensus that was found in the room."
            )
        )


def has_more_votes_than_voters(option):
    decision = option.decision
    return (
        option.newcomer_votes > decision.newcomer_voters
        or option.agent_votes > decision.agent_voters
    )
