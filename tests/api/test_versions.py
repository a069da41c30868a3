"""Rubrics go out, are edited, come back, are shown with what they would change, and become a new version."""

import io
from copy import deepcopy

import orjson
import pytest
from api.people import cells, opened, person, pool, rated
from openpyxl import load_workbook

both = pytest.mark.both_databases

ROLE = "ml_engineer"


@pytest.fixture
def document(api):
    return api.get(f"/rubrics.json?role={ROLE}").json["rubrics"][0]


def send(api, document, role=ROLE, **query):
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return api.post(f"/roles/{role}/versions?{asked}", document)


def send_file(api, content, name, **query):
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return api.post(f"/rubrics?{asked}", data={"file": (io.BytesIO(content), name)})


def heavier(document, weight=40):
    changed = deepcopy(document)
    changed["criteria"][0]["weight"] = weight
    return changed


def edited(content, *changes):
    """Return a workbook with cells set: (sheet, text in the row, header, value)."""
    book = load_workbook(io.BytesIO(content))
    for sheet, texts, header, value in changes:
        rows = list(book[sheet].iter_rows())
        heads = next(row for row in rows if row[0].value in ("Role", "Criterion"))
        column = next(cell.column for cell in heads if cell.value == header)
        line = next(row for row in rows if set(texts) <= {cell.value for cell in row})
        book[sheet].cell(line[0].row, column).value = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


# There and back


@pytest.mark.parametrize("ending", ["xlsx", "yaml", "json"])
def test_what_is_downloaded_and_sent_back_as_it_is_changes_nothing(api, ending):
    content = api.get(f"/rubrics.{ending}").data
    found = send_file(api, content, f"rubrics.{ending}").json
    assert (found["rubrics"], len(found["unchanged"])) == ([], 6)
    assert api.get(f"/roles/{ROLE}").json["version"] == 1


@both
def test_a_dry_run_tells_what_would_change_and_who_would_move_and_keeps_nothing(api, document):
    api.keep(*pool(6), person(7, skills=rated({"Python": 5})))
    changed = heavier(document)
    changed["criteria"][1] |= {"requirement": "nice"}
    changed["criteria"][1].pop("gate")
    found = send(api, changed, dry_run="true", seniority="senior", top=3).json
    (one,) = found["rubrics"]
    assert (found["published"], one["based_on"], one["version"]) == (False, 1, 2)
    assert [(change["id"], change["field"]) for change in one["changes"]] == [
        ("python", "weight"), ("ml_frameworks", "requirement"), ("ml_frameworks", "gate"),
    ]  # fmt: skip
    assert (one["changes"][0]["was"], one["changes"][0]["now"]) == (8, 40)
    assert (one["moves"]["total"], one["moves"]["seniority"], one["moves"]["top"]) == (7, "senior", 3)
    for move in one["moves"]["moves"]:
        assert move["fit_before"] != move["fit_after"]
    assert api.get(f"/roles/{ROLE}").json["version"] == 1
    assert len(api.get(f"/roles/{ROLE}/versions").json["versions"]) == 1


def test_who_moves_is_what_the_shortlists_before_and_after_say(api, document):
    api.keep(*pool(6), *(person(n, skills=rated({"Python": n % 6, "SQL": 5 - n % 6})) for n in range(10, 22)))

    def listed():
        found = api.get(f"/shortlists/{ROLE}?seniority=senior").json
        return {
            one["candidate"]["id"]: (one.get("rank"), one["fit"]) for one in found["shortlist"] + found["not_eligible"]
        }

    before = listed()
    next(one for one in document["criteria"] if one["id"] == "sql")["weight"] = 200
    (one,) = send(api, document, seniority="senior").json["rubrics"]
    after = listed()
    told = {
        move["candidate"]["id"]: ((move["rank_before"], move["fit_before"]), (move["rank_after"], move["fit_after"]))
        for move in one["moves"]["moves"]
    }
    moved = {id_ for id_ in before if before[id_][0] != after[id_][0]}
    assert moved == told.keys()
    assert moved
    assert all(told[id_] == (before[id_], after[id_]) for id_ in moved)


@both
def test_publishing_makes_a_version_that_scores_from_then_on(api, document):
    (id_,) = api.keep(person(1, skills=rated({"Python": 5})))
    path = f"/candidates/{id_}/scores?role={ROLE}"
    before = api.get(path).json["results"][0]
    found = send(api, heavier(document), note="Python matters").json
    assert found["published"]
    after = api.get(path).json["results"][0]
    assert (before["rubric"]["version"], after["rubric"]["version"]) == (1, 2)
    assert after["rubric"]["digest"] == found["rubrics"][0]["digest"] != before["rubric"]["digest"]
    assert after["fit"] > before["fit"]
    last, first = api.get(f"/roles/{ROLE}/versions").json["versions"]
    assert (last["version"], last["from"], last["in_force"], last["note"]) == (2, "published", True, "Python matters")
    assert (first["version"], first["from"], first["in_force"]) == (1, "file", False)
    (entry,) = [one for one in api.get("/audit").json["entries"] if one["action"] == "rubric.publish"]
    assert (entry["object"], entry["details"]["version"]) == (ROLE, 2)


@both
def test_earlier_versions_stay_as_they_were(api, document):
    was = api.get(f"/roles/{ROLE}").json
    send(api, heavier(document))
    send(api, {**heavier(document, 90), "version": 2})
    assert api.get(f"/roles/{ROLE}/versions/1").json == was
    weights = [api.get(f"/roles/{ROLE}/versions/{n}").json["criteria"][0]["weight"] for n in (1, 2, 3)]
    assert weights == [8, 40, 90]
    told = api.get(f"/roles/{ROLE}/differences?from=2&to=1").json
    assert [(one["was"], one["now"]) for one in told["changes"]] == [(40, 8)]
    assert api.get(f"/rubrics.json?role={ROLE}&version=2").json["rubrics"][0]["criteria"][0]["weight"] == 40


@both
def test_the_database_refuses_to_change_what_was_published(api, document):
    send(api, heavier(document))
    for statement in ("UPDATE rubric_versions SET note = 'x'", "DELETE FROM rubric_versions"):
        with pytest.raises(Exception, match="append only"), api.app.extensions["rolefit"].store.transaction() as work:
            work._connection.exec_driver_sql(statement)  # noqa: SLF001 - past all that is ours


@both
def test_two_who_edit_the_same_version_do_not_undo_one_another(api, document):
    send(api, heavier(document))
    refused = send(api, heavier(document, 7))
    assert refused.status_code == 409
    assert "version 2" in refused.json["detail"]
    assert send(api, {**heavier(document, 7), "version": 2}).status_code == 200


def test_a_snapshot_says_that_the_rubric_changed_since(api, document):
    api.keep(*pool(4))
    kept = api.post(f"/shortlists/{ROLE}/snapshots", {}).json["id"]
    send(api, heavier(document))
    found = api.get(f"/snapshots/{kept}").json
    assert "rubric" in found["changed"]


# Roles of one's own


@both
def test_a_role_of_ones_own_is_scored_like_any_other_and_can_go_again(api, document):
    own = {
        **document,
        "role": "llm_wrangler",
        "title": "LLM Wrangler",
        "version": 1,
        "criteria": document["criteria"][:3],
    }
    found = send(api, own, role="llm_wrangler").json
    assert (found["rubrics"][0]["based_on"], found["rubrics"][0]["version"]) == (None, 1)
    assert [one["change"] for one in found["rubrics"][0]["changes"]] == ["added"]
    (id_,) = api.keep(person(1, skills=rated({"Python": 5})))
    assert [one["candidate"]["id"] for one in api.get("/shortlists/llm_wrangler").json["shortlist"]] == [id_]
    assert "llm_wrangler" in [one["role"] for one in api.get("/roles").json["roles"]]
    assert api.delete("/roles/llm_wrangler/versions").status_code == 204
    assert api.get("/shortlists/llm_wrangler").status_code == 404
    assert [one["from"] for one in api.get("/roles/llm_wrangler/versions").json["versions"]] == [
        "withdrawn",
        "published",
    ]
    assert send(api, own, role="llm_wrangler").json["rubrics"][0]["version"] == 3


@both
def test_a_role_of_ours_goes_back_to_what_the_files_say(api, document):
    was = api.get(f"/roles/{ROLE}").json
    assert api.delete(f"/roles/{ROLE}/versions").status_code == 409
    send(api, heavier(document))
    assert api.delete(f"/roles/{ROLE}/versions").status_code == 204
    assert api.get(f"/roles/{ROLE}").json == was
    withdrawn = api.get(f"/roles/{ROLE}/differences?from=2&to=3")
    assert (withdrawn.status_code, "withdrew" in withdrawn.json["detail"]) == (404, True)
    assert send(api, heavier(document)).json["rubrics"][0]["version"] == 4


# Workbooks


def test_a_cell_of_the_matrix_changes_the_requirement(api):
    content = edited(
        api.get("/rubrics.xlsx").data,
        ("Matrix", ["ml_frameworks"], "ML Engineer", "should"),
        ("Matrix", ["statistics"], "ML Engineer", "–"),
        ("Matrix", ["kubernetes"], "Data Engineer", "nice"),
    )
    found = send_file(api, content, "rubrics.xlsx").json
    told = {
        (one["role"], change["id"], change["change"], change["field"])
        for one in found["rubrics"]
        for change in one["changes"]
    }
    assert told == {
        (ROLE, "ml_frameworks", "changed", "requirement"), (ROLE, "ml_frameworks", "changed", "gate"),
        (ROLE, "statistics", "removed", None), ("data_engineer", "kubernetes", "added", None),
    }  # fmt: skip
    rows = {row[0]: row for row in cells(opened(api.get("/rubrics.xlsx"))["Matrix"])}
    assert (rows["ml_frameworks"][2], rows["statistics"][2], rows["kubernetes"][7]) == ("should", "–", "nice")


def test_cells_of_the_criteria_change_what_they_say(api):
    content = edited(
        api.get(f"/rubrics.xlsx?role={ROLE}").data,
        ("Criteria", ["python"], "Weight", 12),
        ("Criteria", ["python"], "Senior", 4.5),
        ("Criteria", ["cloud"], "Skills that count", "any of AWS, GCP"),
        ("Roles", [ROLE], "Senior from years", 7),
    )
    (one,) = send_file(api, content, "rubrics.xlsx").json["rubrics"]
    assert [(change["id"], change["field"], change["now"]) for change in one["changes"]] == [
        (None, "bands.senior", 7), ("python", "weight", 12), ("python", "required.senior", 4.5),
        ("cloud", "skills", {"any_of": ["aws", "gcp"]}),
    ]  # fmt: skip


def test_all_mistakes_of_a_workbook_are_told_at_once_with_their_cells(api):
    content = edited(
        api.get(f"/rubrics.xlsx?role={ROLE}").data,
        ("Criteria", ["python"], "Weight", "heavy"),
        ("Criteria", ["sql"], "Junior", 9),
        ("Markers", ["senior"], "Text", None),
        ("Roles", [ROLE], "Summary", None),
    )
    refused = send_file(api, content, "rubrics.xlsx")
    assert refused.status_code == 422
    told = {(one["sheet"], one.get("column")) for one in refused.json["errors"]}
    assert told == {("Criteria", "E"), ("Criteria", "F"), ("Markers", "D"), ("Roles", "D")}
    assert all(one["row"] > 1 for one in refused.json["errors"])


def test_what_is_no_requirement_or_seniority_is_told_with_the_cell_that_says_so(api):
    content = edited(
        api.get(f"/rubrics.xlsx?role={ROLE}").data,
        ("Matrix", ["cloud"], "ML Engineer", "perhaps"),
        ("Markers", ["known_architectures"], "Seniority", "boss"),
    )
    errors = send_file(api, content, "rubrics.xlsx").json["errors"]
    assert {(one["sheet"], one["column"], one["detail"].split()[0]) for one in errors} == {
        ("Matrix", "C", "'perhaps'"), ("Markers", "B", "'boss'"),
    }  # fmt: skip
    falls = edited(api.get(f"/rubrics.xlsx?role={ROLE}").data, ("Criteria", ["python"], "Senior", 3.5))
    (error,) = send_file(api, falls, "rubrics.xlsx").json["errors"]
    assert (error["sheet"], error["column"]) == ("Criteria", "H")


def test_a_column_of_the_matrix_that_is_no_roles_is_told_unless_it_holds_notes(api):
    book = load_workbook(io.BytesIO(api.get(f"/rubrics.xlsx?role={ROLE}").data))
    head = next(row for row in book["Matrix"].iter_rows() if row[0].value == "Criterion")
    cloud = next(row for row in book["Matrix"].iter_rows() if row[0].value == "cloud")
    head[2].value, cloud[2].value = "Engineer of ML", "should"
    head[2].offset(0, 1).value, cloud[2].offset(0, 1).value = "Why", "can be learnt"

    def sent():
        file = io.BytesIO()
        book.save(file)
        return send_file(api, file.getvalue(), "rubrics.xlsx").json

    (error,) = sent()["errors"]
    assert (error["sheet"], error["row"], error["column"]) == ("Matrix", head[0].row, "C")
    book["Roles"]["B4"] = "Engineer of ML"
    (one,) = sent()["rubrics"]
    assert {(change["id"], change["field"]) for change in one["changes"]} >= {(None, "title"), ("cloud", "requirement")}


def test_words_that_cannot_be_read_are_told_with_their_cells(api):
    content = edited(
        api.get(f"/rubrics.xlsx?role={ROLE}").data,
        ("Criteria", ["python"], "Skills that count", "any of Python, Knitting"),
        ("Criteria", ["sql"], "Role", "nobody"),
        ("Matrix", ["cloud"], "ML Engineer", "nice"),
        ("Criteria", ["cloud"], "Requirement", "should"),
    )
    errors = send_file(api, content, "rubrics.xlsx").json["errors"]
    assert [(one["sheet"], one["column"]) for one in errors] == [("Criteria", "J"), ("Criteria", "A"), ("Matrix", "C")]
    assert "Knitting" in errors[0]["detail"]
    assert "disagree" in errors[2]["detail"]


def test_a_workbook_of_something_else_is_refused_in_words(api):
    book = load_workbook(io.BytesIO(api.get("/matrix.xlsx").data))
    file = io.BytesIO()
    book.save(file)
    refused = send_file(api, file.getvalue(), "matrix.xlsx")
    assert refused.status_code == 422
    assert "'Criteria' is missing" in str(refused.json["errors"])


# What is sent wrong


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (lambda d: d["criteria"][2].update(weight=0), "/criteria/2/weight"),
        (lambda d: d["criteria"][2]["required"].update(mid=6), "/criteria/2/required/mid"),
        (lambda d: d["criteria"][3].update(skills={"any_of": ["yodelling"]}), "/criteria/3/skills"),
        (lambda d: d["criteria"].append(dict(d["criteria"][0])), "/criteria/20/id"),
        (lambda d: d.update(criteria=[]), "/criteria"),
        (lambda d: d.update(extra=1), "/extra"),
        (lambda d: d.update(title="Data Scientist"), "/title"),
        (lambda d: d.pop("bands"), "/bands"),
        (lambda d: d["markers"]["senior"][0].pop("text"), "/markers/senior/0/text"),
    ],
)
def test_a_mistake_is_told_by_its_pointer_and_nothing_is_kept(api, document, change, pointer):
    change(document)
    refused = send(api, document)
    assert refused.status_code == 422
    assert pointer in [one["pointer"] for one in refused.json["errors"]]
    assert len(api.get(f"/roles/{ROLE}/versions").json["versions"]) == 1


@both
def test_of_several_rubrics_all_are_published_or_none(api):
    documents = api.get("/rubrics.json").json
    for one in documents["rubrics"]:
        one["criteria"][0]["weight"] += 1
    documents["rubrics"][5]["criteria"][0]["weight"] = -1
    refused = send_file(api, orjson.dumps(documents), "rubrics.json")
    assert [one["pointer"] for one in refused.json["errors"]] == ["/5/criteria/0/weight"]
    assert {one["version"] for one in api.get("/roles").json["roles"]} == {1}


@pytest.mark.parametrize(
    ("content", "name", "status", "said"),
    [
        (b"a: &x [1]\nb: *x\n", "r.yaml", 400, "anchors"),
        (b"[" * 1000, "r.yaml", 400, "nested"),
        (b"a: b: c", "r.yaml", 400, "line 1"),
        (b"\xff\xfe", "r.yaml", 400, "UTF-8"),
        (b"{", "r.json", 400, "not valid JSON"),
        (b"[]", "r.json", 422, "no rubric"),
        (b"[1]", "r.json", 422, "no rubric"),
        (b'{"role": 5}', "r.json", 422, ""),
        (b'{"role": "all"}', "r.json", 422, "taken"),
        (b"x", "r.txt", 415, ".xlsx"),
        (b"x", "r.xlsx", 415, "named .xlsx"),
    ],
)
def test_what_is_no_rubric_is_refused_in_words(api, content, name, status, said):
    refused = send_file(api, content, name)
    assert (refused.status_code, said in str(refused.json)) == (status, True), refused.json


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/roles/nobody/versions", 404),
        (f"/roles/{ROLE}/versions/7", 404),
        (f"/roles/{ROLE}/differences?from=1&to=7", 404),
        (f"/roles/{ROLE}/differences?from=1", 422),
        ("/rubrics.xlsx?role=nobody", 404),
        ("/rubrics.xlsx?version=1", 422),
    ],
)
def test_what_is_not_there_is_said(api, path, status):
    assert api.get(path).status_code == status


# Lint


def found(api, **query):
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return api.get(f"/roles/{ROLE}/lint?{asked}").json


def test_without_people_lint_tells_only_what_the_rubric_itself_says(api):
    told = found(api)
    assert (told["total"], told["criteria"], told["provenance"]["source"]) == (0, [], 28)
    assert {one["code"] for one in told["findings"]} == {"counted_often"}


def test_over_a_pool_lint_tells_what_is_dead_never_answered_doubled_or_out_of_proportion(api):
    levels = [(n % 6, n % 4 + 1) for n in range(40)]
    people = [
        person(n, skills=rated({"Python": a, "PyTorch": a, "SQL": b, "Kubernetes": 2, "CI/CD": 5 * (n % 2)}))
        for n, (a, b) in enumerate(levels)
    ]
    api.keep(*people)
    told = found(api, seniority="senior")
    codes = {(one["code"], criterion) for one in told["findings"] for criterion in one["criteria"]}
    for expected in (
        ("tells_nobody_apart", "kubernetes"), ("never_answered", "cloud"), ("near_duplicates", "python"),
        ("near_duplicates", "ml_frameworks"), ("weight_off", "ci_cd"),
    ):  # fmt: skip
        assert expected in codes
    by_row = {one["criterion"]: one for one in told["criteria"]}
    assert (by_row["cloud"]["unknown"], by_row["sql"]["unknown"]) == (1, 0)
    assert sum(one["effective_weight"] for one in told["criteria"]) == pytest.approx(1, abs=0.01)
    for one in told["findings"]:
        assert one["detail"].endswith((".", ")"))


def test_hardly_anybody_who_can_pass_is_told_with_what_takes_most(api):
    api.keep(*(person(n, skills=rated({"Python": 5, "SQL": 0 if n else 4})) for n in range(25)))
    (one,) = [one for one in found(api)["findings"] if one["code"] == "hardly_anybody_eligible"]
    assert (one["criteria"], one["numbers"]["eligible"]) == (["sql"], 0.04)


def test_a_proposal_is_linted_before_it_counts(api, document):
    document["criteria"][0] |= {"question": "Are you a digital native?", "advice": "TODO"}
    for one in document["criteria"][8:11]:
        one |= {"requirement": "must", "gate": 1}
    (proposal,) = send(api, document, dry_run="true").json["rubrics"]
    codes = {one["code"]: one for one in proposal["findings"]}
    assert codes.keys() >= {"protected_wording", "unfinished", "many_must_haves"}
    assert "'digital native' in the question of Python" in codes["protected_wording"]["detail"]
    assert codes["many_must_haves"]["numbers"]["must_haves"] == 10
