"""Try `./run` as somebody who has just cloned the project: start, follow the links, make a report.

Plain Python and a data folder of its own, so that it runs before anything is installed.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

PROJECT = Path(__file__).resolve().parent.parent
ROLES = 5
LOGIN = "/accounts/login/"


def read_until_ready(process):
    """Echo what `./run` prints until it answers; return its address and all it printed."""
    printed = ""
    for line in process.stdout:
        print("   ", line, end="", flush=True)
        printed += line
        ready = re.search(r"answers on (http://127\.0\.0\.1:\d+)/", line)
        if ready:
            return ready[1], printed
    raise AssertionError(f"./run ended with status {process.wait()} before it answered")


def start():
    return subprocess.Popen(
        ["./run"], cwd=PROJECT, stdout=subprocess.PIPE, text=True, start_new_session=True
    )


@contextmanager
def running():
    process = start()
    try:
        yield read_until_ready(process)
        os.killpg(process.pid, signal.SIGINT)
        status = process.wait(timeout=20)
        assert status == 0, f"Ctrl-C ended ./run with status {status}"
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def open_page(browser, address, data=None):
    """Return status, final address and text of a page."""
    body = data and urlencode(data).encode()
    try:
        answer = browser.open(Request(address, body, {"Referer": address}), timeout=60)
    except HTTPError as error:
        answer = error
    return answer.status, answer.url, answer.read().decode()


def sign_in(link):
    """Open a sign-in link in a new browser and press its button; return where that leads."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    status, address, page = open_page(browser, link)
    button = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    if status == 200 and button:
        status, address, _ = open_page(browser, link, {"csrfmiddlewaretoken": button[1]})
    return status, urlsplit(address).path


def check_link(link):
    status, path = sign_in(link)
    assert status == 200, f"{link} led to {path}, which answered {status}"
    assert path not in (urlsplit(link).path, LOGIN), f"{link} signed nobody in"
    status, path = sign_in(link)
    assert status >= 400 or path in (urlsplit(link).path, LOGIN), f"{link} worked twice"


def check_first_start():
    with running() as (address, printed):
        status, _, _ = open_page(build_opener(), f"{address}/")
        assert status == 200, f"{address} answered {status}"
        links = re.findall(rf"{address}/\S+", printed)
        assert len(links) == ROLES, f"{len(links)} sign-in links instead of {ROLES}"
        for link in links:
            check_link(link)
        report = re.search(r"^Report .*: (/.*\.pdf)$", printed, re.MULTILINE)
        assert report, "no report was made"
        check_pdf(Path(report[1]))


def check_second_start():
    began = time.monotonic()
    with running() as (address, _):
        open_page(build_opener(), address)
        took = time.monotonic() - began
    assert took < 30, f"the second start took {took:.0f} s"


def check_killed_start():
    """Kill everything in the middle; the next start, checked after this one, has to go on."""
    process = start()
    time.sleep(2)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def check_folder(folder):
    modes = {
        path.name: oct(path.stat().st_mode & 0o777) for path in (folder, *folder.glob("embrace_*"))
    }
    assert modes == {
        folder.name: "0o700",
        "embrace_secret_key": "0o600",
        "embrace_card_pepper": "0o600",
    }, f"others may read what is private: {modes}"


def check_report(path):
    command = ["./run", "report", "est-ensemble-2022", "--language", "en", "-o", path]
    subprocess.run(command, cwd=PROJECT, check=True)
    check_pdf(path)


def check_pdf(path):
    assert path.read_bytes().startswith(b"%PDF"), f"{path} is no PDF"


def main():
    with tempfile.TemporaryDirectory(prefix="embrace-smoke-") as name:
        folder = Path(name, "data")
        os.environ["EMBRACE_DATA"] = str(folder)
        try:
            check_first_start()
            check_folder(folder)
            check_killed_start()
            check_second_start()
            check_report(folder / "report.pdf")
        except (AssertionError, subprocess.CalledProcessError) as fault:
            sys.exit(f"! {fault}")
    print("./run works from nothing: started, signed in, restarted, made the report.")


if __name__ == "__main__":
    main()
