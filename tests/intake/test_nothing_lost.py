"""Whatever stands anywhere in a payload is evidence, identity or contact, or is told with the pointer to it."""

import copy

import pytest
from intake import ats_payloads as sent
from intake import events_sent as hooks

from service.errors import InvalidInput
from service.intake.draft import CUT
from service.intake.events import NotACandidate
from service.intake.node import MOST_LISTED, is_personal
from service.usecases.candidates import read_candidate

FULL = {
    "external_id": "n-2", "name": "Jo Invented", "email": "jo@invented.example", "headline": "ML Engineer",
    "summary": "Proficient in SQL.", "years_experience": 4, "text": "Jo Invented\nUses Docker.", "notes": "Knows Go.",
    "skills": [{"name": "Python", "level": 4, "years": 3, "last_used": "2024", "kind": "rated"}, "Kafka"],
    "jobs": [{"title": "ML Engineer", "organization": "Made Up Labs", "start": "2020-01", "end": "2022-01",
              "summary": "Built Airflow pipelines.", "skills": {"CI/CD": 3}}],
    "projects": [{"name": "Ranker", "title": "Lead", "organization": "Elsewhere", "delivered": True, "start": "2021",
                  "summary": "Spark jobs.", "skills": ["dbt"]}],
    "certificates": [{"name": "CKA", "issuer": "CNCF", "date": "2023", "skills": [{"name": "Kubernetes", "level": 3}]}],
    "assessments": [{"skill": "SQL", "name": "Test 3", "score": 3, "max_score": 5, "date": "2024"}],
    "markers": {"mid.mentors_juniors": True},
}  # fmt: skip
EACH = [*sent.EACH, ("native", FULL), *(("greenhouse", hook) for hook in hooks.CARRIED[-2:])]
PAYLOADS = [payload for _, payload in EACH]
NAMES = [f"{form}-{number}" for number, (form, _) in enumerate(EACH)]

ODD = [{"zz": "Marqueur"}, ["Marqueur", {"zz": 1}], -7.5, [[7.5]], {"a": {"b": ["Marqueur"]}}, True, [{"zz": "Kafka"}]]
"""Values that stand where none of their type belongs."""


def places(value, path=()):
    """Yield the paths to everything in a payload."""
    yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from places(part, (*path, key))


def at(payload, path):
    for step in path:
        payload = payload[step]
    return payload


def pointer(path):
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path)


def told(payload, reader, form=None):
    """Return the pointers to all that was read, set aside or refused."""
    try:
        candidate = read_candidate(payload, reader, "", form)
    except NotACandidate:
        return {""}
    except InvalidInput as error:
        return {fault["pointer"] for fault in error.errors}
    assert not any(remark["detail"].startswith("and ") for remark in candidate.remarks)
    profile = candidate.profile
    seen = (*profile.evidence, *profile.titles, *profile.markers.values())
    return {remark["pointer"] for remark in candidate.remarks} | {piece.where for piece in seen}


def covers(found, where):
    """Tell whether what stands at a pointer is told by it, by an ancestor, or part by part."""
    return any(where == one or where.startswith(f"{one}/") or one.startswith(f"{where}/") for one in found)


@pytest.mark.parametrize("payload", PAYLOADS, ids=NAMES)
def test_an_unknown_field_at_any_depth_is_told(reader, payload):
    for number, path in enumerate(places(payload)):
        if not isinstance(at(payload, path), dict):
            continue
        changed = copy.deepcopy(payload)
        at(changed, path)["zz/unknown~"] = ("Marqueur", ["Kafka"], {"zz": "Kafka"}, 7.5)[number % 4]
        assert covers(told(changed, reader), pointer((*path, "zz/unknown~"))), path


@pytest.mark.parametrize("payload", PAYLOADS, ids=NAMES)
def test_an_unknown_item_of_any_list_is_told(reader, payload):
    for path in places(payload):
        if isinstance(at(payload, path), list):
            for odd in (3.5, {"zz": "Marqueur"}, ["Marqueur"], True):
                changed = copy.deepcopy(payload)
                at(changed, path).append(odd)
                where = pointer((*path, len(at(changed, path)) - 1))
                assert covers(told(changed, reader), where), (where, odd)


@pytest.mark.parametrize("payload", PAYLOADS, ids=NAMES)
def test_a_value_of_another_type_anywhere_is_told(reader, payload):
    for number, path in enumerate(places(payload)):
        if path:
            changed, odd = copy.deepcopy(payload), ODD[number % len(ODD)]
            at(changed, path[:-1])[path[-1]] = odd
            if odd is True and isinstance(at(payload, path), bool | dict | type(None)):
                continue  # true where a truth belongs, or where one says no more than that it is there
            assert covers(told(changed, reader), pointer(path)), (path, odd)


@pytest.mark.slow
@pytest.mark.parametrize("payload", PAYLOADS, ids=NAMES)
def test_every_odd_value_anywhere_is_told(reader, payload):
    for path in filter(None, places(payload)):
        for odd in ODD:
            changed = copy.deepcopy(payload)
            at(changed, path[:-1])[path[-1]] = odd
            if odd is not True:
                assert covers(told(changed, reader), pointer(path)), (path, odd)


@pytest.mark.parametrize("payload", PAYLOADS, ids=NAMES)
def test_what_is_told_stands_in_the_payload(reader, payload):
    for where in told(payload, reader):
        value = payload
        for step in where.split("/")[1:]:
            step = step.replace("~1", "/").replace("~0", "~")  # noqa: PLW2901 - the step as it is
            value = value[int(step)] if isinstance(value, list) else value.get(step)


@pytest.mark.parametrize("payload", PAYLOADS, ids=NAMES)
def test_what_says_nothing_is_not_told(reader, payload):
    changed = {**copy.deepcopy(payload), "zz": [None, "", " ", {}, {"a": []}], "yy": {"a": None}}
    assert not any("zz" in where or "yy" in where for where in told(changed, reader))


def test_a_field_that_nothing_was_read_of_is_told_as_a_whole_and_its_reason_as_a_part(reader):
    found = told({**sent.GREENHOUSE, "attachments": [{"a": {"b": 1}}], "tags": ["Kafka", 3.5]}, reader)

    assert {where for where in found if where.startswith(("/attachments", "/tags"))} == {
        "/attachments", "/tags/0", "/tags/1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("payload", "where"),
    [
        ({**sent.HR_OPEN, "skills": [{"name": "Kafka"}]}, "/skills"),
        ({**sent.JSON_RESUME_NEW, "work": [{"position": "x", "technologies": ["Kafka"]}]}, "/work/0/technologies"),
        ({**sent.GREENHOUSE, "keyed_custom_fields": None, "custom_fields": [{"name": "Skills", "value": ["SQL"]}]},
         "/custom_fields"),
        ({"id": "1", "first_name": "A", "last_name": "B", "email_addresses": [], "tags": [{"id": "t", "name": "Go"}]},
         "/tags/0"),
        ({**sent.GREENHOUSE, "tags": ["referral"]}, "/tags"),
        ({**sent.LEVER["data"], "customFields": {"Level": {"a": 1}}}, "/customFields"),
    ],
)  # fmt: skip
def test_what_was_lost_without_a_word_is_told(reader, payload, where):
    assert covers(told(payload, reader), where)


def test_what_is_said_of_the_person_is_dropped_at_any_depth_and_said_so(reader):
    profile = {"hobby": "chess", "birthDate": "1990", "a": [{"sex": "f"}]}
    body = {**sent.GREENHOUSE, "photo_url": "p.png", "profile": profile,
            "custom_fields": None, "keyed_custom_fields": {"g": {"name": "Gender", "value": "female"}}}  # fmt: skip
    candidate = read_candidate(body, reader, "")
    dropped = {remark["pointer"] for remark in candidate.remarks if remark["detail"].endswith(": dropped")}

    assert dropped >= {
        "/photo_url", "/profile/birthDate", "/profile/a/0/sex", "/keyed_custom_fields/g/value", "/phone_numbers",
        "/addresses",
    }  # fmt: skip
    assert candidate.extra["profile"] == {"hobby": "chess", "a": [{}]}
    assert not {"photo_url", "Gender", "phone_numbers"} & candidate.extra.keys()
    assert not any("female" in str(remark) or "555-0100" in str(remark) for remark in candidate.remarks)


@pytest.mark.parametrize(
    ("name", "personal"),
    [("phoneNumbers", True), ("primaryPhoneNumber", True), ("photo_url", True), ("addresses", True), ("gender", True),
     ("dateOfBirth", True), ("race", True), ("eeoc", True), ("school", True), ("Geburtsdatum", True),
     ("trace", False), ("graceful_degradation", False), ("language", False), ("email_addresses", False),
     ("mobile_development", False), ("notice", False), ("stage", False), ("zz", False)],
)  # fmt: skip
def test_what_is_personal_is_told_by_the_name_of_its_field(name, personal):
    assert is_personal(name) is personal


def test_the_list_of_what_is_not_read_has_an_end_and_counts_the_rest(reader):
    body = {**sent.GREENHOUSE, **{f"field_{number:03}": number + 1 for number in range(MOST_LISTED + 50)}}
    *listed, last = read_candidate(body, reader, "/candidates/0").remarks

    assert (last["pointer"], last["value"]) == ("/candidates/0", "")
    assert last["detail"].startswith("and ")
    assert MOST_LISTED <= len(listed) < MOST_LISTED + 20


def test_a_text_is_read_up_to_its_bound_and_the_rest_is_told(reader):
    body = {**sent.GREENHOUSE, "notes": f"Python. {'x ' * 100_000}Kafka."}
    candidate = read_candidate(body, reader, "")

    assert "kafka" not in {piece.skill for piece in candidate.profile.evidence}
    assert any(remark["pointer"] == "/notes" and remark["detail"] == CUT for remark in candidate.remarks)


@pytest.mark.parametrize(("named", "shape", "payload"), [
    (named, form, payload) for named in sent.ALL for form, payload in [*sent.EACH, ("native", FULL)]
])  # fmt: skip
def test_a_form_that_is_named_is_held_to(reader, named, shape, payload):
    if named == shape:
        assert read_candidate(payload, reader, "", named).source == named
        return
    with pytest.raises(InvalidInput) as caught:
        read_candidate(payload, reader, "/candidates/4", named)
    (error,) = caught.value.errors
    assert (error["pointer"], error["code"]) == ("/candidates/4", "format_mismatch")
    assert error["detail"] == (
        f"It does not look like {named}: it looks like {shape}. Send format={shape}, or leave format out."
    )


@pytest.mark.parametrize(
    ("named", "body", "is_read"),
    [
        ("lever", {"id": "o", "name": "Chi"}, True),
        ("lever", {"data": {"id": "o", "name": "Chi", "tags": ["Kafka"]}}, True),
        ("lever", {"id": "o", "name": "Chi", "external_id": "n"}, False),
        ("lever", {"name": "Ida", "external_id": "n", "skills": ["Kafka"], "tags": ["a"]}, False),
        ("lever", {"name": "Ida", "headline": "x"}, False),
        ("greenhouse", {"id": 1, "first_name": "A", "last_name": "B"}, True),
        ("greenhouse", {"payload": {"candidate": {"id": 1, "first_name": "A", "last_name": "B"}}}, True),
        ("json_resume", {"external_id": "1", "skills": [{"name": "SQL"}], "work": []}, True),
        ("json_resume", {"external_id": "1", "name": "Ida"}, False),
        ("ashby", {"id": "1", "name": "Dag", "position": "Engineer"}, True),
        ("hr_open", {"id": "1", "person": {"name": "Eve"}}, True),
        ("reactive_resume", {"id": "1", "basics": {"name": "Fay"}}, False),
        ("native", {"name": "Ida", "markers": {}, "basics": {"a": 1}}, True),
        ("native", {"name": "Ida", "tags": ["a"], "id": 5}, True),
    ],
)
def test_a_poor_body_is_read_as_named_where_no_field_says_otherwise(reader, named, body, is_read):
    if is_read:
        assert read_candidate(body, reader, "", named).source == named
        return
    with pytest.raises(InvalidInput) as caught:
        read_candidate(body, reader, "", named)
    assert caught.value.errors[0]["code"] == "format_mismatch"
