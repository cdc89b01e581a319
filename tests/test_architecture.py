"""Who may import whom: an app knows only those below it, and nobody knows the project package."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAY_IMPORT = {
    "cohorts": set(),
    "workshops": {"cohorts"},
    "reports": {"cohorts", "workshops"},
    "embrace": {"cohorts", "workshops", "reports"},
}
FORBIDDEN_NAMES = {"common", "core", "utils", "helpers", "services", "signals"}


def imported_apps(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_architecture_app_imports_only_those_below(app):
    others = set(MAY_IMPORT) - {app}
    found = {
        (str(path.relative_to(ROOT)), imported)
        for path in (ROOT / app).rglob("*.py")
        for imported in imported_apps(path)
        if imported in others - MAY_IMPORT[app]
    }
    assert found == set()


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_architecture_has_no_junk_drawer(app):
    names = {path.stem for path in (ROOT / app).rglob("*.py")}
    assert names & FORBIDDEN_NAMES == set()


def test_architecture_weasyprint_is_imported_in_one_module():
    found = {
        str(path.relative_to(ROOT))
        for app in MAY_IMPORT
        for path in (ROOT / app).rglob("*.py")
        if "weasyprint" in imported_apps(path)
    }
    assert found <= {"reports/pdf.py"}
