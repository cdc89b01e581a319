from django.core.management.base import BaseCommand, CommandError

from cohorts.models import User
from cohorts.models.users import normalise_email
from cohorts.second_factor import forget


class Command(BaseCommand):
    help = "Forget somebody's authenticator app and recovery codes, so that they set them up anew."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *args, email, **options):
        users = User.objects.filter(email=normalise_email(email))
        if not users:
            raise CommandError(f"Nobody signs in with {email}.")
        forget(users)
        self.stdout.write(f"{users[0].name} sets up the second step anew when signing in next.")
