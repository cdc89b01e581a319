import time

import page
import pytest

from reports.markdown import render_markdown
from reports.pdf import render_pdf

LONGEST = 200_000
STYLES = ("fonts", "tokens", "report")


def rendered(text):
    return render_markdown(text).strip()


def test_markdown_makes_paragraphs_lists_and_emphasis():
    assert rendered("Un **mot**.\n\n- a\n- b") == (
        "<p>Un <strong>mot</strong>.</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"
    )


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<!--quote 1--><!--end of quote 1-->",
        '<a href="javascript:alert(1)">x</a>',
        "<style>@import url(https://evil.example/x.css)</style>",
    ],
)
def test_markdown_shows_raw_html_as_it_was_typed(typed):
    escaped = typed.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    assert rendered(typed) == f"<p>{escaped}</p>"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "vbscript:x",
        "file:///etc/passwd",
        "data:text/html,x",
        "data:image/png;base64,x",
        "ftp://e.eu/x",
        "//e.eu/x",
        "/cohorts/",
    ],
)
@pytest.mark.parametrize("form", ["[x]({})", "![x]({})", "[x][1]\n\n[1]: {}", "<{}>"])
def test_markdown_makes_no_link_to_what_runs_or_reads(form, address):
    assert "<a" not in rendered(form.format(address))


@pytest.mark.parametrize(
    "form", ["![x](https://evil.example/x.png)", "![x][1]\n\n[1]: https://e.eu"]
)
def test_markdown_fetches_no_picture(form):
    assert "<img" not in rendered(form)


def test_markdown_cannot_leave_a_links_attribute():
    html = rendered('[x](https://e.eu/"onclick="y "z"" onclick=")')
    assert "<a" not in html or 'onclick="' not in html


def test_markdown_keeps_links_to_pages_and_to_references():
    assert rendered("[A-1](#A-1), <https://e.eu/>") == (
        '<p><a href="#A-1">A-1</a>, <a href="https://e.eu/">https://e.eu/</a></p>'
    )


def test_markdown_tables_name_their_columns():
    html = rendered("| Ville | Lieux |\n|---|---|\n| Pantin | 2 |")
    assert html.count('<th scope="col">') == 2
    assert "<td>Pantin</td>" in html


@pytest.mark.parametrize(
    ("typed", "levels"),
    [
        ("# a\n\n## b\n\n# c", ["3", "4", "3"]),
        ("### a\n\n###### b\n\n# c", ["3", "4", "3"]),
        ("# a\n\n## b\n\n### c\n\n#### d\n\n##### e", ["3", "4", "5", "6", "6"]),
    ],
)
def test_markdown_headings_skip_no_level(typed, levels):
    assert [piece[0] for piece in rendered(typed).split("<h")[1:]] == levels


@pytest.mark.parametrize(
    "text",
    ["مرحبا بكم في التقرير", "Şağ Yılmaz, Олександра, ሰላም", "Bravo 🎉👩🏽‍🦱 !", "a\u202eb\u200d"],
)
def test_markdown_leaves_every_script_and_sign_alone(text):
    assert rendered(text) == f"<p>{text}</p>"


@pytest.mark.parametrize(
    "piece",
    ["> ", "[", "![", "[x](", "*a ", "_a__b", "`", "<", "&", "|a", "- ", "1. ", "[a]: b\n", "<a:"],
)
def test_markdown_is_not_held_up_by_what_is_endless(piece):
    started = time.process_time()
    render_markdown(piece * (LONGEST // len(piece)))
    assert time.process_time() - started < 20


@pytest.mark.parametrize("piece", [">", "  "])
def test_markdown_bears_deep_nesting(piece):
    text = "\n".join(piece * depth + "- a" for depth in range(500))
    assert len(render_markdown(text)) < 10 * len(text)


@pytest.mark.pdf
def test_markdown_in_any_script_makes_an_accessible_pdf():
    body = render_markdown("مرحبا 🎉👩🏽‍🦱\n\n| a | b |\n|---|---|\n| ሰላም | [x](https://e.eu) |", 2)
    styles = "".join(f'<link rel="stylesheet" href="/static/{name}.css">' for name in STYLES)
    html = f'<html lang="fr"><title>x</title>{styles}<body class="report"><h1>x</h1>{body}</html>'
    report = page.validate_pdf_bytes(render_pdf(html), profile="ua1")
    assert [failure.rule_id for failure in report.failures] == []
