from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from cohorts.models import User
from cohorts.models.users import normalise_email


class Command(BaseCommand):
    help = "Make a platform admin, who creates programmes and their first staff under /admin/."

    def add_arguments(self, parser):
        parser.add_argument("--name", required=True)
        parser.add_argument("--email", required=True, help="where the codes to sign in are sent")

    def handle(self, *args, name, email, **options):
        email = normalise_email(email)
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"This is no e-mail: {email}") from error
        user = User.objects.find_or_create(name, email)
        user.is_admin = user.is_active = True
        user.save(update_fields=["is_admin", "is_active"])
        self.stdout.write(f"{user.name} signs in with {email} and sets up the second step then.")
