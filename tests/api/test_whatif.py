"""What would change it, by the API: each answer is held against scoring anew by the API itself."""

import datetime as dt

import pytest
from api.people import STRONG, cells, opened, person, pool, rated

ROLE = "ml_engineer"
DAY = "2026-11-20"
ASKED = {"role": ROLE, "seniority": "senior", "as_of": DAY}


@pytest.fixture
def ids(api):
    """Six people of falling strength, the last of whom lacks Python."""
    return api.keep(*pool())


def ranks(api, **query):
    found = api.get(f"/shortlists/{ROLE}", query_string={"seniority": "senior", "as_of": DAY, **query}).json
    return {entry["candidate"]["id"]: entry["rank"] for entry in found["shortlist"]}


def what_if(api, id_, **asked):
    response = api.post(f"/candidates/{id_}/what-if", {**ASKED, **asked})
    assert response.status_code == 200, response.json
    return response.json


# One candidate


def test_where_a_candidate_stands_is_what_the_shortlist_says(api, ids):
    answer = what_if(api, ids[3])
    entry = next(
        entry
        for entry in api.get(f"/shortlists/{ROLE}?seniority=senior&as_of={DAY}").json["shortlist"]
        if entry["candidate"]["id"] == ids[3]
    )

    assert answer["candidate"] == entry["candidate"]
    assert answer["now"] == {name: entry[name] for name in ("fit", "fit_high", "gate", "rank")}
    assert (answer["total"], answer["as_of"]) == (6, DAY)


def test_unless_asked_the_goal_is_the_top_ten(api, ids):
    goal = what_if(api, ids[5])["goal"]

    assert goal["asked"] == {"gate": None, "top": 10, "fit": None}
    assert [(one["criterion"], one["level"], one["to"]) for one in goal["changes"]] == [("python", 0, 2)]
    assert goal["standing"]["rank"]


def test_changes_that_were_asked_for_are_what_changing_the_candidate_gives(api, ids):
    changes = [{"criterion": "python", "level": 3.5}, {"criterion": "sql", "level": 1}]
    answer = what_if(api, ids[2], changes=changes)
    others = {**{name: max(level - 1, 1) for name, level in STRONG.items()}, "Python": 3.5, "SQL": 1}
    api.keep(person(2, skills=rated(others)))
    entry = api.get(f"/candidates/{ids[2]}/scores?role={ROLE}&seniority=senior&as_of={DAY}").json["results"][0]

    assert answer["goal"] is None
    told = answer["changed"]["standing"]
    assert (told["fit"], told["gate"]) == (entry["fit"], entry["gate"])
    assert told["rank"] == ranks(api).get(ids[2])


def test_the_fewest_changes_reach_the_goal_when_they_are_made(api, ids):
    goal = what_if(api, ids[4], goal={"top": 2})["goal"]
    assert goal["within_reach"]
    made = [{"criterion": one["criterion"], "level": one["to"]} for one in goal["changes"]]
    then = what_if(api, ids[4], changes=made)["changed"]["standing"]

    assert then == goal["standing"]
    assert then["rank"] <= 2
    for left_out in range(len(made)):
        fewer = what_if(api, ids[4], changes=made[:left_out] + made[left_out + 1 :])["changed"]
        assert fewer is None or fewer["standing"]["rank"] > 2


def test_what_is_to_stay_stays_and_a_goal_may_be_out_of_reach(api, ids):
    goal = what_if(api, ids[5], goal={"gate": "pass"}, keep=["python"])["goal"]

    assert goal == {
        "asked": {"gate": "pass", "top": None, "fit": None},
        "search": "exact",
        "within_reach": False,
        "changes": [],
        "standing": None,
    }


def test_a_fit_between_two_hundredths_is_not_reached_by_the_lower_one(api, ids):
    fit = what_if(api, ids[5])["now"]["fit"]
    reached = [what_if(api, ids[5], goal={"fit": fit + more})["goal"] for more in (0, 0.004)]

    assert [bool(goal["changes"]) for goal in reached] == [False, True]
    assert reached[1]["standing"]["fit"] >= fit + 0.004


def test_what_may_be_so_already_is_a_question_and_the_rest_is_to_be_learnt(api, ids):
    (unknown,) = api.keep(person(60, skills=rated({name: level for name, level in STRONG.items() if name != "SQL"})))
    (asked,) = what_if(api, unknown, goal={"gate": "pass"})["goal"]["changes"]
    (learnt,) = what_if(api, ids[5], goal={"gate": "pass"})["goal"]["changes"]

    assert (asked["criterion"], asked["may_be_so"]) == ("sql", True)
    assert asked["question"]
    assert (learnt["criterion"], learnt["may_be_so"], learnt["question"]) == ("python", False, None)
    assert learnt["advice"]


def test_every_level_of_every_criterion_is_told(api, ids):
    answer = what_if(api, ids[1])
    rubric = api.get(f"/roles/{ROLE}").json

    assert [row["criterion"] for row in answer["effects"]] == [row["criterion"] for row in rubric["criteria"]]
    for row in answer["effects"]:
        assert {each["level"] for each in row["levels"]} >= {0, 1, 2, 3, 4, 5}
        fits = [each["fit"] for each in row["levels"]]
        assert fits == sorted(fits)
        if row["requirement"] == "must":
            assert row["levels"][0]["gate"] == "fail"
            assert row["levels"][0]["rank"] is None


def test_who_was_merged_is_the_one_that_counts(api, ids):
    assert api.post(f"/candidates/{ids[0]}/merge", {"with": ids[5]}).status_code == 200

    assert what_if(api, ids[5])["candidate"]["id"] == ids[0]


@pytest.mark.parametrize(
    ("asked", "pointers"),
    [
        (
            {"changes": [{"criterion": "klingon", "level": 2}, {"criterion": "sql", "level": 2.25}], "keep": ["x"]},
            {"/changes/0/criterion", "/changes/1/level", "/keep/0"},
        ),
        ({"changes": [{"criterion": "sql", "level": 2}] * 2}, {"/changes/0/criterion", "/changes/1/criterion"}),
        ({"changes": [{"criterion": "sql", "level": 6}]}, {"/changes/0/level"}),
        ({"changes": [{"criterion": "seniority_years", "level": 2}]}, {"/changes/0/criterion"}),
        ({"goal": {"top": 0, "fit": 101, "gate": "open"}}, {"/goal/top", "/goal/fit", "/goal/gate"}),
        ({"seniority": "chief", "more": 1}, {"/seniority", "/more"}),
    ],
)
def test_every_mistake_is_told_with_its_place(api, ids, asked, pointers):
    response = api.post(f"/candidates/{ids[0]}/what-if", {**ASKED, **asked})

    assert response.status_code == 422
    assert {error["pointer"] for error in response.json["errors"]} == pointers


def test_there_must_be_such_a_candidate_and_such_a_role(api, ids):
    assert api.post("/candidates/nobody/what-if", ASKED).status_code == 404
    assert api.post(f"/candidates/{ids[0]}/what-if", {**ASKED, "role": "tsar"}).status_code == 404
    assert api.post("/shortlists/tsar/what-if", {}).status_code == 404
    assert api.get("/shortlists/tsar/must-haves").status_code == 404


# A shortlist


def revised(api, **asked):
    response = api.post(f"/shortlists/{ROLE}/what-if", {"seniority": "senior", "as_of": DAY, **asked})
    assert response.status_code == 200, response.json
    return response.json


def test_a_must_have_given_up_lets_in_who_lacks_it(api, ids):
    answer = revised(api, requirements={"python": "should"}, top=10)

    assert (answer["before"]["eligible"], answer["after"]["eligible"]) == (5, 6)
    assert [move["candidate"]["id"] for move in answer["entered"]] == [ids[5]]
    assert answer["left"] == []
    (row,) = answer["criteria"]
    assert (row["before"]["requirement"], row["after"]["requirement"]) == ("must", "should")
    assert (row["before"]["gate_level"], row["after"]["gate_level"]) == (2, None)


def test_other_weights_do_what_scoring_with_them_does(api, ids):
    weights = {"parts": {"nice": 60}, "criteria": {"python": 40}}
    answer = revised(api, weights=weights, top=2)
    skills = rated({**STRONG, "Python": 0})
    fit = api.score(person(6, skills=skills), seniority="senior", as_of=DAY, weights=weights)["results"][0]["fit"]
    move = next(move for move in answer["moves"] if move["candidate"]["id"] == ids[5]) if answer["moves"] else None

    assert answer["after"]["weights"] == api.score(person(), weights=weights)["applied"]["weights"][ROLE]
    assert move is None or move["fit_after"] == fit


@pytest.mark.usefixtures("ids")
def test_levels_and_gates_may_be_otherwise(api):
    answer = revised(api, required_levels={"kubernetes": 3.5}, gate_levels={"python": 1, "kubernetes": 3})
    rows = {row["criterion"]: row["after"] for row in answer["criteria"]}

    assert set(rows) == {"python", "kubernetes"}
    assert (rows["kubernetes"]["required_level"], rows["kubernetes"]["gate_level"]) == (3.5, 3)
    assert answer["after"]["gates"]["fail"] > answer["before"]["gates"]["fail"]
    assert answer["moves_total"] == len(answer["moves"]) > 0


@pytest.mark.usefixtures("ids")
def test_where_nothing_is_asked_nothing_changes(api):
    answer = revised(api)

    assert answer["before"] == answer["after"]
    assert answer["criteria"] == answer["moves"] == answer["entered"] == answer["left"] == []


def test_what_is_asked_is_not_kept(api, ids):
    before = api.get(f"/shortlists/{ROLE}?as_of={DAY}").json
    revised(api, requirements={"python": "nice"}, weights={"criteria": {"sql": 0}})
    what_if(api, ids[0], changes=[{"criterion": "sql", "level": 0}])

    assert api.get(f"/shortlists/{ROLE}?as_of={DAY}").json == before


@pytest.mark.parametrize(
    ("asked", "pointers"),
    [
        (
            {"required_levels": {"x": 2, "sql": 0}, "requirements": {"y": "must"}, "weights": {"criteria": {"z": 1}}},
            {"/required_levels/x", "/required_levels/sql", "/requirements/y", "/weights/criteria/z"},
        ),
        ({"required_levels": {"sql": 1}}, {"/required_levels/sql"}),
        ({"gate_levels": {"sql": 5, "java": 2}}, {"/gate_levels/sql", "/gate_levels/java"}),
        ({"weights": {"parts": {"required": 0, "nice": 0, "seniority": 0}}}, {"/weights"}),
        ({"requirements": {"sql": "perhaps"}, "top": 0}, {"/requirements/sql", "/top"}),
    ],
)
def test_a_rubric_that_cannot_be_is_refused_with_every_mistake(api, asked, pointers):
    response = api.post(f"/shortlists/{ROLE}/what-if", asked)

    assert response.status_code == 422, response.json
    assert {error["pointer"] for error in response.json["errors"]} == pointers


def test_weights_that_leave_nothing_once_a_requirement_is_otherwise_are_refused(api):
    rubric = api.get(f"/roles/{ROLE}").json
    nice = [row["criterion"] for row in rubric["criteria"] if row["requirement"] == "nice"]
    asked = {
        "weights": {"parts": {"required": 0, "seniority": 0}},
        "requirements": dict.fromkeys(nice, "should"),
    }
    response = api.post(f"/shortlists/{ROLE}/what-if", asked)

    assert response.status_code == 422
    assert [error["pointer"] for error in response.json["errors"]] == ["/weights"]


# Must-haves


@pytest.mark.both_databases
@pytest.mark.usefixtures("ids")
def test_the_price_of_each_must_have_adds_up(api):
    api.keep(person(70, skills=rated({**STRONG, "Python": 1, "SQL": 0})), person(71))
    answer = api.get(f"/shortlists/{ROLE}/must-haves?seniority=senior&as_of={DAY}").json
    listed = {
        gate: api.get(f"/shortlists/{ROLE}?seniority=senior&as_of={DAY}&gate={gate}").json for gate in ("any", "pass")
    }

    for gate in ("any", "pass"):
        assert answer["removed"][gate] == listed[gate]["not_eligible_total"]
        shares = [round(row[gate]["share"] * 100) for row in answer["must_haves"]]
        assert sum(shares) == 100 * answer["removed"][gate]
    rows = {row["criterion"]: row for row in answer["must_haves"]}
    assert (rows["python"]["fails"], rows["python"]["any"]) == (2, {"alone": 1, "if_lowered": 0, "share": 1.5})
    assert (rows["sql"]["fails"], rows["sql"]["any"]["share"]) == (1, 0.5)
    assert rows["cloud"]["may_fail"] == 1
    assert answer["nobody_meets"] == {"any": [], "pass": []}


@pytest.mark.usefixtures("ids")
def test_what_a_must_have_is_said_to_bring_back_comes_back_when_it_is_given_up(api):
    api.keep(person(70, skills=rated({**STRONG, "Python": 1})))
    for row in api.get(f"/shortlists/{ROLE}/must-haves?seniority=senior&as_of={DAY}").json["must_haves"]:
        without = revised(api, requirements={row["criterion"]: "should"})
        lower = revised(api, gate_levels={row["criterion"]: row["lowered_to"]}) if row["lowered_to"] else without

        assert without["after"]["eligible"] - without["before"]["eligible"] == row["any"]["alone"]
        assert without["after"]["gates"]["pass"] - without["before"]["gates"]["pass"] == row["pass"]["alone"]
        assert lower["after"]["eligible"] - lower["before"]["eligible"] == row["any"]["if_lowered"]


def test_sets_that_nobody_meets_are_named(api):
    api.keep(person(1, skills=rated({**STRONG, "Python": 0})), person(2, skills=rated({**STRONG, "SQL": 0})))
    answer = api.get(f"/shortlists/{ROLE}/must-haves").json

    assert answer["nobody_meets"] == {"any": [["python", "sql"]], "pass": [["python", "sql"]]}


def test_of_nobody_nothing_is_taken(api):
    answer = api.get(f"/shortlists/{ROLE}/must-haves").json

    assert answer["removed"] == {"any": 0, "pass": 0}
    assert answer["as_of"] == dt.datetime.now(dt.UTC).date().isoformat()


@pytest.mark.parametrize("base", ["/api/v1", ""])
def test_the_workbook_of_a_shortlist_has_a_sheet_of_its_must_haves(api, ids, base):
    assert ids
    book = opened(api.client.get(f"{base}/shortlists/{ROLE}.xlsx?seniority=senior&as_of={DAY}"))
    sheet = cells(book["Must-haves"])
    told = api.get(f"/shortlists/{ROLE}/must-haves?seniority=senior&as_of={DAY}").json

    assert sheet[0][0].startswith("1 of 6 surely fail a must-have.")
    assert [row[:3] for row in sheet[2:]] == [
        [row["title"], row["gate_level"], row["fails"]] for row in told["must_haves"]
    ]
