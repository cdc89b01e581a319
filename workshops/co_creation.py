"""What the tables propose in co-creation."""

from django.db import transaction

from workshops.models import Idea, Letter, SubjectIdea
from workshops.models.references import take_numbers


@transaction.atomic
def add_ideas(cohort, titles, *, by, at, workshop=None, table_number=None):
    """Add one table's ideas, in their order, under the subject that was chosen; return them."""
    told = {"recorded_by": by, "recorded_at": at}
    numbers = take_numbers(cohort, Letter.IDEA, len(titles))
    ideas = Idea.objects.bulk_create(
        Idea(
            cohort=cohort,
            number=number,
            title=title,
            workshop=workshop,
            table_number=table_number,
            **told,
        )
        for number, title in zip(numbers, titles, strict=True)
    )
    SubjectIdea.objects.bulk_create(
        SubjectIdea(subject=subject, idea=idea, **told)
        for subject in cohort.subjects.chosen()
        for idea in ideas
    )
    return ideas
