from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cohorts.models import User
from cohorts.models.users import normalise_email
from embrace.erasure import erase


class Command(BaseCommand):
    help = (
        "Erase whoever signs in with an e-mail, in all their roles: a former coordinator or "
        "colleague, whom no cohort's page shows. Those who take part are erased on their page."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *args, email, **options):
        user = User.objects.filter(email=normalise_email(email)).first()
        if user is None:
            raise CommandError(f"Nobody signs in with {email}.")
        for appointment in user.appointments.select_related("programme", "cohort"):
            if appointment.is_last_staff():
                place = appointment.programme or appointment.cohort
                raise CommandError(
                    f"Nobody else would be staff of {place}: appoint somebody first."
                )
        erase(user, by=None, at=timezone.now())
        self.stdout.write("Erased.")
