"""Run the parts and say how each measure went; see the package."""

import argparse
import json
import sys
from pathlib import Path

from tests.bench.measures import Measure, as_table
from tests.bench.scratch import run, scratch

PARTS = ["seats"]


def main():
    arguments = read_arguments()
    servers = {"sqlite": None}
    if arguments.postgresql:
        servers["postgresql"] = arguments.postgresql
    measures = [
        measure
        for part in arguments.parts or PARTS
        for engine, server in servers.items()
        for measure in measured(part, engine, server)
    ]
    print(as_table(measures))
    if arguments.json:
        arguments.json.write_text(json.dumps([vars(each) for each in measures], indent=1) + "\n")
    return 0 if all(each.held for each in measures) else 1


def read_arguments():
    parser = argparse.ArgumentParser(prog="./run bench", description="Measure, and compare.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; else all")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the measures there too")
    parser.add_argument("--postgresql", metavar="ADDRESS", help="a server to measure on as well")
    arguments = parser.parse_args()
    unknown = set(arguments.parts) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return arguments


def measured(part, engine, server):
    print(f"Measuring {part} on {engine} ...", file=sys.stderr)
    with scratch(server) as environment:
        rows = json.loads(run(environment, "-m", "tests.bench.one", part, engine))
    return [Measure(**row) for row in rows]


if __name__ == "__main__":
    sys.exit(main())
