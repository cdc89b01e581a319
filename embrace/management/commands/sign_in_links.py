from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from embrace.demo.links import make_links


class Command(BaseCommand):
    help = "Print a link for each role of the demonstration; each signs in once, within a day."

    def add_arguments(self, parser):
        parser.add_argument("--base", default=settings.SITE_URL, help="where Embrace answers")

    def handle(self, base, **options):
        if not settings.DEMO:
            raise CommandError("These links need EMBRACE_DEMO=1.")
        links = make_links(base.rstrip("/"))
        if not links:
            self.stdout.write("The demonstration is not loaded: ./run demo")
        with override("en"):
            for role, user, address in links:
                self.stdout.write(f"{f'{role} ({user.first_name})':24} {address}")
