from importlib import import_module

from django.core.management.base import BaseCommand, CommandError

APPS = ("cohorts", "workshops")


class Command(BaseCommand):
    help = "Says which rows break a rule that the database cannot keep; fails if any does."

    def handle(self, **options):
        found = [
            sentence for app in APPS for sentence in import_module(f"{app}.integrity").problems()
        ]
        for sentence in found:
            self.stdout.write(sentence)
        if found:
            raise CommandError(f"{len(found)} rules are broken.", returncode=1)
        self.stdout.write("Every rule holds.")
