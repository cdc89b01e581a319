from django.core.management.base import BaseCommand
from django.utils import timezone

from cohorts.outbox import send_all


class Command(BaseCommand):
    help = "Sends the messages that wait in the outbox, and tries again those that failed."

    def handle(self, **options):
        sent, failed = send_all(timezone.now())
        self.stdout.write(f"Sent: {sent}. Failed, to be tried again: {failed}.")
