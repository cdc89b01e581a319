from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError

from cohorts.models import User
from cohorts.models.users import normalise_email


class Command(BaseCommand):
    help = "Forget somebody's authenticator app and recovery codes, so that they set them up anew."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *args, email, **options):
        user = User.objects.filter(email=normalise_email(email)).first()
        if user is None:
            raise CommandError(f"Nobody signs in with {email}.")
        Authenticator.objects.filter(user=user).delete()
        user.end_sessions()
        self.stdout.write(f"{user.name} sets up the second step anew when signing in next.")
