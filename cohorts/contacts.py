"""Change what somebody signs in with; the caller has made sure that they may."""

from allauth.account.models import EmailAddress
from django.db import transaction


@transaction.atomic
def change_contacts(user, *, name, email, phone, language):
    """Change an account's name, e-mail, phone and language."""
    former = user.email
    user.name, user.email, user.phone, user.language = name, email, phone, language
    user.save()
    if former and former != user.email:
        leave_former_email(user)


@transaction.atomic
def leave_former_email(user):
    """Whoever reads the former e-mail, a stranger perhaps, signs in no more and is signed out.

    allauth keeps addresses of its own: one left there would refuse the next person who has it.
    """
    EmailAddress.objects.filter(user=user).exclude(email=user.email or "").delete()
    user.end_sessions()
