"""People for tests of the API, all invented, and how to open what is downloaded."""

from __future__ import annotations

import csv
import io

from openpyxl import Workbook, load_workbook

ROLES = ["ml_engineer", "data_scientist", "mlops_engineer", "ai_product_manager", "ai_engineer", "data_engineer"]

STRONG = {
    "Python": 5, "PyTorch": 5, "Statistics": 4, "Kubernetes": 4, "Docker": 4, "CI/CD": 4, "AWS": 4, "SQL": 4,
    "System design": 4, "Go": 4, "SageMaker": 4, "Spark": 4, "Kafka": 4, "Git": 4, "Testing": 4, "MLOps": 4,
    "Business acumen": 4, "Stakeholder communication": 4,
}  # fmt: skip


def person(number=1, **changes):
    """Return an honest candidate."""
    return {"external_id": f"p-{number}", "name": f"Person {number} Example", "skills": {"Python": 4}, **changes}


def rated(levels):
    """Return skills as rated in a sheet: by a person, on the scale."""
    return [{"name": name, "level": level, "kind": "rated"} for name, level in levels.items()]


def pool(size=6):
    """Return candidates of falling strength, the last of whom is known to lack a must-have."""
    people = [
        person(number, skills=rated({name: max(level - number // 2, 1) for name, level in STRONG.items()}))
        for number in range(size - 1)
    ]
    return [*people, person(size, name="Lacks Python Example", skills=rated({**STRONG, "Python": 0}))]


def workbook(*rows):
    """Return rows as the bytes of an .xlsx file."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for row in book.active:
        for cell in row:
            if cell.data_type == "f":
                cell.data_type = "s"  # a text that starts with "=" is a text here
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def opened(response):
    """Open a downloaded workbook."""
    assert response.status_code == 200, response.data[:500]
    return load_workbook(io.BytesIO(response.data))


def cells(sheet):
    """Return a sheet's rows of values."""
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def csv_rows(response):
    """Open a downloaded CSV file."""
    assert response.status_code == 200, response.data[:500]
    return list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"), newline="")))


def batched(items, size):
    """Yield a list in pieces."""
    return (items[start : start + size] for start in range(0, len(items), size))


def csv_text(*rows):
    """Return rows as CSV."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()
