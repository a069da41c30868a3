"""Rubrics sent back from Excel: shown with what they would change, published by a person, in force at once."""

import io

import pytest
from openpyxl import load_workbook


@pytest.fixture
def pool(client):
    """A few people, so that somebody can move."""
    people = [
        {
            "external_id": f"p-{n}",
            "name": f"Person {n} Example",
            "skills": {"Python": n % 6, "SQL": 5 - n % 6, "Docker": 3},
        }
        for n in range(2, 14)
    ]
    assert client.post("/api/v1/candidates", json=people).status_code in (200, 201)
    return client


def workbook(client, **cells):
    """Return the workbook of a role, with weights set by criterion."""
    book = load_workbook(io.BytesIO(client.get("/api/v1/rubrics.xlsx?role=ml_engineer").data))
    sheet = book["Criteria"]
    for row in sheet.iter_rows():
        if row[1].value in cells:
            row[4].value = cells[row[1].value]
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def upload(client, content, name="rubrics.xlsx"):
    response = client.post("/rubrics", data={"file": (io.BytesIO(content), name)})
    assert response.status_code == 303
    return response.headers["Location"]


def text(response, status=200):
    assert response.status_code == status, response.data[:500]
    return response.get_data(as_text=True)


def test_what_would_change_is_shown_and_counts_only_once_published(pool):
    before = text(pool.get("/shortlists/ml_engineer"))
    address = upload(pool, workbook(pool, sql=200))
    shown = text(pool.get(address))
    for told in ("version 1 becomes 2", "SQL and data modeling", "<strong>200</strong>", "would stand elsewhere"):
        assert told in shown
    assert text(pool.get("/shortlists/ml_engineer")) == before
    done = pool.post(address, data={"note": "SQL it is"})
    assert (done.status_code, done.headers["Location"]) == (303, "/roles/ml_engineer")
    page = text(pool.get("/roles/ml_engineer"))
    for told in ("Rubric version 2", "SQL it is", "shipped with Rolefit"):
        assert told in page
    assert text(pool.get("/shortlists/ml_engineer")) != before
    assert "waited" in text(pool.get(address), 404) or "gone" in text(pool.get(address), 404)


def test_a_file_that_changes_nothing_says_so_and_offers_nothing(pool):
    shown = text(pool.get(upload(pool, workbook(pool))))
    assert "Nothing in this file is otherwise" in shown
    assert "Publish" not in shown


def test_mistakes_are_a_page_with_their_cells(pool):
    shown = text(pool.get(upload(pool, workbook(pool, sql="heavy"))), 422)
    assert "Criteria" in shown
    assert "Not a valid integer" in shown


def test_names_that_are_payloads_are_shown_as_text(pool):
    payload = "<script>alert(1)</script>"
    pool.post("/api/v1/candidates", json=[{"external_id": "x", "name": payload, "skills": {"Python": 5, "SQL": 1}}])
    shown = text(pool.get(upload(pool, workbook(pool, sql=300))))
    assert payload not in shown


def test_a_workbook_of_all_roles_is_offered_where_the_matrix_is(pool):
    page = text(pool.get("/roles"))
    assert "/api/v1/rubrics.xlsx" in page
    assert 'action="/rubrics"' in page


def test_no_file_is_a_page_that_says_what_to_choose(pool):
    assert "Choose a file first" in text(pool.post("/rubrics"), 422)
