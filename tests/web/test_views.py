"""The views of a list as they are sent: they say what the API says, by the weights of the page, and refuse like it."""

import html
import io
import re

import openpyxl
import pytest

from service.web.views import bands
from service.web.words import chance, span

AT = "/shortlists/ml_engineer"
S = "seniority=senior"
VIEWS = ("robustness", "questions", "must-haves", "elsewhere")


@pytest.fixture
def pool(sampled):
    return sampled


def page(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status, path
    return response.get_data(as_text=True)


def rows(text, table):
    """Return the cells of a table's body as text, by line; a line that spans all has one."""
    body = re.search(rf'<table class="{table}[ "].*?</table>', text, re.DOTALL)[0].split("</thead>")[1]
    lines = re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    cells = [re.findall(r"<t[dh].*?</t[dh]>", line, re.DOTALL) for line in lines]
    return [[plain(cell) for cell in line] for line in cells]


def plain(markup):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", markup))).strip()


def called(entry):
    return entry["candidate"]["name"] or entry["candidate"]["external_id"]


@pytest.mark.parametrize(
    ("asked", "of_api"),
    [
        ("", "k=10"),
        ("&k=5", "k=5"),
        ("&k=3&sure=exact", "k=3&sure=1"),
        ("&sure=order", "k=10&ranked=true"),
        ("&sure=none", "k=10&sure=0"),
        ("&k=", "k=10"),
    ],
)
def test_how_sure_the_order_is_says_what_the_api_says(pool, asked, of_api):
    told = pool.get(f"/api/v1{AT}/robustness?{S}&{of_api}").json["shortlist"]
    shown = [line for line in rows(page(pool, f"{AT}/robustness?{S}{asked}"), "sure") if len(line) > 1]
    assert [(line[0], line[1], line[2], line[4], line[5]) for line in shown] == [
        (str(e["rank"]), called(e), f"{e['fit']:.2f}", chance(e["top"]), chance(e["first"])) for e in told
    ]
    assert [line[3].split(",")[0] for line in shown] == [span(e["ranks"]) for e in told]
    assert {e["verdict"]: line[7] for e, line in zip(told, shown, strict=True)}.items() <= {
        "likely": "likely in", "open": "in or out", "unlikely": "likely out",
    }.items()  # fmt: skip


def entry(ahead, group=1):
    return {"ahead_of_next": ahead, "group": group}


@pytest.mark.parametrize(
    ("ranked", "sizes"),
    [
        ([], []),
        ([entry(None)], [1]),
        ([entry(0.9), entry(None)], [1, 1]),
        ([entry(0.89), entry(None)], [2]),
        ([entry(0.5), entry(0.95), entry(0.5), entry(None)], [2, 2]),
        ([entry(0.5, 1), entry(0.5, 2), entry(None, 2)], [1, 2]),
    ],
)
def test_a_band_ends_where_the_next_is_surely_behind(ranked, sizes):
    assert [len(band) for band in bands(ranked)] == sizes
    assert [one for band in bands(ranked) for one in band] == ranked


@pytest.mark.parametrize(
    ("share", "words"), [(0, "0%"), (0.001, "<1%"), (0.01, "1%"), (0.5, "50%"), (0.995, ">99%"), (1, "100%")]
)
def test_nearly_never_is_not_never(share, words):
    assert chance(share) == words


def test_who_is_first_is_told_with_what_one_must_value_for_it(pool):
    told = pool.get(f"/api/v1{AT}/robustness?{S}&sure=0").json["shortlist"]
    text = page(pool, f"{AT}/robustness?{S}&sure=none")
    valued = text.split('id="valued"')[1]
    first = sorted((e for e in told if e["first"]), key=lambda e: -e["first"])
    assert len(first) > 1, "a pool in which any weights leave the same one first shows nothing"
    assert all(called(e) in valued for e in first[:5])
    assert "more weight on" in valued


def test_the_views_go_by_the_weights_of_the_page(pool):
    weights = "w.python=0&w.sql=20&p.nice=90"
    ranked = pool.get(f"{AT}.json?{S}&{weights}").json["shortlist"]
    own = pool.get(f"{AT}.json?{S}").json["shortlist"]
    assert [called(e) for e in ranked[:10]] != [called(e) for e in own[:10]]
    text = page(pool, f"{AT}/robustness?{S}&{weights}")
    shown = [line[1] for line in rows(text, "sure") if len(line) > 1]
    assert shown[:10] == [called(e) for e in ranked[:10]]
    assert "By the weights you set" in text
    assert "w.sql=20" in re.search(r'href="([^"]*/questions[^"]*)"', text)[1], "they go along to the other views"
    assert "By the weights you set" not in page(pool, f"{AT}/robustness?{S}")


def test_the_questions_are_the_apis_and_go_into_a_sheet(pool):
    told = pool.get(f"/api/v1{AT}/questions?{S}&k=5").json
    text = page(pool, f"{AT}/questions?{S}&k=5")
    assert [line[0] for line in rows(text, "asks")] == [one["question"] for one in told["pool"]]
    assert [line[2] for line in rows(text, "asks")] == [str(one["unknown"]) for one in told["pool"]]
    best = told["candidates"][12]
    card = html.unescape(text).split(f">{called(best)}</a>")[1].split("</article>")[0]
    assert all(one["question"] in card for one in best["questions"])
    assert f"{best['questions'][0]['rise']:.2f} points on average" in card
    path = re.search(r'href="([^"]*questions\.xlsx[^"]*)"', text)[1].replace("&amp;", "&")
    sheet = pool.get(path)
    assert "interview-ml_engineer-senior-" in sheet.headers["Content-Disposition"]
    lines = list(openpyxl.load_workbook(io.BytesIO(sheet.data))["Questions"].iter_rows(values_only=True))
    asked = [line[3] for line in lines if isinstance(line[0], int)]
    first = [one["question"] for who in told["candidates"] for one in who["questions"]]
    assert asked[: len(first)] == first
    assert len(asked) > len(first), "the sheet is for everybody"


def test_the_price_of_each_must_have_is_the_apis(pool):
    told = pool.get(f"/api/v1{AT}/must-haves?{S}").json
    *shown, total = rows(page(pool, f"{AT}/must-haves?{S}"), "price")
    assert [(line[0], line[2], line[3], line[5], line[6], line[7]) for line in shown] == [
        (
            row["title"],
            *map(str, (row["fails"], row["may_fail"], row["any"]["alone"], row["any"]["if_lowered"])),
            f"{row['any']['share']:.2f}",
        )
        for row in told["must_haves"]
    ]
    assert total[-1] == f"{told['removed']['any']:.2f}"


def test_sets_of_must_haves_that_nobody_meets_are_named(client):
    client.post("/api/v1/candidates", json=[{"name": "Ada Example", "skills": {"Python": 5, "SQL": 0}}])
    text = page(client, f"{AT}/must-haves?{S}")
    sets = text.split("nobody in the pool can have all of")[1].split("</ul>")[0]
    assert re.findall(r"<li>(.*?)</li>", sets) == ["SQL and data modeling"]


def test_who_is_better_elsewhere_is_the_apis(pool):
    told = pool.get(f"/api/v1/pool/roles?role=ml_engineer&{S}").json
    text = page(pool, f"{AT}/elsewhere?{S}")
    assert [int(line[1]) for line in rows(text, "best-roles")] == list(told["best"].values())
    assert [(line[0], line[3]) for line in rows(text, "elsewhere")] == [
        (called(one), f"{one['best_fit']:.2f}") for one in told["elsewhere"]
    ]


@pytest.mark.parametrize("view", VIEWS)
def test_an_empty_pool_is_said_with_what_to_do(client, view):
    assert "Upload candidates" in page(client, f"{AT}/{view}?{S}").split("<main")[1]


@pytest.mark.parametrize("view", VIEWS)
def test_a_pool_of_whom_nobody_is_eligible_has_its_page(client, view):
    client.post("/api/v1/candidates", json=[{"name": "Ada Example", "skills": {"Python": 0, "SQL": 0}}])
    text = page(client, f"{AT}/{view}?{S}")
    assert "Ada Example" not in text or view == "elsewhere"
    if view == "robustness":
        assert "everybody fails a must-have" in text


@pytest.mark.parametrize("view", [*VIEWS, "questions.xlsx"])
@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [("as_of=soon", 422, "is not a day"), ("k=ten", 422, "not a whole number"), ("sure=0.7", 422, "one of: exact")],
)
def test_a_wrong_question_is_a_page_that_says_what_is_right(client, view, asked, status, said):
    takes = {"robustness": ("k", "sure", "as_of"), "questions": ("k", "as_of"), "questions.xlsx": ("k", "as_of")}
    if asked.split("=")[0] in takes.get(view, ("as_of",)):
        text = page(client, f"{AT}/{view}?{asked}", status)
        assert said in text
        assert "What to do next" in text


@pytest.mark.parametrize("view", [*VIEWS, "questions.xlsx"])
def test_a_role_that_is_not_there_has_no_view(client, view):
    assert "There is no role" in page(client, f"/shortlists/astronaut/{view}", 404)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["k", "page", "per_page", "level", "w.python", "p.nice", "top", "fit"])
def test_a_number_without_end_breaks_no_page(pool, name):
    who = pool.get(f"{AT}.json?{S}").json["shortlist"][0]["candidate"]["id"]
    for path in (AT, f"{AT}/robustness", f"/candidates/{who}"):
        assert pool.get(f"{path}?{S}&{name}={'9' * 5000}").status_code in (200, 422)


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("role=data_engineer&seniority=senior", "/shortlists/data_engineer?seniority=senior"),
        ("role=data_engineer&view=views.how_sure&k=5", "/shortlists/data_engineer/robustness?k=5"),
        ("role=data_engineer&view=shortlist.heat_map", "/heatmaps/data_engineer"),
        ("role=data_engineer&view=start.show", "/shortlists/data_engineer"),
        ("role=data_engineer&of=ml_engineer&w.python=3&p.nice=1", "/shortlists/data_engineer"),
        ("role=ml_engineer&of=ml_engineer&w.python=3", "/shortlists/ml_engineer?w.python=3"),
    ],
)
def test_choosing_a_role_leads_to_the_view_one_was_at_without_the_other_roles_weights(client, asked, path):
    assert client.get(f"/shortlists?{asked}").headers["Location"] == path


# On the candidate's page


def test_what_would_change_it_is_what_the_api_says(pool):
    for who in pool.get(f"{AT}.json?{S}").json["shortlist"][8:20:3]:
        id_ = who["candidate"]["id"]
        text = page(pool, f"/candidates/{id_}?role=ml_engineer&{S}&top=7&fit=77").split('id="change"')[1]
        cards = re.findall(r'<div class="card goal">(.*?)</div>', text, re.DOTALL)
        for card, goal in zip(cards, ({"gate": "pass"}, {"top": 7}, {"fit": 77}), strict=True):
            asked = {"role": "ml_engineer", "seniority": "senior", "goal": goal}
            told = pool.post(f"/api/v1/candidates/{id_}/what-if", json=asked).json["goal"]
            levels = re.findall(r"at least ([\d.]+)", card)
            assert levels == [f"{one['to']:g}" for one in told["changes"]]
            assert card.count("may be so: ask") == sum(one["may_be_so"] for one in told["changes"])
            assert ("Out of reach" in card) == (not told["within_reach"])
            if told["changes"]:
                assert f"Then fit {told['standing']['fit']:.2f}" in card


def test_the_best_questions_for_a_candidate_are_the_apis_and_all_others_follow(pool):
    told = pool.get(f"/api/v1{AT}/questions?{S}").json["candidates"][20]
    text = page(pool, f"/candidates/{told['candidate']['id']}?role=ml_engineer&{S}").split('id="ask"')[1]
    best, rest = text.split("<details", 1)
    assert re.findall(r"<li>(.*?) <small>", html.unescape(best)) == [one["question"] for one in told["questions"]]
    assert len(re.findall(r"<li>", rest.split("</details>")[0])) > len(told["questions"])


def test_who_fails_a_must_have_has_questions_and_a_way_back_too(client):
    found = client.post("/api/v1/candidates", json=[{"name": "Ada Example", "skills": {"Python": 0}}]).json
    text = page(client, f"/candidates/{found['results'][0]['id']}?role=ml_engineer&{S}")
    assert "Questions worth asking" in text
    assert re.search(r"To confirm all must-haves.*?Python</strong>: at least 2, now 0", text, re.DOTALL)
    assert "Rank 1" not in text


def test_a_record_that_was_merged_leads_to_the_one_it_counts_for(pool):
    one, two = (e["candidate"]["id"] for e in pool.get(f"{AT}.json?{S}").json["shortlist"][:2])
    pool.post(f"/api/v1/candidates/{one}/merge", json={"with": two})
    text = page(pool, f"/candidates/{two}?role=ml_engineer&{S}")
    assert f"/candidates/{one}?" in text.split("This record was merged into another")[1].split("</p>")[0]
    assert "What would change it" not in text, "it stands nowhere in the pool"
    assert "This record was merged" not in page(pool, f"/candidates/{one}?role=ml_engineer&{S}")


def test_the_history_is_one_line_of_time_the_newest_first(client):
    client.post("/api/v1/imports", data={"file": (io.BytesIO(b"ID,Name,Python\n7,Ada Example,3\n"), "first.csv")})
    client.post("/api/v1/imports", data={"file": (io.BytesIO(b"ID,Name,Python\n7,Ada Example,5\n"), "second.csv")})
    (ada,) = (one["id"] for one in client.get("/api/v1/candidates").json["candidates"])
    (bo,) = (one["id"] for one in client.post("/api/v1/candidates", json=[{"name": "Bo Example"}]).json["results"])
    client.post(f"/api/v1/candidates/{ada}/merge", json={"with": bo})
    said = {"role": "ml_engineer", "seniority": "senior", "what": "hold", "reason": "<b>Ask</b> first", "actor": "Dana"}
    client.post(f"/candidates/{ada}/decisions", data=said)
    client.delete(f"/api/v1/candidates/{ada}/merge/{bo}")
    text = page(client, f"/candidates/{ada}?role=ml_engineer").split('id="history"')[1].split("</ol>")[0]
    told = [plain(one) for one in text.split("<li>")[1:]]
    assert [one.split("UTC")[1] for one in told] == [
        ", at this machine Bo Example was taken out again as another person",
        ", Dana Put on hold for ML Engineer, senior: <b>Ask</b> first",
        ", at this machine Bo Example was found to be the same person, and merged in",
        ", at this machine Brought up to date with the import of second.csv",
        ", at this machine Came in with the import of first.csv",
    ]
