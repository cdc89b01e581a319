"""Measure one part in the environment of its own, and print the measures as JSON."""

import json
import sys
from importlib import import_module

import django

if __name__ == "__main__":
    part, engine = sys.argv[1:]
    django.setup()
    measures = import_module(f"tests.bench.{part}").measure(engine)
    print(json.dumps([vars(measure) for measure in measures]))
