import os
import socket
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

# A page that makes a PDF keeps one process busy; the other still answers.
PROCESSES = "2"
THREADS = "4"
# Ctrl-C waits this long for a page that is being made, in seconds.
PATIENCE = "5"
HIGHEST_PORT = 65535


def listen_on_free_port(first):
    """Return a socket that already listens: no other process can take the port before we serve."""
    for port in range(first, min(first + 100, HIGHEST_PORT + 1)):
        listener = socket.socket()
        # A port that was left a minute ago would count as taken.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
            listener.listen(128)
        except OSError:
            listener.close()
        else:
            return listener
    raise CommandError(f"None of the hundred ports from {first} on is free.")


class Command(BaseCommand):
    help = "Serve on this machine, on the first free port, with several processes."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000, help="the first port to try")

    def handle(self, *args, port, **options):
        listener = listen_on_free_port(port)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        os.environ.setdefault("EMBRACE_SITE_URL", address)
        os.environ.setdefault("WEB_CONCURRENCY", PROCESSES)
        if settings.DEMO:
            call_command("sign_in_links", base=address, stdout=self.stdout)
        self.stdout.write(f"\nEmbrace answers on {address}/ (Ctrl-C ends it)")
        self.stdout.flush()
        # gunicorn takes this process's place, and the socket with it.
        listener.set_inheritable(True)
        bind = f"fd://{listener.fileno()}"
        options = ["--bind", bind, "--threads", THREADS]
        options += ["--log-level", "warning", "--graceful-timeout", PATIENCE]
        os.execv(  # noqa: S606 # our own interpreter, with fixed arguments
            sys.executable, [sys.executable, "-m", "gunicorn", "embrace.wsgi", *options]
        )
