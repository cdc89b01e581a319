"""Read a spreadsheet as people keep them, XLSX or CSV, into rows of plain text."""

import csv
import io
import unicodedata
import zipfile
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from datetime import date, datetime
from itertools import islice

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook

MOST_BYTES = 5 * 1024 * 1024
# A small zip can unpack to gigabytes.
MOST_BYTES_UNPACKED = 40 * 1024 * 1024
MOST_ROWS = 5000
MOST_SHEETS = 5
MOST_COLUMNS = 100
MOST_LETTERS = 1000
# In this order: cp1252, in which Excel saves on Windows, takes nearly any bytes for letters.
ENCODINGS = ("utf-8-sig", "cp1252")
SEPARATORS = ";,\t"
NOT_A_SPREADSHEET = _("This is not a spreadsheet that can be read. Save it as XLSX or CSV.")


def read_sheets(file):
    """Return [rows] of each sheet; a row is a list of stripped text, "" for an empty cell.

    `file` is a binary file object. Raises ValidationError, in words for whoever chose the file,
    when it is too large, empty, or no spreadsheet.
    """
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ValidationError(_("This file is too large: at most 5 MB."))
    if not data.strip():
        raise ValidationError(_("This file is empty."))
    sheets = read_xlsx(data) if data.startswith(b"PK") else [read_csv(data)]
    if not any(any(row) for rows in sheets for row in rows):
        raise ValidationError(_("This file is empty."))
    if any(len(rows) > MOST_ROWS + 1 for rows in sheets):
        raise ValidationError(_("This file has more than 5000 rows."))
    return sheets


def read_xlsx(data):
    try:
        check_unpacked_size(data)
        # Formulas are not computed: data_only takes the result that the spreadsheet kept.
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return [read_sheet(sheet) for sheet in workbook.worksheets[:MOST_SHEETS]]
    except ValidationError:
        raise
    except Exception as error:  # whatever a broken file makes the library stumble over
        raise ValidationError(NOT_A_SPREADSHEET) from error


def check_unpacked_size(data):
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(each.file_size for each in packed.infolist()) > MOST_BYTES_UNPACKED:
            raise ValidationError(_("This file is too large: at most 5 MB."))


def read_sheet(sheet):
    cells = sheet.iter_rows(max_row=MOST_ROWS + 100, max_col=MOST_COLUMNS, values_only=True)
    return tidy_rows([text_of(value) for value in row] for row in cells)


def read_csv(data):
    text = decode(data)
    # A picture reads as text in the Windows encoding, but holds NULs.
    if "\0" in text:
        raise ValidationError(NOT_A_SPREADSHEET)
    first_lines = "\n".join(text.splitlines()[:10])
    # The most frequent sign: a title above the headers may hold a comma.
    separator = max(SEPARATORS, key=first_lines.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        rows = islice(lines, MOST_ROWS + 100)
        return tidy_rows([text_of(cell) for cell in row] for row in rows)
    except csv.Error as error:
        raise ValidationError(NOT_A_SPREADSHEET) from error


def decode(data):
    wide = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    for encoding in ["utf-16"] if wide else ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValidationError(NOT_A_SPREADSHEET)


def text_of(value):
    """Return a cell as text: 639980101.0 is "639980101", a date is "2022-09-01"."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime | date):
        value = f"{value:%Y-%m-%d}"
    kept = (" " if is_control(letter) else letter for letter in str(value)[:MOST_LETTERS])
    return "".join(kept).strip()


def is_control(letter):
    return letter != "\n" and unicodedata.category(letter) == "Cc"


def tidy_rows(rows):
    return without_empty_end([without_empty_end(row) for row in rows])


def without_empty_end(cells):
    while cells and not cells[-1]:
        cells.pop()
    return cells
