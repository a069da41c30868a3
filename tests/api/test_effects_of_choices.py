"""What a choice is said to do is what it does, also where one file leaves several questions open."""

import json
import re

from api.people import csv_text

HEADER = ["Name", "Python", "Docker", "Zeta", "Kubernetes (1-4)"]
SHEET = csv_text(
    HEADER, ["Max Weber", 8, "A", "Python, SQL", 1], ["Ann Lee", 3, "B", "Rust, Go", 4], ["Max", 10, "A", "", 3],
    ["Bob Ray", "", "C", "Java", ""],
)  # fmt: skip
SCORED = re.compile(r"(\d+) of (\d+) people can be scored")


def test_the_effect_of_each_choice_is_what_a_dry_run_with_its_answer_tells(api):
    questions = api.upload(SHEET, dry_run="true").json["questions"]
    assert {one["kind"]: one["unread"] for one in questions if one["kind"] != "scale"} == {
        "values": 3, "column": 3, "rows": 1,
    }  # fmt: skip
    assert sorted(one["unread"] for one in questions if one["kind"] == "scale") == [2, 2], "codes wait for no scale"
    for choice in (choice for question in questions for choice in question["choices"]):
        after = api.upload(SHEET, dry_run="true", mapping=json.dumps(choice["answer"])).json["scorable"]
        told = SCORED.fullmatch(choice["effect"])
        if told:
            assert [after["with_evidence"], after["people"]] == [int(one) for one in told.groups()], choice
    effects = {choice["label"]: choice["effect"] for question in questions for choice in question["choices"]}
    assert effects["they are people"] == "1 row is read"
    assert effects["lists of skills that the person has"] == "3 cells are read"
