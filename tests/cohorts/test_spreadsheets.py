import io
import zipfile
from datetime import datetime

import pytest
from django.core.exceptions import ValidationError

from cohorts import spreadsheets
from tests.spreadsheets import csv, xlsx

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"
ROWS = [["Nom", "Téléphone"], ["Zoé Müller", "06 39 98 01 01"]]


def read(file):
    return spreadsheets.read_sheets(file)


def refused(file):
    with pytest.raises(ValidationError) as error:
        read(file)
    return error.value.messages[0]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_is_read_however_it_was_saved(separator, encoding):
    assert read(csv(*ROWS, separator=separator, encoding=encoding)) == [ROWS]


def test_csv_keeps_a_separator_in_quotes():
    file = io.BytesIO(b'Nom;Besoins\nZo\xc3\xa9;"interpr\xc3\xa8te; repas"')
    assert read(file)[0][1] == ["Zoé", "interprète; repas"]


def test_xlsx_turns_every_cell_into_text():
    file = xlsx(["Nom", None, 639980101.0, 12, datetime(2022, 9, 1), True, " a ", None])
    assert read(file) == [[["Nom", "", "639980101", "12", "2022-09-01", "True", "a"]]]


def test_xlsx_does_not_compute_a_formula():
    assert read(xlsx(["Nom"], ['=HYPERLINK("http://x")', "b"]))[0][1] == ["", "b"]


def test_control_signs_are_taken_out():
    assert read(io.BytesIO(b"Nom\nAmi\x07na"))[0][1] == ["Ami na"]


def test_empty_file_is_refused(in_english):
    assert refused(io.BytesIO(b" \n")) == "This file is empty."


def test_spreadsheet_of_empty_cells_is_refused(in_english):
    assert refused(xlsx([None, " "])) == "This file is empty."


@pytest.mark.parametrize("data", [PNG, b"PK\x03\x04broken", b"\x81\x8d;\x8f", b"a\x00b"])
def test_what_is_no_spreadsheet_is_refused(data):
    assert refused(io.BytesIO(data)) == str(spreadsheets.NOT_A_SPREADSHEET)


def test_zip_that_is_no_workbook_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("hello.txt", "hello")
    file.seek(0)
    assert refused(file) == str(spreadsheets.NOT_A_SPREADSHEET)


def test_file_that_unpacks_to_too_much_is_refused(in_english):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", " " * (spreadsheets.MOST_BYTES_UNPACKED + 1))
    file.seek(0)
    assert refused(file) == "This file is too large: at most 5 MB."


def test_large_file_is_refused(in_english):
    file = io.BytesIO(b"a" * (spreadsheets.MOST_BYTES + 1))
    assert refused(file) == "This file is too large: at most 5 MB."


def test_file_with_too_many_rows_is_refused(in_english):
    rows = [["Nom"], *([f"Person {number}"] for number in range(5001))]
    assert refused(csv(*rows)) == "This file has more than 5000 rows."
