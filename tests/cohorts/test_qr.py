from cohorts.qr import qr_svg


def test_qr_code_passes_the_content_security_policy():
    svg = qr_svg("https://example.org/card/abc/")
    assert svg.startswith("<svg")
    assert "style" not in svg


def test_qr_codes_differ():
    assert qr_svg("a") != qr_svg("b")
