"""Weights, day and seniority that were asked for: they go along from page to page, and no page says another figure."""

import io
import re

import openpyxl
import pytest
from playwright.sync_api import expect

HERE = "/shortlists/ml_engineer?seniority=senior"
WEIGHED = f"{HERE}&w.python=20&w.java=9"


@pytest.fixture
def people(sampled):
    return sampled


def text(response):
    return response.get_data(as_text=True)


def shown(client, path):
    return client.get(path.replace("?", ".json?", 1)).json["shortlist"]


def moved(client):
    """Return an entry of the list by other weights whose fit they change."""
    usual = {one["candidate"]["id"]: one["fit"] for one in shown(client, HERE)}
    return next(one for one in shown(client, WEIGHED) if one["fit"] != usual[one["candidate"]["id"]])


def test_a_candidate_has_the_fit_and_rank_of_the_list_that_was_weighed(people):
    entry = moved(people)
    link = re.search(rf'/candidates/{entry["candidate"]["id"]}\?[^"]+', text(people.get(WEIGHED)))[0]
    page = text(people.get(link.replace("&amp;", "&")))
    assert f'<p class="big">{entry["fit"]:.2f}' in page
    assert f"Rank {entry['rank']} of" in page
    assert "By the weights you set" in page


def test_a_comparison_has_the_fits_of_the_list_that_was_weighed(people):
    first, second = shown(people, WEIGHED)[:2]
    ids = f"&id={first['candidate']['id']}&id={second['candidate']['id']}"
    page = text(people.get(f"/compare?role=ml_engineer&seniority=senior&of=ml_engineer&w.python=20&w.java=9{ids}"))
    assert all(f"<strong>{one['fit']:.2f}</strong>" in page for one in (first, second))
    assert "By the weights you set" in page


def test_weights_set_for_another_role_stay_behind(people):
    who = shown(people, HERE)[0]["candidate"]["id"]
    there = f"/candidates/{who}?role=data_engineer&seniority=senior"
    assert "By the weights you set" in text(people.get(f"{there}&of=data_engineer&w.python=0"))
    assert "By the weights you set" not in text(people.get(f"{there}&of=ml_engineer&w.python=0"))


def test_a_decision_leads_back_to_the_candidate_as_it_was_looked_at(people):
    who = shown(people, HERE)[0]["candidate"]["id"]
    page = text(people.get(f"/candidates/{who}?role=ml_engineer&seniority=senior&as_of=2026-01-01&w.python=20"))
    action = re.search(r'action="([^"]+/decisions[^"]*)"', page)[1].replace("&amp;", "&")
    said = {"role": "ml_engineer", "seniority": "senior", "what": "hold", "reason": "Asked to wait", "actor": "Dana"}
    back = people.post(action, data=said).headers["Location"]
    assert {"as_of=2026-01-01", "w.python=20"} <= set(re.split("[?&#]", back))


def adjust(client, who, points):
    said = {"role": "ml_engineer", "seniority": "senior", "what": "adjust", "reason": "Seen", "actor": "Dana"}
    assert client.post(f"/candidates/{who}/decisions", data={**said, "points": points}).status_code == 303


def test_points_by_hand_stand_where_they_were_given_and_not_at_another_seniority(people):
    who = shown(people, HERE)[5]["candidate"]["id"]
    adjust(people, who, "5")
    assert "by hand:" in text(people.get(f"/candidates/{who}?role=ml_engineer&seniority=senior"))
    assert "by hand:" not in text(people.get(f"/candidates/{who}?role=ml_engineer&seniority=mid"))


def test_points_by_hand_lift_nobody_over_a_hundred(people):
    best = shown(people, HERE)[0]
    who = best["candidate"]["id"]
    assert best["fit"] + 30 > 100
    adjust(people, who, "30")
    assert "by hand: 100.00" in text(people.get(f"/candidates/{who}?role=ml_engineer&seniority=senior"))


def test_a_correction_that_means_nothing_is_said_beside_the_columns_and_can_be_mended(client):
    sent = {"file": (io.BytesIO(b"Name,Python,Gut\nAda Example,4,ok\n"), "pool.csv")}
    address = client.post("/uploads", data=sent).headers["Location"]
    client.post(f"{address}/columns", data={"map.Python": "ignore", "map.Gut": "feeling"})
    page = text(client.get(address))
    assert "Not understood: “feeling” for the column “Gut”" in page
    assert 'name="map.Python" value="Not of use: keep, don’t score"' in page, "what was right is not typed again"
    assert 'name="map.Gut" value="feeling" aria-invalid="true"' in page


@pytest.mark.slow
def test_a_correction_that_was_not_looked_at_is_not_left_out_of_an_import(tab, server):
    page = tab(server).go("/")
    table = b"Name,Python,Gut feeling\nAda Example,4,3\n"
    page.set_input_files("input[type=file]", {"name": "pool.csv", "mimeType": "text/csv", "buffer": table})
    page.locator("input[name='map.Gut feeling']").fill("SQL")
    expect(page.get_by_role("button", name="Import 1 person")).to_be_disabled()
    expect(page.locator("#unseen")).to_contain_text("press the button")
    page.get_by_role("button", name="Look again").click()
    expect(page.get_by_role("button", name="Import 1 person")).to_be_enabled()
    expect(page.locator("main")).to_contain_text("Level of SQL")


def test_one_is_not_many(client):
    client.post("/api/v1/candidates", json={"name": "Ada Example", "skills": ["Python"]})
    for path in ("/", HERE, "/heatmaps/ml_engineer", "/shortlists/ml_engineer/elsewhere", "/roles/ml_engineer"):
        page = text(client.get(path))
        assert "1 candidate" in page
        assert "1 candidates" not in page


def test_where_everybody_fails_a_must_have_no_filter_is_blamed(client):
    client.post("/api/v1/candidates", json={"name": "Ada Example", "skills": [{"name": "Python", "level": 0}]})
    page = text(client.get(HERE))
    assert "everybody fails a must-have" in page
    assert "these filters" not in page


@pytest.mark.slow
def test_what_stays_on_the_page_follows_a_slider_too(tab, pool):
    page = tab(pool).go(f"{HERE}&as_of=2026-01-01")
    page.locator("summary", has_text="Weights").click()
    page.locator("input[name='w.python']").first.fill("20")
    views = page.get_by_role("navigation", name="Views of this list")
    expect(views.get_by_role("link", name="How sure?")).to_have_attribute("href", re.compile(r"w\.python=20"))
    expect(page, "the day that was asked for is kept").to_have_url(re.compile("as_of=2026-01-01"))
    expect(page.locator("#told"), "a screen reader is told").to_contain_text("Other weights than the rubric’s")
    page.locator("summary", has_text="Not eligible").click()
    expect(page.locator("#apart a").first).to_have_attribute("href", re.compile(r"w\.python=20"))


def test_weights_that_leave_nothing_to_rank_by_are_refused_in_place_and_the_sliders_go_on(tab, pool):
    page = tab(pool).go(f"{HERE}&p.required=0&p.nice=0")
    slider = page.locator("input[type=range][name='p.seniority']")
    slider.fill("0")
    expect(page.locator("#ranking [role=alert]")).to_contain_text("This cannot be ranked")
    slider.fill("5")
    expect(page.locator("#ranking td.who a").first).to_be_visible()


def test_back_from_another_role_the_form_names_the_role_that_is_shown(tab, pool):
    page = tab(pool).go(HERE)
    page.select_option("select[name=role]", "data_scientist")
    page.wait_for_url("**/shortlists/data_scientist**")
    page.go_back()
    page.wait_for_url("**/shortlists/ml_engineer**")
    expect(page.locator("select[name=role]")).to_have_value("ml_engineer")


def test_who_was_chosen_to_compare_stays_chosen_in_another_order(tab, pool):
    page = tab(pool).go(f"{HERE}&per_page=100")
    first = page.locator("#ranking [name=id]").first
    who = first.get_attribute("value")
    first.check()
    page.select_option("select[name=sort]", "name")
    expect(page).to_have_url(re.compile("sort=name"))
    expect(page.locator("#ranking [name=id]:checked")).to_have_attribute("value", who)


def test_the_button_of_a_role_leads_to_the_list_of_the_seniority_that_was_read(client):
    page = text(client.get("/roles/ml_engineer?seniority=senior"))
    assert 'href="/shortlists/ml_engineer?seniority=senior" class="button"' in page


def about(client, path):
    book = openpyxl.load_workbook(io.BytesIO(client.get(path.replace("?", ".xlsx?", 1)).data))
    return {row[0]: row[1] for row in book["About"].iter_rows(values_only=True)}


def test_a_download_says_which_filters_and_order_made_it(people):
    asked = f"{HERE}&gate=open&criterion=python&level=3&text=a&sort=name"
    told = people.get(asked.replace("?", ".json?", 1)).json["filters"]
    assert told == {"gate": "open", "criterion": "python", "level": 3, "text": "a", "sort": "name"}
    said = about(people, asked)
    assert said["Filters"].startswith("only must-haves: open; Python")
    assert said["Filters"].endswith("at 3 or more; name or ID with “a”")
    assert said["Order"] == "by name, not by rank"


@pytest.mark.slow
def test_a_download_without_filters_says_nothing_of_them(people):
    assert people.get(HERE.replace("?", ".json?", 1) + "&level=3").json["filters"] == {}
    assert not {"Filters", "Order"} & set(about(people, HERE))
