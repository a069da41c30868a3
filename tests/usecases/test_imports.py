import json
import os

import pytest
from intake import events_sent as hooks
from sheets import hostile

from service import shipped
from service.errors import InvalidInput, NotFound, RolefitError
from service.usecases import imports
from service.usecases.candidates import OUTCOMES

pytestmark = pytest.mark.both_databases

HEADER = ("ID", "Name", "Python", "SQL", "Shoe size")
ADA, BO = (1, "Ada", 4, 3, 38), (2, "Bo", 2, "advanced", 44)


def without_samples(report):
    return [column | {"samples": []} for column in report["columns"]]


def counts(report):
    found = report["counts"]
    assert found["rows"] == sum(found[outcome] for outcome in OUTCOMES)
    assert found["rejected"] == len(report["rejected"])
    return tuple(found[name] for name in ("rows", "created", "updated", "unchanged", "rejected"))


def test_an_import_keeps_who_can_be_read_and_tells_of_the_rest(sent, kept):
    report = sent(HEADER, ADA, (None, None, 1, 1, None), BO, (1, "Twice", 1, 1, None), (3, "Cy", "blue", None, None))

    assert counts(report) == (5, 3, 0, 0, 2)
    assert kept() == ["Ada", "Bo", "Cy"]
    assert report["state"] == "done"
    assert [(row["row"], row["errors"][0]["code"]) for row in report["rejected"]] == [
        (3, "nobody"),
        (5, "duplicate_id"),
    ]
    assert [(warning["row"], warning["column"]) for warning in report["warnings"]] == [(6, "C")]
    assert [column["understood_as"] for column in report["columns"]][-1] is None


def test_the_same_file_twice_changes_nothing_and_says_so(sent, kept):
    sent(HEADER, ADA, BO)

    assert counts(sent(HEADER, ADA, BO)) == (2, 0, 0, 2, 0)
    assert kept() == ["Ada", "Bo"]


def test_rows_in_another_order_and_columns_too_change_nothing(sent, kept):
    sent(HEADER, ADA, BO)

    assert counts(sent(HEADER, (), BO, ADA)) == (2, 0, 0, 2, 0)
    assert kept() == ["Ada", "Bo"]


def test_a_changed_row_updates_its_person_only(sent, kept):
    sent(HEADER, ADA, BO)

    assert counts(sent(HEADER, (1, "Ada Example", 5, 3, 38), BO, (3, "Cy", 1, 1, 40))) == (3, 1, 1, 1, 0)
    assert kept() == ["Ada Example", "Bo", "Cy"]


def test_another_source_is_another_person(sent, kept):
    sent(HEADER, ADA)

    assert counts(sent(HEADER, ADA, source="agency")) == (1, 1, 0, 0, 0)
    assert kept() == ["Ada", "Ada"]


def test_who_has_no_id_is_known_by_content(sent, kept):
    header, row = ("Name", "Python"), ("Ada", 4)

    assert counts(sent(header, row, row)) == (2, 1, 0, 1, 0)
    assert counts(sent(header, row, ("Ada", 5))) == (2, 1, 0, 1, 0)
    assert kept() == ["Ada", "Ada"]


def test_a_dry_run_reports_the_same_and_keeps_nothing(sent, kept, house):
    rows = (HEADER, ADA, (None, None, 1, 1, None), (3, "Cy", "blue", None, None))
    dry, wet = sent(*rows, dry_run=True), sent(*rows)

    assert (dry["state"], dry["id"], counts(dry)) == ("dry_run", None, (3, 2, 0, 0, 1))
    assert wet == {**dry, "id": wet["id"], "state": "done", "columns": without_samples(dry)}
    assert kept() == ["Ada", "Cy"]
    assert imports.get_import(house, wet["id"]) == wet


def test_a_dry_run_alone_leaves_the_store_empty(sent, kept):
    sent(HEADER, ADA, dry_run=True)

    assert kept() == []


def test_a_dry_run_knows_what_is_there_already(sent, kept):
    sent(HEADER, ADA, BO)

    assert counts(sent(HEADER, (1, "Ada", 5, 3, 38), BO, (3, "Cy", 1, 1, 40), dry_run=True)) == (3, 1, 1, 1, 0)
    assert kept() == ["Ada", "Bo"]


def test_more_rows_than_a_chunk_are_all_counted(sent, kept):
    text = "ID,Name,Python\n" + "".join(f"{row},P{row},{row % 6}\n" for row in range(2500)) + ",,3\n7,Again,1\n"

    assert counts(sent(text, ending=".csv")) == (2502, 2500, 0, 0, 2)
    assert len(kept()) == 2500


def test_an_import_is_kept_as_a_whole_or_not_at_all(sent, kept, monkeypatch):
    def record(candidate, original=imports.record):
        if candidate.external_id == "1500":
            raise RuntimeError("the light went out")
        return original(candidate)

    monkeypatch.setattr(imports, "record", record)
    text = "ID,Name,Python\n" + "".join(f"{row},P{row},{row % 6}\n" for row in range(2000))
    with pytest.raises(RuntimeError, match="the light went out"):
        sent(text, ending=".csv")

    assert kept() == []


@pytest.mark.parametrize(
    ("rows", "ending"),
    [
        ([HEADER], ".xlsx"),
        ([HEADER, ("EXAMPLE", "Example Person", 3, 3, None)], ".xlsx"),
        ([("nothing", "here")], ".xlsx"),
        ([""], ".csv"),
        (["Name,Python\n"], ".csv"),
        (["[]"], ".json"),
        (["{"], ".json"),
        (["\n\n"], ".ndjson"),
    ],
)
def test_a_file_without_candidates_is_refused_and_leaves_nothing(sent, kept, rows, ending):
    with pytest.raises(InvalidInput) as caught:
        sent(*rows, ending=ending)

    assert caught.value.detail
    assert kept() == []


def test_a_file_of_another_kind_is_refused(sent):
    with pytest.raises(RolefitError):
        sent("hello", ending=".docx")


def test_rejected_rows_come_back_with_their_cells_and_the_header(sent, house):
    report = sent(HEADER, ADA, (None, None, 1, "advanced", 40), (1, "Twice", 1, 1, None))
    header, rows = imports.rejected_rows(house, report["id"])

    assert header == list(HEADER)
    assert [(row["row"], row["cells"]) for row in rows] == [
        (3, [None, None, 1, "advanced", 40]),
        (4, [1, "Twice", 1, 1, None]),
    ]


def test_a_mended_row_can_be_sent_again_with_our_own_columns(sent, kept):
    sent(HEADER, ADA)
    report = sent(("What to mend", "Row in your file", *HEADER), ("no name", 3, 9, "Zoe", 1, 2, None))

    assert counts(report) == (1, 1, 0, 0, 0)
    assert kept() == ["Ada", "Zoe"]
    assert {column["understood_as"] for column in report["columns"][:2]} == {"set aside: kept, never scored"}


def test_an_unknown_import_is_not_found(house):
    with pytest.raises(NotFound):
        imports.get_import(house, "nothing")


PEOPLE = [{"external_id": "1", "name": "Ada", "skills": {"Python": 4}}, 5, {"name": "Bo", "skills": 3}, {"name": "Cy"}]


@pytest.mark.parametrize(
    ("text", "ending", "pointer"),
    [
        (json.dumps(PEOPLE), ".json", "/1"),
        (json.dumps({"candidates": PEOPLE}), ".json", "/candidates/1"),
        ("\n\n".join(map(json.dumps, PEOPLE)), ".ndjson", "/1"),
        ("\n".join(map(json.dumps, PEOPLE)), ".jsonl", "/1"),
    ],
)
def test_json_files_are_read_like_sheets(sent, kept, text, ending, pointer):
    report = sent(text, ending=ending)

    assert counts(report) == (4, 3, 0, 0, 1)
    assert kept() == ["Ada", "Bo", "Cy"]
    assert [row["row"] for row in report["rejected"]] == [2]
    assert report["rejected"][0]["errors"][0]["pointer"] == pointer
    assert [warning["pointer"] for warning in report["warnings"]] == [pointer.replace("1", "2/skills")]
    assert counts(sent(text, ending=ending)) == (4, 0, 0, 3, 1)


def test_webhooks_in_a_file_are_counted_and_nobody_is_made_of_them(sent, kept):
    people = [hooks.OTHERS[0], PEOPLE[0], hooks.DELETIONS[0], 5, hooks.CARRIED[0]]
    report = sent(json.dumps({"data": people, "hasNext": True}), ending=".json", source=None)

    assert counts(report) == (5, 2, 0, 0, 1)
    assert report["counts"]["ignored"] == 2
    assert kept() == ["Ada", "Ben Invented"]
    assert {
        ("/hasNext", ""), ("/data/0/action", "offer_created"), ("/data/2/action", "delete_candidate"),
    } <= {(one["pointer"], one["value"]) for one in report["warnings"]}  # fmt: skip
    assert report["notices"] == [
        "Beside the list of candidates was not read: /hasNext.",
        "Webhooks that carry no candidate were ignored: offer_created (1), delete_candidate (1).",
    ]
    only = sent(json.dumps([hooks.OTHERS[0]]), ending=".json")
    assert (only["counts"]["rows"], only["counts"]["ignored"], kept()) == (1, 1, ["Ada", "Ben Invented"])


def test_an_import_of_before_there_were_webhooks_counts_none(house, sent):
    report = sent(HEADER, ADA)
    with house.store.transaction() as work:
        old = work.get_import(report["id"])
        body = json.loads(old.report)
        known = {name: body["report"]["counts"].pop(name) for name in ("ignored",)}
        counts = {name: count for name, count in old.counts.items() if name not in known}
        work.save_import(old.id, old.filename, old.digest, "done", counts, json.dumps(body).encode(), house.now())

    assert imports.get_import(house, report["id"])["counts"] == report["counts"]
    assert imports.list_all(house, None, 1)[0]["counts"] == report["counts"]


def test_a_single_resume_is_a_file_of_one(sent, kept):
    report = sent(json.dumps({"basics": {"name": "Ada"}, "skills": [{"name": "Python"}]}), ending=".json")

    assert counts(report) == (1, 1, 0, 0, 0)
    assert kept() == ["Ada"]


@pytest.fixture
def samples(tmp_path, monkeypatch):
    """A folder of samples in the place of ours."""
    monkeypatch.setattr(shipped, "PACKAGE", tmp_path / "package" / "service")
    folder = tmp_path / "package" / "sample_candidates"
    folder.mkdir(parents=True)
    return folder


GOOD = b'{"external_id": "1", "name": "Ada", "skills": [{"name": "Python", "level": 4}]}'
WRONG_SAMPLES = {
    "broken.xlsx": b"PK\x03\x04 and no more",
    "bomb.xlsx": hostile.bomb_by_lie(),
    "empty.csv": b"",
    "empty.txt": b"",
    "nothing.json": b"[]",
    "malformed.json": b'[{"name": "Ada",',
    "nested.json": b"[" * 100 + b"]" * 100,
    "\x1b[31mloud\n.json": b"",
    "\udcff.json": GOOD,
}


def test_a_sample_that_cannot_be_read_is_named_and_the_others_are_imported(samples, house, kept):
    for name, content in WRONG_SAMPLES.items():
        (samples / name).write_bytes(content)
    (samples / "folder.csv").mkdir()
    (samples / "nowhere.csv").symlink_to(samples / "gone.csv")
    (samples / "memory.json").symlink_to("/proc/self/mem")  # root may not read its beginning either
    os.mkfifo(samples / "pipe.csv")
    (samples / "~last.JSON").write_bytes(GOOD)
    found = {sample.name: sample for sample in imports.import_samples(house)}

    assert [name for name, sample in found.items() if not sample.error] == ["~last.JSON"]
    assert {"folder.csv", "nowhere.csv", "memory.json", "pipe.csv", *WRONG_SAMPLES} < found.keys()
    assert found["~last.JSON"].summary == "~last.JSON: 1 created"
    assert found["empty.csv"].summary == "empty.csv: not imported. The file is empty."
    assert found["memory.json"].summary == "memory.json: not imported. The file cannot be read: Input/output error."
    assert not any(sample.is_defect for name, sample in found.items() if name.isprintable())
    assert kept() == ["Ada"]


def test_a_sample_that_meets_a_defect_says_so():
    sample = imports.Sample("a.csv", {}, KeyError("Ada"))

    assert (sample.is_defect, sample.summary) == (True, "a.csv: not imported. This is a defect of Rolefit (KeyError).")
