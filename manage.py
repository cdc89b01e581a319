#!/usr/bin/env python
import os
import sys

STOPPED_BY_CTRL_C = 130


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "embrace.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(STOPPED_BY_CTRL_C)
