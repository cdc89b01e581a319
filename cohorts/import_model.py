"""An empty spreadsheet to fill in, made on the fly in French or English."""

import io

from django.utils.translation import get_language
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

# {column: what may be in it}; a list is offered as choices, in words that `people_columns` reads.
MODELS = {
    "fr": {
        "sheets": ("Personnes", "Mode d’emploi"),
        "columns": {
            "Nom": "Prénom et nom. La seule colonne indispensable, avec le groupe.",
            "Groupe": ["nouveaux arrivants", "acteurs publics"],
            "E-mail": "Si la personne en a un.",
            "Téléphone": "Écrit comme vous voulez : 06 39 98 01 01.",
            "Langues": "Séparées par une virgule : dari, anglais.",
            "Lit le français": ["oui", "non"],
            "Langue de contact": ["français", "anglais", "arabe"],
            "Organisation": "La ville ou l’institution ; ajoutée au programme si elle n’y est pas.",
            "Fonction": "Pour les acteurs publics : le service ou le poste.",
            "Genre": ["femme", "homme", "non binaire"],
            "Tranche d’âge": ["moins de 26", "26-39", "40-59", "60 et plus"],
            "Besoins": "Les besoins, jamais leurs raisons : interprète dari, repas sans porc.",
        },
    },
    "en": {
        "sheets": ("People", "How to"),
        "columns": {
            "Name": "First and last name. With the group, the only column that is needed.",
            "Group": ["newcomers", "public agents"],
            "E-mail": "If the person has one.",
            "Phone": "Written any way you like: 06 39 98 01 01.",
            "Languages": "With commas between them: Dari, English.",
            "Reads French": ["yes", "no"],
            "Contact language": ["French", "English", "Arabic"],
            "Organisation": "The city or institution; added to the programme if it is not there.",
            "Function": "For public agents: the service or the job.",
            "Gender": ["woman", "man", "non-binary"],
            "Age band": ["under 26", "26-39", "40-59", "60 and over"],
            "Needs": "The needs, never their reasons: interpreter Dari, a meal without pork.",
        },
    },
}
ROWS_WITH_CHOICES = 500


def model_file():
    """Return the bytes of an XLSX file with the headers, choices where there are few, and help."""
    model = MODELS["fr" if get_language() == "fr" else "en"]
    workbook = Workbook()
    people, help_sheet = workbook.active, workbook.create_sheet()
    people.title, help_sheet.title = model["sheets"]
    for number, (header, content) in enumerate(model["columns"].items(), start=1):
        add_column(people, number, header, content)
        text = " / ".join(content) if isinstance(content, list) else content
        help_sheet.append([header, text])
    people.freeze_panes = "A2"
    help_sheet.column_dimensions["B"].width = 70
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def add_column(sheet, number, header, content):
    cell = sheet.cell(1, number, header)
    cell.font = Font(bold=True)
    sheet.column_dimensions[cell.column_letter].width = max(16, len(header) + 4)
    if isinstance(content, list):
        choices = DataValidation(type="list", formula1=f'"{",".join(content)}"', allow_blank=True)
        choices.add(f"{cell.column_letter}2:{cell.column_letter}{ROWS_WITH_CHOICES}")
        sheet.add_data_validation(choices)
