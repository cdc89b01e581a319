"""Change what somebody signs in with; the caller has made sure that they may."""

from allauth.account.models import EmailAddress
from django.db import transaction


@transaction.atomic
def change_contacts(user, *, name, email, phone, language):
    """Change an account's name, e-mail, phone and language.

    An e-mail that is no longer the person's must not sign them in any more, so what allauth
    remembers of it goes.
    """
    user.name, user.email, user.phone, user.language = name, email, phone, language
    user.save()
    EmailAddress.objects.filter(user=user).exclude(email=user.email or "").delete()
