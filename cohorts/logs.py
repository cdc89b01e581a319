import logging
import re
import traceback

TOKEN = re.compile(r"(/(?:card|calendar)/)[\w-]+")
LOGGERS = ("django.request", "django.server", "django.security.csrf", "gunicorn.error")


class HideTokens(logging.Filter):
    """Keep out of the logs the addresses that open something: of a card, of a calendar."""

    def filter(self, record):
        record.msg = hidden(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(map(hidden, record.args))
        return True


class DiscreetFormatter(logging.Formatter):
    """Tells where an error arose and of which kind, but not its words.

    They may quote people: PostgreSQL says whose e-mail is there already.
    """

    def __init__(self):
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def formatException(self, exc_info):
        kind, _error, trace = exc_info
        return "".join(traceback.format_tb(trace)) + kind.__qualname__


def hidden(value):
    return TOKEN.sub(r"\1…", value) if isinstance(value, str) else value


def hide_tokens():
    for name in LOGGERS:
        logging.getLogger(name).addFilter(HideTokens())
