"""Spreadsheets as somebody would upload them."""

import io

from openpyxl import Workbook


def xlsx(*rows):
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    file = io.BytesIO()
    workbook.save(file)
    file.seek(0)
    return file


def csv(*rows, separator=";", encoding="utf-8"):
    text = "\r\n".join(separator.join(row) for row in rows)
    return io.BytesIO(text.encode(encoding))
