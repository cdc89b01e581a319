import logging
import re

TOKEN = re.compile(r"(/card/)[\w-]+")
LOGGERS = ("django.request", "django.server", "django.security.csrf")


class HideCardTokens(logging.Filter):
    """Keep out of the logs the addresses by which a card signs somebody in."""

    def filter(self, record):
        record.msg = hidden(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(map(hidden, record.args))
        return True


def hidden(value):
    return TOKEN.sub(r"\1…", value) if isinstance(value, str) else value


def hide_card_tokens():
    for name in LOGGERS:
        logging.getLogger(name).addFilter(HideCardTokens())
