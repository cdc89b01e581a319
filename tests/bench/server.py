"""The product's own server with two processes, and people who send it requests."""

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from embrace.management.commands.serve import listen_on_free_port
from tests.signing_in import sign_in

CSRF = "c" * 32
PATIENCE = 300


@contextmanager
def serving(application="embrace.wsgi", threads=4):
    """Serve with two processes; yield the port."""
    listener = listen_on_free_port(8700)
    port, handle = listener.getsockname()[1], listener.fileno()
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"fd://{handle}"]
    options = ["--preload", "--workers", "2", "--threads", str(threads), "--log-level", "warning"]
    process = subprocess.Popen(command + options, pass_fds=[handle], stdout=sys.stderr)
    listener.close()
    try:
        wait_until_it_answers(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_until_it_answers(port):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if Visitor(port).get("/accounts/login/") == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("The server does not answer.")


class Visitor:
    """Somebody with a browser, signed in or not."""

    def __init__(self, port, user=None):
        self.port = port
        self.cookies = {settings.CSRF_COOKIE_NAME: CSRF}
        if user:
            client = Client()
            sign_in(client, user)
            self.cookies[settings.SESSION_COOKIE_NAME] = client.session.session_key

    def get(self, path):
        return self.send("GET", path)

    def post(self, path, **typed):
        return self.send("POST", path, urlencode({"csrfmiddlewaretoken": CSRF} | typed))

    def send(self, method, path, body=None):
        """Return the status of the answer."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()


def all_at_once(calls):
    """Run the calls in threads that begin together; return what each returned."""
    start = threading.Barrier(len(calls))

    def run(call):
        start.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))
