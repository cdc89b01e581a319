from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from embrace.demo.load import load


class Command(BaseCommand):
    help = "Load the demonstration's two cohorts; those that are there stay as they are."

    def handle(self, **options):
        try:
            said = load(at=timezone.now())
        except ValidationError as error:
            raise CommandError(f"The demonstration cannot be loaded: {error}") from error
        for sentence in said or ["The demonstration is there already."]:
            self.stdout.write(sentence)
