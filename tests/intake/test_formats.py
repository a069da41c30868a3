"""Candidates as applicant tracking systems and résumé builders send them: each read whole, none taken for another."""

import copy

import pytest
from intake import ats_payloads as sent

from service.core.time import tick
from service.intake.formats import FORMATS, recognise, unwrap
from service.intake.markup import plain_text
from service.usecases.candidates import read_candidate


@pytest.fixture
def read(reader):
    def read(payload, form=None, at=""):
        return read_candidate(copy.deepcopy(payload), reader, at, form)

    return read


def kinds(candidate):
    """Return what was read: skill, kind, and what was said."""
    return {
        (piece.skill, piece.kind, (piece.level or piece.months or (None,))[0]) for piece in candidate.profile.evidence
    }


def remarked(candidate):
    return {remark["pointer"]: remark["detail"] for remark in candidate.remarks}


@pytest.mark.parametrize(("form", "payload"), sent.EACH)
def test_a_form_is_recognised_by_its_shape(form, payload):
    assert recognise(payload) == form


@pytest.mark.parametrize(("form", "payload"), sent.EACH)
def test_a_form_may_be_named(read, form, payload):
    assert read(payload, form).digest == read(payload).digest


@pytest.mark.parametrize("payload", [payload for _, payload in sent.EACH])
def test_every_pointer_leads_to_what_was_read(read, payload):
    candidate = read(payload)
    places = [piece.where for piece in candidate.profile.evidence] + [title.where for title in candidate.profile.titles]

    assert places
    for where in places:
        value = payload
        for step in where.strip("/").split("/"):
            value = value[int(step)] if isinstance(value, list) else value[step]
        assert value not in (None, "")


@pytest.mark.parametrize("payload", [payload for _, payload in sent.EACH])
def test_what_a_text_tells_stands_where_it_is_said_to_stand(read, reader, payload):
    for piece in read(payload).profile.evidence:
        if piece.at:
            value = payload
            for step in piece.where.strip("/").split("/"):
                value = value[int(step)] if isinstance(value, list) else value[step]
            name = value[slice(*piece.at)]
            assert piece.skill in (reader.vocabulary.resolve(name), reader.vocabulary.resolve(f"{name}s"))


def test_greenhouse(read):
    candidate = read(sent.GREENHOUSE)

    assert (candidate.source, candidate.external_id, candidate.name) == ("greenhouse", "53883394", "Ada Invented")
    assert candidate.contact == {"email": "ada@invented.example", "headline": "Senior ML Engineer"}
    assert kinds(candidate) == {
        ("python", "stated", None), ("kubernetes", "stated", None), ("pytorch", "delivered", None),
        ("docker", "stated", None), ("airflow", "stated", 24), ("sql", "rated", 40),
        ("system_design", "rated", 40), ("statistics", "rated", 20),
    }  # fmt: skip
    assert candidate.profile.months == (108, 108)
    assert [title.title for title in candidate.profile.titles] == [
        "Senior ML Engineer",
        "Engineer",
        "Senior ML Engineer",
    ]
    assert candidate.extra["Notice period"] == "3 months"
    assert remarked(candidate)["/scorecards/0/attributes/3"].startswith("rated, but not a skill")
    assert "addresses" not in candidate.extra


def test_a_scorecard_of_greenhouse_may_hold_ratings_alone(read):
    ratings = {"yes": ["Python", "SQL"], "no": ["SQL", "Kindness"], "no_decision": ["Rust"], "superb": ["Kafka"]}
    attributes = [{"name": "Python", "type": "Skills", "rating": "yes"}]
    candidate = read({**sent.GREENHOUSE, "scorecards": [{"attributes": attributes, "ratings": ratings}]})
    rated = [(piece.where, piece.skill, piece.level) for piece in candidate.profile.evidence if piece.kind == "rated"]

    assert rated[1:] == [
        ("/scorecards/0/attributes/0/rating", "python", (30, 40)),
        ("/scorecards/0/ratings/no/0", "sql", (10, 20)),
        ("/scorecards/0/ratings/yes/1", "sql", (30, 40)),
    ]
    assert remarked(candidate)["/scorecards/0/ratings/no/1"].startswith("rated, but not a skill")
    assert remarked(candidate)["/scorecards/0/ratings/superb/0"].startswith("not one of a scorecard's ratings")
    assert "/scorecards/0/ratings/no_decision/0" not in remarked(candidate)
    odd = read({**sent.GREENHOUSE, "scorecards": [{"attributes": [], "ratings": ["yes"]}]})
    assert remarked(odd)["/scorecards/0/ratings"] == "not an object: not read"


def test_a_webhook_of_greenhouse_writes_the_month_first(read):
    candidate = read(sent.GREENHOUSE_HOOK)

    assert (candidate.external_id, candidate.name) == ("7", "Ben Invented")
    (job,) = candidate.profile.jobs
    assert job.start == (tick(2018, 2, 1), tick(2018, 2, 1))
    assert job.end == (tick(2021, 2), tick(2021, 2))
    assert {skill for skill, _, _ in kinds(candidate)} == {"terraform", "sql", "dbt"}
    assert "eeoc" not in candidate.extra
    assert remarked(candidate)["/payload/application/candidate/eeoc"] == (
        "said of the person, not of the work: dropped"
    )


def test_lever(read):
    candidate = read(sent.LEVER)

    assert candidate.external_id == "7f23e772-f2cb-4ebb-b33f-54b872999992"
    starts = sorted(job.start for job in candidate.profile.jobs)
    assert starts == [(tick(year, 1, 1),) * 2 for year in (2013, 2015, 2017)]
    assert ("python", "rated", 40) in kinds(candidate)
    assert ("ab_testing", "used", None) in kinds(candidate)
    assert ("r", "used", None) in kinds(candidate)
    assert candidate.extra["Salary"] == "secret"
    assert "mid.mentors_juniors" in candidate.profile.markers


def test_ashby_has_no_history_so_experience_is_unknown_and_not_zero(read):
    candidate = read(sent.ASHBY)

    assert candidate.profile.experience(tick(2026, 11)) is None
    assert "unknown" in remarked(candidate)["/results/position"]
    assert kinds(candidate) == {
        ("mlflow", "stated", None), ("terraform", "stated", None), ("docker", "stated", None),
        ("kubernetes", "rated", 30),
    }  # fmt: skip
    assert candidate.extra["Team"] == "Blue"


def test_hr_open(read):
    candidate = read(sent.HR_OPEN)

    assert (candidate.external_id, candidate.name) == ("hr-9", "Eve Invented")
    assert {
        ("sql", "stated", 40),
        ("airflow", "used", None),
        ("spark", "stated", 40),
        ("aws", "certified", None),
    } <= kinds(candidate)
    assert candidate.profile.experience(tick(2026, 3)) == (84, 84)
    assert "gender" not in str(candidate.extra)


def test_reactive_resume(read):
    candidate = read(sent.REACTIVE_RESUME)

    assert kinds(candidate) == {
        ("rust", "stated", 10), ("go", "stated", 10), ("tensorflow", "delivered", None), ("docker", "stated", None),
        ("fastapi", "stated", None), ("python", "stated", 40), ("sql", "stated", 40), ("kafka", "stated", None),
        ("terraform", "certified", None), ("backend_development", "stated", None),
    }  # fmt: skip
    assert "hidden by its owner" in remarked(candidate)["/sections/experience/items/1"]
    assert len(candidate.profile.jobs) == 1


def test_json_resume_of_old(read):
    candidate = read(sent.JSON_RESUME_OLD)

    assert {("python", "stated", 50), ("sql", "stated", 50), ("r", "used", None), ("docker", "delivered", None),
            ("django", "used", None), ("statistics", "stated", 40)} <= kinds(candidate)  # fmt: skip
    assert len(candidate.profile.jobs) == 1
    assert "rust" not in {skill for skill, _, _ in kinds(candidate)}


def test_json_resume_of_today(read):
    candidate = read(sent.JSON_RESUME_NEW)

    assert {
        ("kubernetes", "delivered", None),
        ("terraform", "used", None),
        ("gcp", "used", None),
        ("mlflow", "stated", None),
    } <= (kinds(candidate))
    assert [title.band for title in candidate.profile.titles][:1] == ["senior"]


@pytest.mark.parametrize(
    ("body", "count", "at"),
    [
        (sent.NATIVE, 1, None),
        ([sent.NATIVE, sent.NATIVE], 2, ""),
        ({"candidates": [sent.NATIVE]}, 1, "/candidates"),
        ({"data": [sent.LEVER["data"]], "hasNext": False}, 1, "/data"),
        ({"results": [sent.ASHBY["results"]], "success": True}, 1, "/results"),
        ({"type": "list", "data": [sent.LEVER["data"]]}, 1, "/data"),
        ({"event": "candidate.deleted", "data": [sent.LEVER["data"], sent.LEVER["data"]]}, 1, None),
        (sent.LEVER, 1, None),
        (sent.ASHBY, 1, None),
    ],
)
def test_wrappers_are_opened(body, count, at):
    items, pointer = unwrap(body)

    assert (len(items), pointer) == (count, at)


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"native", "json_resume"}))
@pytest.mark.parametrize("value", [None, 5, "text", [], {}, [1, "a", None], {"a": {"b": []}}, True, [[[]]]])
def test_no_field_of_an_ats_breaks_the_reading(reader, form, value):
    payload = sent.ALL[form][0]
    for key in payload:
        broken = {**copy.deepcopy(payload), key: value}
        try:
            read_candidate(broken, reader, "", form)
        except Exception as error:  # noqa: BLE001 - whatever is raised must be ours
            assert type(error).__name__ == "InvalidInput", (key, error)  # noqa: PT017 - raising is allowed, not asked


@pytest.mark.parametrize(
    ("markup", "seen"),
    [
        ("<p>Python</p>", "Python"),
        ("C&#43;&#43; &amp; SQL", "C+ + & SQL"),
        ("<b>ma</b>chine", "ma chine"),
        ('a<span style="display:none">Java</span>b', "a b"),
        ("a<div hidden>Java<div>x</div>Go</div>b", "a b"),
        ("a<!-- Java -->b", "a b"),
        ("a<style>p{}</style>b<script>x()</script>c", "a b c"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("a <!-- never closed Java", "a"),
        ("<br>x<img src=a>y", "x y"),
    ],
)
def test_of_markup_what_a_page_shows_is_left_in_its_place(markup, seen):
    plain = plain_text(markup)

    assert " ".join(plain.split()) == seen
    assert len(plain) == len(markup)


def test_names_of_custom_fields_are_understood_as_headers_are(read):
    fields = {
        "Technical Skills": "Docker, dbt", "Total Experience (in years)": 6, "Python level": 4, "SQL (self)": 3,
        "Kafka (1-10)": 8, "Spark (1-4)": 2, "Years of Go": 3, "Java required?": "yes",
        "Which tools have you used?": "Git",
    }  # fmt: skip
    candidate = read({**sent.LEVER["data"], "customFields": fields})

    found = {
        (piece.skill, piece.kind, piece.level)
        for piece in candidate.profile.evidence
        if piece.where.startswith("/customFields")
    }
    assert found == {
        ("docker", "stated", None), ("dbt", "stated", None), ("git", "stated", None), ("python", "rated", (40, 40)),
        ("sql", "stated", (30, 30)), ("kafka", "rated", (40, 40)), ("go", "stated", None),
    }  # fmt: skip
    assert candidate.extra.keys() >= {"Spark (1-4)", "Java required?"}
