"""In a batch or a file a bad value costs the value: the candidate stays, and a remark says what was left out."""

import json

import pytest
from intake.test_native import said

from service.intake.draft import OTHER_SCALE
from service.intake.node import MOST_LISTED
from service.schemas.candidates import MOST_ITEMS
from service.usecases.candidates import read_batch, read_candidate

WHO = {"external_id": "7", "name": "Ada Example"}
SQL = ("sql", "stated", (40, 40), None)
PYTHON = ("python", "stated", None, None)


@pytest.fixture
def read(reader):
    """Read a candidate as one of a batch; return it with the pointers of its remarks."""

    def read(**fields):
        candidate = read_candidate({**WHO, **fields}, reader, "/3", strict=False)
        return candidate, [remark["pointer"].removeprefix("/3") for remark in candidate.remarks]

    return read


ONE_BAD = {
    "/name": {"name": ["Ada"]},
    "/email": {"email": 3},
    "/years_experience": {"years_experience": "six"},
    "/skills/Go": {"skills": {"Go": [4], "SQL": 4}},
    "/skills/1": {"skills": [{"name": "SQL", "level": 4}, {"level": 3}]},
    "/skills/0": {"skills": [5, {"name": "SQL", "level": 4}]},
    "/skills/0/years": {"skills": [{"name": "SQL", "level": 4, "years": 99}]},
    "/skills/0/kind": {"skills": [{"name": "SQL", "level": 4, "kind": "dreamt"}]},
    "/skills/0/last_used": {"skills": [{"name": "SQL", "level": 4, "last_used": True}]},
    "/jobs": {"jobs": {"a": 1}},
    "/jobs/0": {"jobs": ["Engineer"]},
    "/jobs/0/start": {"jobs": [{"title": "Engineer", "start": 20.5}]},
    "/projects/0/delivered": {"projects": [{"delivered": "yes"}]},
    "/certificates/0/name": {"certificates": [{"name": 3}]},
    "/assessments/0/score": {"assessments": [{"skill": "Go", "score": "9"}]},
    "/assessments/0": {"assessments": [{"skill": "Go"}]},
    "/markers": {"markers": ["senior"]},
    "/markers/senior.build_or_buy": {"markers": {"senior.build_or_buy": "yes"}},
    "/text": {"text": 3},
}


@pytest.mark.parametrize(("pointer", "fields"), ONE_BAD.items(), ids=ONE_BAD)
def test_a_bad_value_costs_the_value_and_is_said(read, pointer, fields):
    candidate, remarks = read(**{"skills": [{"name": "SQL", "level": 4}], **fields})

    assert remarks == [pointer]
    assert said(candidate) == [SQL]
    assert candidate.remarks[0]["detail"].endswith("It is left out.")


def test_a_wrong_name_of_one_who_has_an_id_is_left_out(read):
    assert read(name=["Ada"])[0].label == {"external_id": "7", "name": None}


@pytest.mark.parametrize("skills", ["Python, SQL (4)", "SQL (4); Python", "SQL (4) | Python", "Python\nSQL (4)"])
def test_a_text_in_place_of_a_list_is_split_as_a_cell_is(read, skills):
    candidate, remarks = read(skills=skills)
    assert (sorted(said(candidate)), remarks) == ([PYTHON, SQL], [])

    candidate, remarks = read(jobs=[{"skills": skills}], certificates=[{"skills": "Python, SQL"}])
    assert {(skill, kind) for skill, kind, *_ in said(candidate)} == {
        (skill, kind) for skill in ("python", "sql") for kind in ("used", "certified")
    }  # fmt: skip
    assert remarks == []


def test_a_text_that_says_nothing_lists_nothing(read):
    candidate, remarks = read(skills="n/a")
    assert (said(candidate), remarks) == ([], [])


def test_what_is_too_long_is_cut(read):
    candidate, remarks = read(name="x" * 501, skills=["SQL (4)"] * (MOST_ITEMS + 1))

    assert (len(candidate.name), len(candidate.profile.evidence)) == (500, MOST_ITEMS)
    assert remarks == ["/name", "/skills"]
    assert all(remark["detail"].endswith("The rest is cut.") for remark in candidate.remarks)

    candidate, _ = read(skills={f"Skill {number}": 1 for number in range(MOST_ITEMS)} | {"SQL": 4})
    assert said(candidate) == []


def test_null_and_blank_say_nothing(read):
    candidate, remarks = read(external_id=" ", skills=[None, {"name": "SQL", "level": 4}])
    assert (candidate.external_id, said(candidate), remarks) == (None, [SQL], [])


@pytest.mark.parametrize(
    "nobody",
    [{"external_id": 1.5}, {"external_id": "x" * 201}, {"external_id": None, "name": 3}, {"external_id": True}],
)
def test_who_it_is_is_never_left_out(reader, nobody):
    batch = read_batch([{**WHO, **nobody, "jobs": 3}, WHO], reader)

    assert [index for index, _ in batch.candidates] == [1]
    assert {error["pointer"] for error in batch.rejected[0]["errors"]} >= {"/candidates/0/jobs"}


def test_remarks_have_an_end_and_the_rest_is_counted(read):
    _, remarks = read(jobs=["Engineer"] * (MOST_LISTED + 5))
    assert (len(remarks), remarks[-1]) == (MOST_LISTED + 1, "")


# Levels on another scale


@pytest.mark.parametrize(
    "skills",
    [
        [{"name": "Python", "level": 8}, {"name": "SQL", "level": 3}],
        [{"name": "Python", "level": "8"}, {"name": "SQL", "level": "3"}],
        {"Python": 8, "SQL": 3},
        {"SQL": 3, "Python": 8.5},
        {"SQL": "3-4", "Python": "9"},
        {"Python": 80, "SQL": "1"},
        ["SQL (3)", {"name": "Python", "level": 7}],
    ],
)
def test_one_level_on_another_scale_makes_mentions_of_all(read, skills):
    candidate, remarks = read(skills=skills)

    assert sorted(said(candidate)) == [PYTHON, ("sql", "stated", None, None)]
    assert len(remarks) == 2
    assert [remark["detail"] for remark in candidate.remarks].count(OTHER_SCALE) == 1


def test_levels_that_say_their_scale_stay(read):
    levels = {"Python": 8, "SQL": "8/10", "Go": "advanced", "Kafka": "80 %", "Java": "★★★★☆"}
    candidate, remarks = read(skills=levels, assessments=[{"skill": "dbt", "score": 4, "max_score": 5}])

    assert {skill for skill, _, level, _ in said(candidate) if level == (40, 40)} == {
        "sql", "go", "kafka", "java", "dbt",
    }  # fmt: skip
    assert remarks == ["/skills/Python"]


def test_the_scale_is_one_for_skills_and_jobs(read):
    candidate, _ = read(skills={"SQL": 4}, jobs=[{"skills": {"Go": 9}}])
    assert said(candidate) == [("sql", "stated", None, None), ("go", "used", None, None)]


def test_a_zero_on_another_scale_is_unknown(read):
    candidate, remarks = read(skills={"Python": 8, "SQL": 0})
    assert (said(candidate), remarks) == ([PYTHON], ["/skills/Python", "/skills/SQL"])


def test_a_version_in_a_name_is_no_level(read):
    candidate, _ = read(
        skills=["Java (8)", "Python (3.11)", {"name": "SQL", "level": 4}, {"name": "Go", "level": "4-3"}]
    )
    assert SQL in said(candidate)


@pytest.mark.parametrize(
    "body",
    [
        {"basics": {"name": "Ev"}, "skills": [{"name": "Python", "level": 8}, {"name": "SQL", "level": "3"}]},
        {"basics": {"name": "Ev"},
         "sections": {"skills": {"items": [{"name": "Python", "level": 8}, {"name": "SQL", "level": 3}]}}},
        {"id": 1, "first_name": "Ev", "last_name": "T",
         "custom_fields": {"Python": 8}, "keyed_custom_fields": {"s": {"name": "SQL", "value": 3},
                                                                 "p": {"name": "Python", "value": 8}}},
    ],
)  # fmt: skip
def test_other_forms_have_one_scale_too(reader, body):
    candidate = read_candidate(body, reader, "")

    assert [piece.level for piece in candidate.profile.evidence if piece.skill == "sql"] == [None]
    assert OTHER_SCALE in {remark["detail"] for remark in candidate.remarks}


# Files


@pytest.mark.parametrize("ending", ["json", "ndjson"])
@pytest.mark.parametrize("count", [1, 2])
def test_a_file_keeps_who_has_a_bad_value(files, ending, count):
    bad = [
        {**WHO, "external_id": str(place), "skills": ["Python", {"name": "SQL", "level": 7}]} for place in range(count)
    ]
    path = files.folder / f"sent.{ending}"
    path.write_text(json.dumps(bad) if ending == "json" else "\n".join(map(json.dumps, bad)), encoding="utf-8")
    read = files.read(path)

    assert (len(read.people), read.rejected) == (count, [])
    assert [warning["value"] for warning in read.report["warnings"]] == ["SQL: 7"] * count
    assert f"{count} of {count} candidates have levels outside the scale" in read.report["notices"][0]
